"""Writes what is unacknowledged into the outbox, in the background: sending never waits for it."""

import asyncio
import logging

from kiosk_app.base.errors import KioskError
from kiosk_app.link.ports import Outbox

logger = logging.getLogger(__name__)


class Keeper:
    """Puts and drops in order. What arrived before its turn to be written never is.

    When the outbox cannot be written, sending goes on from memory and the writing is tried again
    with the next message.
    """

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._puts: dict[str, bytes] = {}
        self._drops: list[str] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._complained = False

    def put(self, command: str, body: bytes) -> None:
        self._puts[command] = body
        self._wake.set()

    def drop(self, commands: list[str]) -> None:
        self._drops += [command for command in commands if self._puts.pop(command, None) is None]
        self._wake.set()

    def close(self) -> None:
        """Let :meth:`run` end once everything is written, or cannot be."""
        self._closing = True
        self._wake.set()

    async def run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._write()
            except KioskError as error:
                if not self._complained:
                    logger.warning(
                        "Messages to the office are kept in memory only, and a restart would "
                        "lose those not yet delivered: %s",
                        error,
                    )
                self._complained = True
            else:
                self._complained = False
            if self._closing:
                return

    async def _write(self) -> None:
        while self._puts or self._drops:
            if self._puts:
                command = next(iter(self._puts))
                body = self._puts.pop(command)
                try:
                    await self._outbox.put(command, body)
                except KioskError:
                    if command in self._drops:
                        self._drops.remove(command)
                    else:
                        self._puts = {command: body, **self._puts}
                    raise
            else:
                drops, self._drops = self._drops, []
                try:
                    await self._outbox.drop(drops)
                except KioskError:
                    self._drops = drops + self._drops
                    raise
