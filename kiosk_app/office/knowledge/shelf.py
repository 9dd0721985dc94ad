"""The newest bundle, signed, and kept so that a restart publishes nothing anew."""

import hashlib
import logging
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kiosk_app.base.clock import Clock
from kiosk_app.base.whole_file import write_whole
from kiosk_app.office.errors import OfficeError
from kiosk_app.office.knowledge.problems import KnowledgeError, Problem
from kiosk_app.office.knowledge.sources import Contents
from kiosk_app.office.signing_key import SigningKey
from kiosk_app.protocol.knowledge import (
    Bundle,
    BundleError,
    SignedBundle,
    decode_bundle,
    decode_signed,
)
from kiosk_app.protocol.limits import BUNDLE_BYTES
from kiosk_app.protocol.signing import knowledge_bytes

logger = logging.getLogger(__name__)

FILE = "knowledge.bundle"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Shelf:
    """One signed bundle. ``data_dir`` is the office's. Its methods block."""

    def __init__(self, data_dir: Path, key: SigningKey, clock: Clock) -> None:
        self._file = data_dir / FILE
        self._key = key
        self._clock = clock
        self.newest: SignedBundle | None = None
        self.served = b""

    def open(self) -> None:
        """Take what an earlier run published, if that can still be read and is ours."""
        try:
            data = self._file.read_bytes()
            signed = decode_signed(data)
            decode_bundle(signed.body)
        except FileNotFoundError:
            return
        except (OSError, BundleError) as error:
            logger.warning(
                "The published help in %s cannot be read (%s). It is made anew from the files.",
                self._file,
                error,
            )
            return
        if self._sign(signed.version, signed.body) == signed:
            self.newest, self.served = signed, data

    def publish(self, contents: Contents, directory: Path) -> bool:
        """Make a bundle of ``contents``, read from ``directory``; False where it is the newest.

        KnowledgeError when it is too large. OfficeError when it cannot be kept: it is not
        published then, because a restart would publish an older one.
        """
        content = _body(contents, version=0, made_at=_EPOCH)
        if self.newest is not None:
            before = decode_bundle(self.newest.body)
            if _body_of(msgspec.structs.replace(before, version=0, made_at=_EPOCH)) == content:
                return False
        now = self._clock.wall()
        # By the clock, so that an office that has lost its directory still counts on.
        version = max(int(now.timestamp()), self.newest.version + 1 if self.newest else 1)
        body = _body(contents, version=version, made_at=now)
        if len(body) > BUNDLE_BYTES:
            what = f"All of it is {len(body)} bytes; kiosks take {BUNDLE_BYTES}. Shorten it."
            raise KnowledgeError((Problem(directory, 1, what),))
        signed = self._sign(version, body)
        served = msgspec.msgpack.encode(signed)
        self._keep(served)
        self.newest, self.served = signed, served
        return True

    def _sign(self, version: int, body: bytes) -> SignedBundle:
        sha256 = hashlib.sha256(body).hexdigest()
        signature = self._key.sign(knowledge_bytes(version=version, sha256=sha256))
        return SignedBundle(version, sha256, signature, body)

    def _keep(self, data: bytes) -> None:
        try:
            write_whole(self._file, data)
        except OSError as error:
            raise OfficeError(
                f"The newest help cannot be written to {self._file} ({error.strerror}). Kiosks "
                f"keep what they have. Free space on that disk."
            ) from error


def _body(contents: Contents, *, version: int, made_at: datetime) -> bytes:
    return _body_of(
        Bundle(
            version=version,
            made_at=made_at,
            menu=contents.menu,
            articles=contents.articles,
            policy=contents.policy,
            hours=contents.hours,
        )
    )


def _body_of(bundle: Bundle) -> bytes:
    return msgspec.msgpack.encode(bundle, order="sorted")
