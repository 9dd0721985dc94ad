"""Is this the kiosk that it says it is? One challenge, one signature, one answer."""

import base64
import binascii
import logging
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk_app.office.errors import OfficeError
from kiosk_app.office.record import Kiosk
from kiosk_app.office.store.ports import KioskStore
from kiosk_app.protocol import limits
from kiosk_app.protocol.frames import Challenge, Hello, Refused
from kiosk_app.protocol.signing import hello_bytes

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5
_SKEW_SECONDS = 300.0  # worth a line in the log; a wrong clock costs nobody the help


class RefusedError(OfficeError):
    """This kiosk is not let on; ``frame`` is what it is told."""

    def __init__(self, code: str, message: str, retry_after_seconds: int | None = None) -> None:
        super().__init__(message)
        self.frame = Refused(code=code, message=message, retry_after_seconds=retry_after_seconds)


def read_public_key(text: str) -> Ed25519PublicKey:
    """The Ed25519 key written as base64 of its 32 bytes. OfficeError if it is not one."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error) as error:
        raise OfficeError(
            "That is not a kiosk's public key: 32 bytes in base64, as kiosk-app enroll prints it. "
            "Nothing was changed."
        ) from error


def challenge(now: datetime) -> Challenge:
    """A fresh one for one connection; its nonce is worth nothing on any other."""
    return Challenge(nonce=secrets.token_urlsafe(24), now=now)


async def check_hello(
    hello: Hello, *, nonce: str, hosts: frozenset[str], store: KioskStore, now: datetime
) -> Kiosk:
    """The kiosk that ``hello`` proves to be. Raises RefusedError with the typed answer."""
    if hello.version != limits.VERSION:
        raise RefusedError(
            "version",
            f"The office speaks version {limits.VERSION} of {limits.SUBPROTOCOL}, the kiosk "
            f"{hello.version}. Update the older of the two.",
        )
    kiosk = await store.kiosk(hello.kiosk)
    if kiosk is None:
        raise RefusedError(
            "unknown_kiosk",
            "The office does not know this kiosk. Run kiosk-app enroll on the kiosk and "
            "kiosk-app admit at the office.",
            retry_after_seconds=60,
        )
    if hello.host.lower() not in hosts:
        raise RefusedError(
            "bad_signature",
            "The kiosk signed for an office of another name. Give the same name in the kiosk's "
            "office_url and in the office's public_host.",
        )
    signed = hello_bytes(
        kiosk=hello.kiosk, host=hello.host, nonce=nonce, stream=hello.stream, at=hello.at
    )
    try:
        signature = base64.b64decode(hello.signature, validate=True)
        read_public_key(kiosk.public_key).verify(signature, signed)
    except (InvalidSignature, ValueError, binascii.Error) as error:
        raise RefusedError(
            "bad_signature",
            "The signature is not by the key that was let in. Run kiosk-app enroll on the kiosk "
            "and kiosk-app admit at the office with the key it prints.",
        ) from error
    _note_skew(hello, now)
    return kiosk


def _note_skew(hello: Hello, now: datetime) -> None:
    try:
        skew = abs((datetime.fromisoformat(hello.at) - now).total_seconds())
    except (ValueError, TypeError):
        logger.info("kiosk %r tells its time in no form of ISO 8601", hello.kiosk)
        return
    if skew > _SKEW_SECONDS:
        logger.info("the clock of kiosk %r is %d s from the office's", hello.kiosk, round(skew))
