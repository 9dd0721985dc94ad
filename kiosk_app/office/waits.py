"""How long shoppers waited for a person: today's waits, and those that say something of now."""

from collections.abc import Container
from datetime import datetime, timedelta

from kiosk_app.base.clock import Clock
from kiosk_app.office.figures import start_of_day
from kiosk_app.office.record import CaseRecord, Wait, wait_of
from kiosk_app.office.store.ports import CaseStore

_RECENT = timedelta(hours=2)  # waits of this long ago still say something about now


class Waits:
    """The wait of each case that a person was asked for; practice is none."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waits: dict[str, Wait] = {}

    async def load(self, store: CaseStore) -> None:
        """As they were when the office stopped."""
        self._waits = {wait.case: wait for wait in await store.waits_since(self._oldest())}

    def note(self, record: CaseRecord) -> None:
        """``record`` as it stands now; nothing where nobody waits for a person."""
        wait = wait_of(record)
        if wait is not None:
            self._waits[record.case] = wait

    def forget_old(self, still_open: Container[str]) -> None:
        """Drop what says nothing any more of today or of now, but for the cases that go on."""
        since = self._oldest()
        self._waits = {
            case: wait
            for case, wait in self._waits.items()
            if wait.queued_at >= since or case in still_open
        }

    @property
    def known(self) -> list[Wait]:
        """Every wait that is kept: today's, the recent ones, and those of cases that go on."""
        return list(self._waits.values())

    @property
    def recent(self) -> list[Wait]:
        """The waits that still say something about now."""
        since = self._clock.wall() - _RECENT
        return [wait for wait in self._waits.values() if wait.queued_at >= since]

    def _oldest(self) -> datetime:
        now = self._clock.wall()
        return min(start_of_day(now), now - _RECENT)
