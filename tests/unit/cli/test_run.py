"""``kiosk-app run`` where it cannot run."""

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
