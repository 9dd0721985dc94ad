"""The office's public key, as this kiosk's settings name it: what it did not sign is not done."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk_app.identity.ports import IdentityError


class OfficeKey:
    """Checks what the office has signed. ``OfficeKey.none()`` takes nothing for signed."""

    def __init__(self, key: Ed25519PublicKey | None) -> None:
        self._key = key

    @classmethod
    def read(cls, text: str) -> "OfficeKey":
        """The key that the setting ``office_key`` gives; empty: none. Raises IdentityError."""
        if not text:
            return cls.none()
        try:
            return cls(Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True)))
        except (ValueError, binascii.Error) as error:
            raise IdentityError(
                "office_key in the settings is no public key: 32 bytes in base64. Nothing was "
                "started. Copy it from what kiosk-app admit prints at the office."
            ) from error

    @classmethod
    def none(cls) -> "OfficeKey":
        """For a kiosk whose settings name no office key."""
        return cls(None)

    @property
    def known(self) -> bool:
        return self._key is not None

    def signed(self, data: bytes, untrusted_signature: str) -> bool:
        """Whether ``untrusted_signature`` (base64) is the office's over ``data``."""
        if self._key is None:
            return False
        try:
            self._key.verify(base64.b64decode(untrusted_signature, validate=True), data)
        except (InvalidSignature, ValueError, binascii.Error):
            return False
        return True
