"""The office's own Ed25519 key (RFC 8032), with which it signs what kiosks act upon or keep."""

import base64
import contextlib
import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kiosk_app.office.errors import OfficeError

FILE = "signing-key.pem"


class SigningKey:
    """Made at the first start, kept in the data directory, readable by the office's user alone.

    Kiosks know its public half by their setting ``office_key``. :meth:`open` is the way to one.
    """

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def __repr__(self) -> str:
        return f"SigningKey(public_key={self.public_key!r})"

    @classmethod
    def open(cls, data_dir: Path) -> "SigningKey":
        """The key in ``data_dir``. One that is there and cannot be read is left alone: another
        key would be refused by every kiosk. Raises OfficeError.
        """
        file = data_dir / FILE
        if not file.exists():
            _write_new(file)
        try:
            key = load_pem_private_key(file.read_bytes(), password=None)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no PEM key"
            raise OfficeError(
                f"The office's signing key {file} cannot be used ({reason}). Nothing was changed "
                f"or started. Give this user the right to read it, or put it back from a backup."
            ) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise OfficeError(
                f"The office's signing key {file} is not an Ed25519 key. Nothing was changed or "
                f"started. Put the right one back from a backup."
            )
        return cls(key)

    @property
    def public_key(self) -> str:
        """The raw 32-byte public key in base64, as a kiosk's settings take it."""
        return base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, data: bytes) -> str:
        """The Ed25519 signature over ``data``, in base64."""
        return base64.b64encode(self._key.sign(data)).decode()


def _write_new(file: Path) -> None:
    """A fresh key, never half of one, and never over one that has come meanwhile."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent) as out:
            out.write(pem)
            out.flush()
            os.fsync(out.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(out.name, file)
    except OSError as error:
        raise OfficeError(
            f"The office's signing key cannot be written to {file} ({error.strerror}). Nothing "
            f"was started. Free space on that disk, or give another directory with data_dir or "
            f"--data-dir."
        ) from error
