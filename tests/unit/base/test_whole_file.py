"""A file is replaced whole, or left as it was with nothing beside it."""

import stat
from pathlib import Path

import pytest

from kiosk_app.base.whole_file import sync_directory, write_whole


def test_it_takes_the_place_of_the_older_one_for_this_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_bytes(b"older and longer")
    file.chmod(0o644)
    write_whole(file, b"newer")
    assert file.read_bytes() == b"newer"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_replaced_stays_with_nothing_beside_it(tmp_path: Path) -> None:
    inside = tmp_path / "kept" / "inside"
    inside.parent.mkdir()
    inside.write_bytes(b"older")
    with pytest.raises(OSError, match="kept"):
        write_whole(inside.parent, b"newer")
    assert inside.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [inside.parent]


def test_a_directory_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "missing" / "kept", b"newer")
    with pytest.raises(FileNotFoundError):
        sync_directory(tmp_path / "missing")
