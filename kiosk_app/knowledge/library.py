"""The help of a real kiosk: on its disk, from its office."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.base.worker import Worker
from kiosk_app.knowledge.fetch import bundle_url, fetch
from kiosk_app.knowledge.kept import KeptBundle, Verifier, check, read_shipped
from kiosk_app.knowledge.ports import HITS, KnowledgeListener
from kiosk_app.protocol.knowledge import Bundle, BundleError

if TYPE_CHECKING:
    from kiosk_app.knowledge.index import Index

logger = logging.getLogger(__name__)

RETRY_SECONDS = 30.0  # a network that has just broken the fetch off needs time
_TRIES = 5  # after these the next connection announces it again


class Library:
    """A :class:`~kiosk_app.knowledge.ports.Knowledge`.

    Disk, checking and searching are the work of one thread of its own; ``signed_by_office`` is
    called there. ``get`` fetches a URL.
    """

    def __init__(
        self,
        *,
        data_dir: Path,
        shipped: Path,
        office_url: str,
        signed_by_office: Verifier,
        get: Callable[[str], Awaitable[bytes]] = fetch,
    ) -> None:
        self._shipped = shipped
        self._office_url = office_url
        self._signed_by_office = signed_by_office
        self._kept = KeptBundle(data_dir, signed_by_office)
        self._get = get
        self._worker = Worker("knowledge")
        self._tasks = TaskOwner("knowledge")
        self._fetching: asyncio.Task[None] | None = None
        self._wanted: tuple[int, str] | None = None
        self._listener: KnowledgeListener | None = None
        self._bundle: Bundle | None = None
        self._indexes: dict[str, Index] = {}
        self._loaded = asyncio.Event()
        self._closed = False

    def listen(self, listener: KnowledgeListener) -> None:
        self._listener = listener

    async def load(self) -> None:
        try:
            bundle = await self._worker.call(self._newest_here)
        except BundleError as error:
            logger.error("There are no help articles: %s", error)
        else:
            self._use(bundle)
        finally:
            self._loaded.set()

    def fetch(self, version: int, sha256: str) -> None:
        if self._closed or self._has(version):
            return
        if self._wanted == (version, sha256):
            return
        if self._fetching is not None:
            self._fetching.cancel()
        self._wanted = version, sha256
        self._fetching = self._tasks.start(self._fetch(version, sha256), name="fetch")

    async def search(self, question: str, language: str) -> tuple[str, ...]:
        if self._closed:
            return ()
        return await self._worker.call(lambda: self._search(question, language))

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        await self._tasks.close()
        await self._worker.close(self._drop_indexes)

    # The loop's thread ---------------------------------------------------------------------------

    async def _fetch(self, version: int, sha256: str) -> None:
        url = bundle_url(self._office_url, sha256)
        try:
            # An office that answers sooner than the disk mostly announces what is there.
            await self._loaded.wait()
            if self._has(version):
                return
            for attempt in range(_TRIES):
                try:
                    untrusted_file = await self._get(url)
                    break
                except BundleError as error:
                    logger.info("help of version %d could not be fetched: %s", version, error)
                    if attempt + 1 < _TRIES:
                        await asyncio.sleep(RETRY_SECONDS)
            else:
                return
            try:
                bundle = await self._worker.call(lambda: self._take(untrusted_file, sha256))
            except BundleError as error:
                logger.warning(
                    "Help of version %d from the office is refused: %s What there was stays in "
                    "use.",
                    version,
                    error,
                )
                return
            self._use(bundle)
        finally:
            if self._wanted == (version, sha256):
                self._wanted = self._fetching = None

    def _has(self, version: int) -> bool:
        return self._bundle is not None and version <= self._bundle.version

    def _use(self, bundle: Bundle) -> None:
        if self._has(bundle.version):
            return
        self._bundle = bundle
        logger.info("help of version %d, %d articles", bundle.version, len(bundle.articles))
        if self._listener is not None:
            self._listener.knowledge_loaded(bundle)

    # The worker's thread -------------------------------------------------------------------------

    def _newest_here(self) -> Bundle:
        bundle = self._kept.read() or read_shipped(self._shipped)
        self._index(bundle)
        return bundle

    def _take(self, untrusted_file: bytes, sha256: str) -> Bundle:
        signed, bundle = check(untrusted_file, self._signed_by_office)
        if signed.sha256 != sha256:
            raise BundleError("It is not the one that was announced.")
        if self._has(bundle.version):
            raise BundleError(f"Version {bundle.version} is not newer than what there is.")
        self._kept.write(untrusted_file)
        self._index(bundle)
        return bundle

    def _index(self, bundle: Bundle) -> None:
        # Imported on this thread: it costs a tenth of a second, in which the window must be drawn.
        from kiosk_app.knowledge.index import Index

        languages = {language for article in bundle.articles for language in article.texts}
        self._drop_indexes()
        self._indexes = {language: Index(bundle, language) for language in sorted(languages)}

    def _drop_indexes(self) -> None:
        for index in self._indexes.values():
            index.close()
        self._indexes = {}

    def _search(self, question: str, language: str) -> tuple[str, ...]:
        for each in sorted(self._indexes, key=lambda name: (name != language, name)):
            found = self._indexes[each].search(question, HITS)
            if found:
                return found
        return ()
