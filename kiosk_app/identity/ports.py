"""Who this kiosk is."""

from typing import Protocol

from kiosk_app.base.errors import KioskError


class IdentityError(KioskError):
    """There is no key, or no keyring that can hold one; the message says what to do."""


class Identity(Protocol):
    """The kiosk's name and its Ed25519 key, which never leaves it."""

    @property
    def kiosk(self) -> str: ...

    @property
    def public_key(self) -> str:
        """The raw 32-byte public key in base64."""

    def sign(self, data: bytes) -> str:
        """The Ed25519 signature over ``data``, in base64."""
