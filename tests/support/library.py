"""A kiosk's library whose office is the test: signed bundles, offered by their hash."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kiosk_app.base.paths import assets_dir
from kiosk_app.identity.office_key import OfficeKey
from kiosk_app.knowledge.library import Library
from kiosk_app.office.signing_key import SigningKey
from kiosk_app.protocol.knowledge import Bundle, BundleError, SignedBundle
from kiosk_app.protocol.signing import knowledge_bytes


@dataclass
class Press:
    """Prints bundles with the office's key."""

    key: SigningKey

    @classmethod
    def open(cls, directory: Path) -> "Press":
        directory.mkdir(parents=True, exist_ok=True)
        return cls(SigningKey.open(directory))

    def sign(self, bundle: Bundle, *, version: int | None = None) -> SignedBundle:
        """``version`` other than the bundle's own makes a lie of it."""
        body = msgspec.msgpack.encode(bundle)
        sha256 = hashlib.sha256(body).hexdigest()
        number = bundle.version if version is None else version
        signature = self.key.sign(knowledge_bytes(version=number, sha256=sha256))
        return SignedBundle(number, sha256, signature, body)

    def print(self, bundle: Bundle) -> bytes:
        return msgspec.msgpack.encode(self.sign(bundle))


@dataclass
class Heard:
    """A listener that remembers."""

    bundles: list[Bundle] = field(default_factory=list)

    def knowledge_loaded(self, bundle: Bundle) -> None:
        self.bundles.append(bundle)

    @property
    def versions(self) -> list[int]:
        return [bundle.version for bundle in self.bundles]


@dataclass
class Shelf:
    """What the office serves, by URL's end; ``asked`` are the URLs that were fetched."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def offer(self, sha256: str, file: bytes) -> None:
        self.files[sha256] = file

    async def get(self, url: str) -> bytes:
        self.asked.append(url)
        try:
            return self.files[url.rpartition("/")[2]]
        except KeyError:
            raise BundleError("The office answered HTTP 404.") from None


@asynccontextmanager
async def library(
    data_dir: Path, press: Press, shelf: Shelf, *, shipped: Path | None = None
) -> AsyncIterator[tuple[Library, Heard]]:
    """Made and listened to, not yet loaded; closed afterwards."""
    made = Library(
        data_dir=data_dir,
        shipped=shipped or assets_dir() / "knowledge.json",
        office_url="ws://127.0.0.1:8420/kiosk",
        signed_by_office=OfficeKey.read(press.key.public_key).signed,
        get=shelf.get,
    )
    heard = Heard()
    made.listen(heard)
    try:
        yield made, heard
    finally:
        await made.close()
