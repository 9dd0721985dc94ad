"""Writes what is unacknowledged into the outbox, in the background: sending never waits for it."""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Callable

from kiosk_app.base.errors import KioskError
from kiosk_app.base.pauses import GrowingPauses
from kiosk_app.link.ports import Outbox

logger = logging.getLogger(__name__)

_PUT, _DROP = "put", "drop"


class OutboxWriter:
    """Puts and drops in order. What arrived before its turn to be written never is.

    When the outbox cannot be written, sending goes on from memory and the writing is tried again
    with the next message and after each of the ``pauses``. ``written`` hears of each message that
    is on disk.
    """

    def __init__(
        self,
        outbox: Outbox,
        *,
        written: Callable[[str], None] = lambda command: None,
        pauses: GrowingPauses | None = None,
    ) -> None:
        self._outbox = outbox
        self._written = written
        self._pauses = pauses or GrowingPauses()
        self._work: dict[tuple[str, str], bytes] = {}
        """What is to be done, oldest first: (``put`` or ``drop``, command) and the put's body."""
        self._wake = asyncio.Event()
        self._closing = False
        self._complained = False

    def put(self, command: str, body: bytes) -> None:
        self._work[_PUT, command] = body
        self._wake.set()

    def drop(self, commands: list[str]) -> None:
        for command in commands:
            if self._work.pop((_PUT, command), None) is None:
                self._work[_DROP, command] = b""
        self._wake.set()

    def close(self) -> None:
        """Let :meth:`run` end once everything is written, or cannot be."""
        self._closing = True
        self._wake.set()

    async def run(self) -> None:
        pause: float | None = None
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            self._wake.clear()
            try:
                await self._write()
            except KioskError as error:
                pause = self._pauses.next()
                if not self._complained:
                    logger.warning(
                        "Messages to the office are kept in memory only, and a restart would "
                        "lose those not yet delivered: %s",
                        error,
                    )
                self._complained = True
            else:
                pause = None
                self._pauses.reset()
                self._complained = False
            if self._closing:
                return

    async def _write(self) -> None:
        while self._work:
            kind, command = next(iter(self._work))
            if kind == _PUT:
                await self._put(command, self._work.pop((kind, command)))
            else:
                first = itertools.takewhile(lambda work: work[0] == _DROP, self._work)
                await self._drop([command for _, command in first])

    async def _put(self, command: str, body: bytes) -> None:
        try:
            await self._outbox.put(command, body)
        except KioskError:
            if self._work.pop((_DROP, command), None) is None:
                self._work = {(_PUT, command): body, **self._work}
            raise
        self._written(command)

    async def _drop(self, commands: list[str]) -> None:
        for command in commands:
            del self._work[_DROP, command]
        try:
            await self._outbox.drop(commands)
        except KioskError:
            self._work = {**{(_DROP, command): b"" for command in commands}, **self._work}
            raise
