"""The kiosk's Ed25519 key (RFC 8032): made here, kept in the keyring, never shown or logged."""

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk_app.identity.ports import IdentityError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from keyring.backend import KeyringBackend

SERVICE = "kiosk-app"  # the name under which a keyring's own tools list the key
SYSTEM = "system"
DATA_DIR = "data-dir"


class KeyringIdentity:
    """An :class:`~kiosk_app.identity.ports.Identity` whose key is in a keyring.

    :meth:`open` is the way to make one. It may wait for a disk or a keyring's daemon: call it
    on a thread where that matters.
    """

    def __init__(self, kiosk: str, key: "Ed25519PrivateKey") -> None:
        self._kiosk = kiosk
        self._key = key
        self._public = base64.b64encode(key.public_key().public_bytes_raw()).decode()

    def __repr__(self) -> str:
        return f"KeyringIdentity({self._kiosk!r}, public_key={self._public!r})"

    @classmethod
    def open(cls, kiosk: str, keyring_kind: str, data_dir: Path) -> "KeyringIdentity":
        """The identity of ``kiosk``; at the first time its key is made and kept.

        ``keyring_kind`` is ``system``, the backend that the keyring library is set up with, or
        ``data-dir``, files in ``data_dir``. Raises IdentityError. A key that is there and cannot
        be read is left alone: replacing it would silently undo the enrolment.
        """
        # Both cost tens of milliseconds, which the first picture need not wait for.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        backend = _backend(keyring_kind, data_dir)
        kept = _get(backend, kiosk)
        if kept is None:
            new = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
            _set(backend, kiosk, new)
            kept = _get(backend, kiosk)
            if kept is None:
                raise IdentityError(
                    f"The keyring {_name(backend)} took this kiosk's new key and does not have "
                    f"it. Nothing else was changed. Set up another keyring (keyring --list-"
                    f"backends), or use keyring = data-dir for a demo."
                )
        try:
            key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept, validate=True))
        except (binascii.Error, ValueError):
            raise IdentityError(
                f"What the keyring {_name(backend)} keeps as {SERVICE}/{kiosk} is not this "
                f"kiosk's key. It was left as it is. Delete it (keyring del {SERVICE} {kiosk}, "
                f"or its file), start again and enrol this kiosk anew."
            ) from None  # the cause could quote the key
        return cls(kiosk, key)

    @property
    def kiosk(self) -> str:
        return self._kiosk

    @property
    def public_key(self) -> str:
        return self._public

    def sign(self, data: bytes) -> str:
        return base64.b64encode(self._key.sign(data)).decode()


def _backend(kind: str, data_dir: Path) -> "KeyringBackend":
    if kind == DATA_DIR:
        from kiosk_app.identity.data_dir_keyring import DataDirKeyring

        return DataDirKeyring(data_dir)
    if kind != SYSTEM:
        raise IdentityError(
            f"keyring = {kind!r} is none that this program knows. Nothing was changed. "
            f"Use {SYSTEM} or {DATA_DIR}."
        )
    import keyring
    from keyring.backends.chainer import ChainerBackend
    from keyring.backends.fail import Keyring as FailKeyring
    from keyring.backends.null import Keyring as NullKeyring

    try:
        backend = keyring.get_keyring()
    except Exception as error:
        # The library imports whatever the user's settings name, so anything can come out.
        raise IdentityError(
            f"The keyring that this user is set up with cannot be loaded "
            f"({type(error).__name__}). Nothing was changed. Look at PYTHON_KEYRING_BACKEND and "
            f"keyringrc.cfg (keyring diagnose), or use keyring = data-dir for a demo."
        ) from error
    empty_chain = isinstance(backend, ChainerBackend) and not backend.backends
    if isinstance(backend, FailKeyring | NullKeyring) or empty_chain:
        raise IdentityError(
            "This machine has no keyring that can keep the kiosk's key. Nothing was changed. "
            "Start one for this user (gnome-keyring or KWallet, unlocked at login), name one "
            "with PYTHON_KEYRING_BACKEND, or use keyring = data-dir for a demo."
        )
    return backend


def _name(backend: "KeyringBackend") -> str:
    return f"{type(backend).__module__}.{type(backend).__name__}"


def _get(backend: "KeyringBackend", kiosk: str) -> str | None:
    try:
        return backend.get_password(SERVICE, kiosk)
    except Exception as error:
        raise _unusable(backend, error, "read") from error


def _set(backend: "KeyringBackend", kiosk: str, value: str) -> None:
    try:
        backend.set_password(SERVICE, kiosk, value)
    except Exception as error:
        raise _unusable(backend, error, "written") from error


def _why(error: Exception) -> str:
    """The system's own words where there are any; another text could quote what is kept."""
    cause = error if isinstance(error, OSError) else error.__cause__
    reason = cause.strerror if isinstance(cause, OSError) else None
    return reason or type(error).__name__


def _unusable(backend: "KeyringBackend", error: Exception, what: str) -> IdentityError:
    # Backends raise errors of their own libraries as well (D-Bus, files): all mean the same here.
    return IdentityError(
        f"The keyring {_name(backend)} cannot be {what} ({_why(error)}). No key was "
        f"changed. Unlock it for this user, give the user the right to its files, or free space "
        f"on its disk."
    )
