"""The small tools of the floor: directories, log lines, and telling that one is ready."""

import logging
import socket
from pathlib import Path

import pytest

from kiosk_app.base.errors import DataDirError
from kiosk_app.base.log import LineFormatter
from kiosk_app.base.notify import notify_ready
from kiosk_app.base.paths import open_data_dir


def test_a_data_dir_is_made_private(tmp_path: Path) -> None:
    made = open_data_dir(tmp_path / "a" / "b")
    assert made.stat().st_mode & 0o777 == 0o700
    assert list(made.iterdir()) == []


def test_a_data_dir_that_is_a_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirError, match="--data-dir"):
        open_data_dir(tmp_path / "file")


def test_a_log_line_says_when_where_and_which_case() -> None:
    record = logging.LogRecord("room", logging.INFO, "f", 1, "moved to %s", ("chat",), None)
    record.created = 0.5
    record.case = "c1"
    line = LineFormatter().format(record)
    assert line == "1970-01-01T00:00:00.500Z INFO room case=c1 moved to chat"


def test_ready_is_told_to_who_waits(tmp_path: Path) -> None:
    address = str(tmp_path / "ready")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(address)
        listener.settimeout(5)
        notify_ready({"NOTIFY_SOCKET": address}, STATUS="painted")
        assert listener.recv(1024) == b"READY=1\nSTATUS=painted"


@pytest.mark.parametrize("address", ["", "/nobody/is/here"])
def test_nobody_waits_and_nothing_happens(address: str) -> None:
    notify_ready({"NOTIFY_SOCKET": address})
