import base64
import logging
import stat
import subprocess
import sys
from pathlib import Path

import keyring
import keyring.backend
import keyring.core
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from keyring.errors import PasswordDeleteError

from kiosk_app.identity.data_dir_keyring import DataDirKeyring
from kiosk_app.identity.keys import SERVICE, KeyringIdentity
from kiosk_app.identity.ports import IdentityError


def keyring_is(monkeypatch: pytest.MonkeyPatch, backend: keyring.backend.KeyringBackend) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", backend)


def key_file(data_dir: Path, kiosk: str = "butik-1") -> Path:
    return data_dir / "keyring" / SERVICE / kiosk


def test_the_key_is_made_once_and_stays(tmp_path: Path) -> None:
    first = KeyringIdentity.open("butik-1", "data-dir", tmp_path)
    again = KeyringIdentity.open("butik-1", "data-dir", tmp_path)
    other = KeyringIdentity.open("butik-2", "data-dir", tmp_path)
    assert first.public_key == again.public_key != other.public_key
    assert first.sign(b"x") == again.sign(b"x")


def test_the_signature_holds_for_those_bytes_only(tmp_path: Path) -> None:
    identity = KeyringIdentity.open("butik-1", "data-dir", tmp_path)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(identity.public_key))
    signature = base64.b64decode(identity.sign(b"these"))
    public.verify(signature, b"these")
    with pytest.raises(InvalidSignature):
        public.verify(signature, b"those")


def test_the_file_is_for_this_user_only(tmp_path: Path) -> None:
    KeyringIdentity.open("butik-1", "data-dir", tmp_path)
    file = key_file(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["butik-1"]


def test_names_cannot_leave_the_directory(tmp_path: Path) -> None:
    for name in ("../../x", "..", "a/b", "å ä"):
        DataDirKeyring(tmp_path).set_password(SERVICE, name, name)
        assert DataDirKeyring(tmp_path).get_password(SERVICE, name) == name
    assert len(list((tmp_path / "keyring" / SERVICE).iterdir())) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["keyring"]


def test_the_key_is_in_no_repr_and_no_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    identity = KeyringIdentity.open("butik-1", "data-dir", tmp_path)
    secret = key_file(tmp_path).read_text()
    assert len(base64.b64decode(secret)) == 32
    assert secret not in caplog.text + repr(identity)


@pytest.mark.parametrize("kept", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_what_is_not_a_key_is_left_alone_and_said(tmp_path: Path, kept: str) -> None:
    DataDirKeyring(tmp_path).set_password(SERVICE, "butik-1", kept)
    with pytest.raises(IdentityError, match=r"left as it is.*enrol") as raised:
        KeyringIdentity.open("butik-1", "data-dir", tmp_path)
    assert raised.value.__cause__ is None
    assert key_file(tmp_path).read_text() == kept


def test_a_directory_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "keyring").write_text("a file where the directory should be")
    with pytest.raises(IdentityError, match=r"cannot be read .*No key was changed"):
        KeyringIdentity.open("butik-1", "data-dir", tmp_path)


def test_an_unknown_kind_is_said(tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match=r"'safe' .* Use system or data-dir"):
        KeyringIdentity.open("butik-1", "safe", tmp_path)


def test_system_uses_the_keyring_the_library_is_set_up_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = DataDirKeyring(tmp_path / "elsewhere")
    keyring_is(monkeypatch, backend)
    identity = KeyringIdentity.open("butik-1", "system", tmp_path)
    assert backend.get_password(SERVICE, "butik-1") is not None
    assert KeyringIdentity.open("butik-1", "system", tmp_path).public_key == identity.public_key
    assert not (tmp_path / "keyring").exists()


@pytest.mark.parametrize("name", ["fail", "null"])
def test_a_machine_without_a_keyring_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    keyring_is(monkeypatch, keyring.core.load_keyring(f"keyring.backends.{name}.Keyring"))
    with pytest.raises(IdentityError, match=r"no keyring .* keyring = data-dir"):
        KeyringIdentity.open("butik-1", "system", tmp_path)


def test_a_keyring_that_keeps_nothing_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Sieve(DataDirKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    keyring_is(monkeypatch, Sieve(tmp_path))
    with pytest.raises(IdentityError, match="does not have it"):
        KeyringIdentity.open("butik-1", "system", tmp_path)


def test_a_keyring_setting_that_cannot_be_loaded_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no_such_module.Keyring")
    with pytest.raises(IdentityError, match="PYTHON_KEYRING_BACKEND"):
        KeyringIdentity.open("butik-1", "system", tmp_path)


def test_the_library_does_not_choose_the_files_by_itself() -> None:
    assert DataDirKeyring not in {type(b) for b in keyring.backend.get_all_keyring()}


def test_importing_the_room_is_light() -> None:
    code = (
        "import sys, kiosk_app.identity.keys;"
        "print([m for m in ('keyring', 'cryptography', 'aiohttp') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_a_directory_that_cannot_take_the_key_is_said_and_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "keyring").mkdir()
    (tmp_path / "keyring" / SERVICE).symlink_to(tmp_path / "keyring" / SERVICE / "loop")
    with pytest.raises(IdentityError, match="cannot be"):
        KeyringIdentity.open("butik-1", "data-dir", tmp_path)


def test_a_key_can_be_deleted_once(tmp_path: Path) -> None:
    KeyringIdentity.open("butik-1", "data-dir", tmp_path)
    backend = DataDirKeyring(tmp_path)
    backend.delete_password(SERVICE, "butik-1")
    assert not key_file(tmp_path).exists()
    with pytest.raises(PasswordDeleteError):
        backend.delete_password(SERVICE, "butik-1")
