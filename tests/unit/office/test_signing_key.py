"""The office's key: made once, private, and its signatures are what a kiosk checks."""

import stat
from pathlib import Path

import pytest

from kiosk_app.identity.office_key import OfficeKey
from kiosk_app.identity.ports import IdentityError
from kiosk_app.office.errors import OfficeError
from kiosk_app.office.signing_key import FILE, SigningKey


def test_it_is_made_once_and_is_private(tmp_path: Path) -> None:
    first = SigningKey.open(tmp_path)
    assert SigningKey.open(tmp_path).public_key == first.public_key
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_a_kiosk_that_knows_it_believes_its_signature_and_no_other(tmp_path: Path) -> None:
    key = SigningKey.open(tmp_path)
    known = OfficeKey.read(key.public_key)
    signature = key.sign(b"unlock")
    assert known.known
    assert known.signed(b"unlock", signature)
    assert not known.signed(b"void", signature)
    assert not known.signed(b"unlock", "not base64 at all")
    (tmp_path / "other").mkdir()
    assert not known.signed(b"unlock", SigningKey.open(tmp_path / "other").sign(b"unlock"))


def test_a_kiosk_that_knows_none_believes_nothing(tmp_path: Path) -> None:
    nobody = OfficeKey.read("")
    assert not nobody.known
    assert not nobody.signed(b"unlock", SigningKey.open(tmp_path).sign(b"unlock"))


@pytest.mark.parametrize("text", ["nonsense", "AAAA", "å"])
def test_a_setting_that_is_no_key_is_said(text: str) -> None:
    with pytest.raises(IdentityError, match="office_key"):
        OfficeKey.read(text)


def test_a_key_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("half a key")
    with pytest.raises(OfficeError, match="backup"):
        SigningKey.open(tmp_path)
    assert (tmp_path / FILE).read_text() == "half a key"
