"""A settings file that is missing, garbled or says what cannot be is named, with its key."""

from pathlib import Path
from typing import Any

import pytest

from kiosk_app.base.errors import SettingsError
from kiosk_app.base.settings import KioskSettings, OfficeSettings, describe, load_settings
from tests.support.program import kiosk_settings, office_settings


def test_what_the_programs_are_started_with_here_is_right(tmp_path: Path) -> None:
    kiosk = load_settings(kiosk_settings(tmp_path / "k.toml", tmp_path), KioskSettings)
    office = load_settings(office_settings(tmp_path / "o.toml", tmp_path), OfficeSettings)
    assert (kiosk.kiosk, office.port) == ("byabutiken-2", 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"colour": "red"}, "unknown field `colour`"),
        ({"till_name": 7}, r"Expected `str`, got `int` - at `\$.till_name`"),
        ({"kiosk": ""}, r"length >= 1 - at `\$.kiosk`"),
        ({"store": "B" * 121}, r"length <= 120 - at `\$.store`"),
        ({"position": "roof"}, r"'roof' - at `\$.position`"),
        ({"keyring": "attic"}, r"'attic' - at `\$.keyring`"),
        ({"log_level": "LOUD"}, r"'LOUD' - at `\$.log_level`"),
        ({"px_per_mm": 0.0}, r"at `\$.px_per_mm`"),
        ({"px_per_mm": -3.6}, r"at `\$.px_per_mm`"),
        ({"px_per_mm": float("nan")}, r"at `\$.px_per_mm`"),
        ({"px_per_mm": float("inf")}, r"at `\$.px_per_mm`"),
        ({"fullscreen": "yes"}, r"Expected `bool`, got `str` - at `\$.fullscreen`"),
    ],
)
def test_a_value_that_cannot_be(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    settings = kiosk_settings(tmp_path / "k.toml", tmp_path, **change)
    with pytest.raises(SettingsError, match=words) as caught:
        load_settings(settings, KioskSettings)
    assert str(settings) in str(caught.value)
    assert "--print-settings" in str(caught.value)


@pytest.mark.parametrize("port", [-1, 65_536, 10**30])
def test_a_port_that_is_none(tmp_path: Path, port: int) -> None:
    settings = tmp_path / "o.toml"
    settings.write_text(f'data_dir = "{tmp_path}"\nport = {port}\n')
    with pytest.raises(SettingsError, match=r"at `\$.port`|not right"):
        load_settings(settings, OfficeSettings)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"\x00", b"kiosk = ", b"[" * 5000, b"kiosk = 1\nkiosk = 2\n"]
)
@pytest.mark.parametrize("kind", [KioskSettings, OfficeSettings])
def test_a_garbled_file(tmp_path: Path, content: bytes, kind: type) -> None:
    settings = tmp_path / "s.toml"
    settings.write_bytes(content)
    with pytest.raises(SettingsError, match=r"is not right.*--print-settings"):
        load_settings(settings, kind)


def test_a_file_that_is_not_there_or_is_a_directory(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(SettingsError, match=r"cannot be read.*--config FILE"):
            load_settings(path, KioskSettings)


@pytest.mark.parametrize("kind", [KioskSettings, OfficeSettings])
def test_the_reference_names_every_key_and_its_type(kind: type) -> None:
    text = describe(kind)
    for key in kind.__annotations__:
        assert f"\n{key} = " in text or f"\n# {key} =" in text
    assert "Annotated" not in text
    assert "Literal" not in text
