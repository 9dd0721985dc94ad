"""Settings files: what is wrong is said by file, key and what it takes."""

from pathlib import Path

import pytest

from kiosk_app.base.errors import SettingsError
from kiosk_app.base.settings import (
    DESCRIPTIONS,
    KioskSettings,
    OfficeSettings,
    describe,
    load_settings,
)

MINIMAL = """
kiosk = "k1"
store = "Byabutiken"
till_name = "Kassa 1"
office_url = "ws://127.0.0.1:1/kiosk"
data_dir = "/tmp/k1"
"""


def test_a_file_with_what_is_required_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(MINIMAL)
    settings = load_settings(path, KioskSettings)
    assert settings.till_name == "Kassa 1"
    assert settings.language == "sv"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "kiosk"),
        (MINIMAL + "px_per_mm = 'three'", "px_per_mm"),
        (MINIMAL + "colour = 'red'", "colour"),
        ("kiosk = ", "kiosk.toml"),
    ],
    ids=["empty", "wrong type", "unknown key", "no TOML"],
)
def test_what_is_wrong_is_named(text: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=named):
        load_settings(path, KioskSettings)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"away\.toml"):
        load_settings(tmp_path / "away.toml", KioskSettings)


@pytest.mark.parametrize("kind", [KioskSettings, OfficeSettings])
def test_every_key_is_described_and_no_other(
    kind: type[KioskSettings] | type[OfficeSettings],
) -> None:
    printed = describe(kind)
    for name in kind.__struct_fields__:
        assert DESCRIPTIONS[name] in printed


def test_nothing_is_described_that_is_no_setting() -> None:
    known = {*KioskSettings.__struct_fields__, *OfficeSettings.__struct_fields__}
    assert set(DESCRIPTIONS) == known
