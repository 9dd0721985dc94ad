"""One suite for the key in a keyring and the key of the tests."""

import base64
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk_app.identity.fake import FakeIdentity
from kiosk_app.identity.keys import KeyringIdentity
from kiosk_app.identity.ports import Identity


@pytest.fixture(params=["real", "fake"])
def identity(request: pytest.FixtureRequest, tmp_path: Path) -> Identity:
    if request.param == "real":
        return KeyringIdentity.open("butik-1", "data-dir", tmp_path)
    return FakeIdentity("butik-1")


def test_it_knows_its_kiosk(identity: Identity) -> None:
    assert identity.kiosk == "butik-1"


def test_the_public_key_is_32_bytes_in_base64(identity: Identity) -> None:
    assert len(base64.b64decode(identity.public_key, validate=True)) == 32


def test_what_it_signs_the_public_key_confirms(identity: Identity) -> None:
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(identity.public_key))
    for data in (b"", b"hello", bytes(10_000)):
        public.verify(base64.b64decode(identity.sign(data), validate=True), data)
    with pytest.raises(InvalidSignature):
        public.verify(base64.b64decode(identity.sign(b"these")), b"those")
