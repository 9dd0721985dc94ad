"""Kiosks at which help rests because an agent said so; the safety lane is not theirs to pause."""

from datetime import datetime, timedelta

import msgspec

from kiosk_app.base.clock import Clock
from kiosk_app.office.cases import Cases
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.record import Agent, CaseRecord
from kiosk_app.office.store.ports import CaseStore
from kiosk_app.protocol import limits
from kiosk_app.protocol.from_console import PauseHelp
from kiosk_app.protocol.shared import EndCause
from kiosk_app.protocol.to_kiosk import CaseResolved, HelpPaused


class Pauses:
    """Each is written with the case that it ended, so that a restart of the office keeps it."""

    def __init__(self, cases: Cases, lines: KioskLines, store: CaseStore, clock: Clock) -> None:
        self._cases = cases
        self._lines = lines
        self._store = store
        self._clock = clock
        self._until: dict[str, datetime] = {}

    async def load(self) -> None:
        """What still rests."""
        now = self._clock.wall()
        longest = timedelta(minutes=limits.PAUSE_MINUTES)
        for record in await self._store.paused_since(now - longest):
            if record.paused_until is not None:
                self._rest(record.kiosk, record.paused_until)

    async def pause(self, record: CaseRecord, agent: Agent, message: PauseHelp) -> None:
        """End ``record`` and let its kiosk rest."""
        until = self._clock.wall() + timedelta(minutes=message.minutes)
        event = self._cases.event("paused", agent.agent, minutes=message.minutes)
        # Of the same version still: its end is the change that is written.
        paused = msgspec.structs.replace(record, paused_until=until)
        await self._cases.end(paused, EndCause.PAUSED, event, command=message.command)
        self._rest(record.kiosk, until)
        self.tell(record.kiosk)
        # For a case that had gone on at a phone, which knows nothing of its kiosk's rest.
        self._lines.send(record.kiosk, CaseResolved(case=record.case))

    def tell(self, kiosk: str) -> None:
        """Say to ``kiosk`` how long help there rests, if it does."""
        until = self._until.get(kiosk)
        if until is None:
            return
        left = (until - self._clock.wall()).total_seconds()
        if left <= 0:
            del self._until[kiosk]
            return
        longest = limits.PAUSE_MINUTES * 60  # a clock that was set back makes no pause longer
        self._lines.send(kiosk, HelpPaused(seconds=min(round(left), longest)))

    def _rest(self, kiosk: str, until: datetime) -> None:
        self._until[kiosk] = max(until, self._until.get(kiosk, until))
