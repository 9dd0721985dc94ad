"""The product's own kiosk, with its clock and its disk in a test's hand.

Minutes can be put forward, time can stand still, and the disk can hang or refuse, so that a test
sees what a shopper sees in the last minute of a share or at a disk that hangs. All else is as
``kiosk-app run`` puts it together; the link to the office keeps the machine's own clock, as the
office's clock goes on as ever.

Started as ``python -m tests.support.kiosk_in_hand SETTINGS``; what the test wants stands in files
beside the settings, which :class:`Hand` writes.
"""

import errno
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from kiosk_app.base.clock import SystemClock

T = TypeVar("T")


class Hand:
    """The test's end. ``settings`` is the kiosk's settings file."""

    def __init__(self, settings: Path) -> None:
        self.clock_file = settings.with_suffix(".clock")
        self.disk_file = settings.with_suffix(".disk")
        self.refusal_file = settings.with_suffix(".refusal")
        self._ahead = 0.0

    def put_forward(self, seconds: float) -> None:
        """It is ``seconds`` later at once, and time goes on from there."""
        self._ahead += seconds
        self._write(f"ahead {self._ahead}")

    def stop_clock(self, after: float) -> None:
        """It is ``after`` seconds later at once, and stays so until it is put forward."""
        self._ahead += after
        self._write(f"stands {SystemClock().monotonic() + self._ahead}")

    @contextmanager
    def disk_held_up(self) -> Iterator[None]:
        """Nothing is read from the kiosk's disk nor written to it meanwhile."""
        self.disk_file.touch()
        try:
            yield
        finally:
            self.disk_file.unlink()

    @contextmanager
    def disk_refuses(self) -> Iterator[None]:
        """Nothing can be written to the kiosk's disk meanwhile, and that is said at once."""
        self.refusal_file.touch()
        try:
            yield
        finally:
            self.refusal_file.unlink()

    def _write(self, words: str) -> None:
        partial = self.clock_file.with_suffix(".partial")
        partial.write_text(words)
        partial.replace(self.clock_file)


class ClockInHand(SystemClock):
    """The machine's clock, or what the test says of it."""

    def __init__(self, hand: Hand) -> None:
        self._file = hand.clock_file

    def monotonic(self) -> float:
        now = super().monotonic()
        try:
            way, seconds = self._file.read_text().split()
        except FileNotFoundError:
            return now
        return float(seconds) if way == "stands" else now + float(seconds)


def run(settings: Path) -> int:
    """``kiosk-app run`` with what is in hand put in place of the real parts."""
    from kiosk_app.cli import run as kiosk
    from kiosk_app.link import client
    from kiosk_app.vault import sqlite

    hand = Hand(settings)

    class Vault(sqlite.SqliteVault):
        async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
            def late(db: sqlite3.Connection) -> T:
                while hand.disk_file.exists():
                    time.sleep(0.02)
                if hand.refusal_file.exists():
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return work(db)

            return await super()._do(late)

    class Link(client.WebSocketLink):
        def __init__(self, *parts: Any, **more: Any) -> None:
            own: list[Any] = [
                SystemClock() if isinstance(part, ClockInHand) else part for part in parts
            ]
            super().__init__(*own, **more)

    for room, name, part in (
        (kiosk, "SystemClock", lambda: ClockInHand(hand)),
        (sqlite, "SqliteVault", Vault),
        (client, "WebSocketLink", Link),
    ):
        setattr(room, name, part)  # where the kiosk looks for it as it starts
    return kiosk.run(settings)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
