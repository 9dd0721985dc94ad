"""Reads the files when they change, publishes what they say, and tells every kiosk."""

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from kiosk_app.base.worker import Worker
from kiosk_app.office.errors import OfficeError
from kiosk_app.office.knowledge.shelf import Shelf
from kiosk_app.office.knowledge.sources import read_sources, stamp_of
from kiosk_app.protocol.to_kiosk import KnowledgeChanged

logger = logging.getLogger(__name__)

FOLDER = "knowledge"
LOOK_SECONDS = 1.0  # somebody who has saved a file looks at the kiosk at once

_Stamp = tuple[tuple[str, int, int], ...]


class KnowledgeDesk:
    """``tell`` is called with the announcement of each new bundle, on the loop's thread.

    ``sample``: what is copied to where the files belong if there are none yet.
    """

    def __init__(
        self, data_dir: Path, shelf: Shelf, sample: Path, tell: Callable[[KnowledgeChanged], None]
    ) -> None:
        self.directory = data_dir / FOLDER
        self._shelf = shelf
        self._sample = sample
        self._tell = tell
        self._worker: Worker | None = None
        self._read: _Stamp | None = None
        self._seen: _Stamp | None = None
        self._complained = ""

    @property
    def newest(self) -> KnowledgeChanged | None:
        """What kiosks are told when they come; None before anything has been published."""
        signed = self._shelf.newest
        return KnowledgeChanged(signed.version, signed.sha256) if signed is not None else None

    def file(self, untrusted_sha256: str) -> bytes | None:
        """The newest signed bundle, if that is the one of this hash."""
        signed = self._shelf.newest
        same = signed is not None and signed.sha256 == untrusted_sha256
        return self._shelf.served if same else None

    async def open(self) -> None:
        """Publish what the files say now; what is wrong with them is logged."""
        self._worker = Worker("knowledge")
        await self._worker.call(self._open)

    async def run(self) -> None:
        """Look for changes until cancelled. Never raises."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except Exception:
                logger.exception("the help's files could not be looked at")

    async def look(self) -> None:
        """Publish what has changed, once it has stood still since the last look."""
        if self._worker is not None and await self._worker.call(self._look):
            self._announce()

    async def close(self) -> None:
        """Safe to repeat."""
        if self._worker is not None:
            await self._worker.close()

    def _announce(self) -> None:
        message = self.newest
        if message is not None:
            logger.info("help of version %d is published", message.version)
            self._tell(message)

    # The worker's thread -------------------------------------------------------------------------

    def _open(self) -> None:
        self._install_sample()
        self._shelf.open()
        self._seen = stamp_of(self.directory)
        self._publish(self._seen)

    def _look(self) -> bool:
        stamp, before = stamp_of(self.directory), self._seen
        self._seen = stamp
        # Half of several saved files is not what anybody meant.
        return stamp == before and stamp != self._read and self._publish(stamp)

    def _publish(self, stamp: _Stamp) -> bool:
        self._read = stamp
        try:
            published = self._shelf.publish(read_sources(self.directory), self.directory)
        except OfficeError as error:
            if str(error) != self._complained:
                logger.error(
                    "The help in %s has problems. Kiosks keep what they have.\n%s",
                    self.directory,
                    error,
                )
            self._complained = str(error)
            return False
        self._complained = ""
        return published

    def _install_sample(self) -> None:
        if self.directory.exists():
            return
        try:
            # Whole or not at all: a half would be published as it is.
            with tempfile.TemporaryDirectory(dir=self.directory.parent) as temporary:
                copy = Path(temporary) / FOLDER
                shutil.copytree(self._sample, copy, copy_function=shutil.copyfile)
                copy.rename(self.directory)
        except OSError as error:
            logger.error(
                "The sample help could not be copied to %s (%s). There is none until somebody "
                "puts menu.toml and articles there.",
                self.directory,
                error.strerror,
            )
