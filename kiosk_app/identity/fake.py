"""An identity with a real key that is always the same and lives in memory."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class FakeIdentity:
    """Signs like a real one; ``seed`` makes another kiosk's key."""

    def __init__(self, kiosk: str = "byabutiken-2", seed: int = 1) -> None:
        self._kiosk = kiosk
        self._key = Ed25519PrivateKey.from_private_bytes(seed.to_bytes(32, "big"))

    @property
    def kiosk(self) -> str:
        return self._kiosk

    @property
    def public_key(self) -> str:
        return base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, data: bytes) -> str:
        return base64.b64encode(self._key.sign(data)).decode()


class FakeOfficeSeal:
    """Believes just the signatures that it has given."""

    def __init__(self) -> None:
        self._given: set[tuple[bytes, str]] = set()

    def sign(self, data: bytes) -> str:
        signature = f"seal-{len(self._given)}"
        self._given.add((data, signature))
        return signature

    def signed(self, data: bytes, untrusted_signature: str) -> bool:
        return (data, untrusted_signature) in self._given
