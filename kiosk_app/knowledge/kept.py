"""Bundles on this machine: the one that came with the program, the newest from the office."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import msgspec

from kiosk_app.base.whole_file import write_whole
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
ENVELOPE_BYTES = 1024  # what a signed bundle adds to its body
_MOST_BYTES = BUNDLE_BYTES + ENVELOPE_BYTES

Verifier: TypeAlias = Callable[[bytes, str], bool]
"""Whether a signature (base64) over these bytes is the office's."""


def read_shipped(file: Path) -> Bundle:
    """The bundle of the package, JSON; BundleError when the package is not whole."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Bundle)
    except (OSError, msgspec.MsgspecError) as error:
        raise BundleError(
            f"The help that comes with the program cannot be read from {file}: {error}. "
            f"Reinstall the package."
        ) from error


def check(untrusted_file: bytes, signed_by_office: Verifier) -> tuple[SignedBundle, Bundle]:
    """The bundle in ``untrusted_file`` once it is proved to be the office's; else BundleError."""
    signed = decode_signed(untrusted_file)
    if hashlib.sha256(signed.body).hexdigest() != signed.sha256:
        raise BundleError("Its contents are not what was signed.")
    of = knowledge_bytes(version=signed.version, sha256=signed.sha256)
    if not signed_by_office(of, signed.signature):
        raise BundleError(
            "The office named by office_key in the settings did not sign it. Look at office_key."
        )
    bundle = decode_bundle(signed.body)
    if bundle.version != signed.version:
        raise BundleError("It is not of the version that was signed.")
    return signed, bundle


class KeptBundle:
    """The newest bundle of the office's, in a file of its own in the kiosk's data directory."""

    def __init__(self, data_dir: Path, signed_by_office: Verifier) -> None:
        self._file = data_dir / FILE
        self._signed_by_office = signed_by_office

    def read(self) -> Bundle | None:
        """The kept bundle if there is one and it is still whole and signed; never raises."""
        try:
            with self._file.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
            return check(data, self._signed_by_office)[1]
        except FileNotFoundError:
            return None
        except (OSError, BundleError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            logger.warning(
                "The help kept in %s is not used: %s The help that came with the program is, "
                "until the office has sent it again.",
                self._file,
                reason,
            )
            return None

    def write(self, file: bytes) -> None:
        """Keep ``file``, checked before, in place of the older one: whole, or not at all.

        Never raises: without it the bundle is good until the program ends.
        """
        try:
            write_whole(self._file, file)
        except OSError as error:
            logger.warning(
                "The newest help cannot be kept in %s (%s). It is used until the program ends, "
                "and then fetched again. Free space on that disk.",
                self._file,
                error.strerror,
            )
