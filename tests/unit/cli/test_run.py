"""``kiosk-app run`` where it cannot run."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk_app.base.errors import KioskError
from kiosk_app.cli.run import run


def test_without_a_screen_it_says_so_and_starts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    config, data = tmp_path / "kiosk.toml", tmp_path / "data"
    config.write_text(
        'kiosk = "k"\nstore = "Byabutiken"\ntill_name = "Kassa 2"\n'
        f'office_url = "ws://127.0.0.1:1/kiosk"\ndata_dir = "{data}"\n'
    )
    with pytest.raises(KioskError, match="no screen"):
        run(config)
    assert not data.exists()


def test_what_the_first_picture_does_not_need_comes_after_it() -> None:
    """Each of these is tenths of a second in which the screen of a shop would stay black."""
    late = {"asyncio", "qasync", "sqlite3", "ssl", "numpy", "regex", "kiosk_app.case.machine"}
    said = subprocess.run(
        [
            *(sys.executable, "-c"),
            f"import sys, kiosk_app.cli.run; print(*({late!r} & sys.modules.keys()))",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout.split() == []
