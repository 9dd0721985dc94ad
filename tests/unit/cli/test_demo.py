"""What the demo says when it cannot start, and that it leaves nothing behind."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk_app.cli.main import main

CLI = (sys.executable, "-m", "kiosk_app.cli.main")


def test_a_port_in_use_is_said_and_nothing_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["demo", "--data-dir", str(tmp_path), "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert str(port) in said
    assert "--port 0" in said
    assert not (tmp_path / "demo.json").exists()


def test_without_a_screen_or_a_way_to_one_it_says_what_to_install(tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    done = subprocess.run(
        [*CLI, "demo", "--data-dir", str(tmp_path / "demo"), "--port", "0"],
        env={**environment, "PATH": str(bare)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "tigervnc-standalone-server" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["run", "office"])
def test_without_settings_it_asks_for_them(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command]) == 1
    assert "--config FILE" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "office"])
def test_every_setting_is_printed_with_its_meaning(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--print-settings"]) == 0
    printed = capsys.readouterr().out
    assert "data_dir" in printed
    assert "log_level" in printed
