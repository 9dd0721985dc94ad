"""Which waits are kept, and which still say something about now."""

from datetime import UTC, datetime, timedelta

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.office.record import CaseRecord
from kiosk_app.office.waits import Waits
from kiosk_app.protocol.shared import CasePhase
from tests.support.office import context

NOON = datetime(2026, 1, 15, 12, 0).astimezone(UTC)  # noon here: the office counts its own days


def queued(at: datetime | None) -> CaseRecord:
    return CaseRecord(
        case=new_id(),
        visit=new_id(),
        kiosk="k1",
        phase=CasePhase.QUEUED,
        context=context(),
        pressed_at=NOON,
        promised_seconds=60,
        queued_at=at,
    )


def test_nobody_waits_who_has_not_asked_for_a_person() -> None:
    waits = Waits(FakeClock(NOON))
    waits.note(queued(None))
    assert waits.known == []


def test_a_case_has_one_wait_and_the_newest_word_counts() -> None:
    waits = Waits(FakeClock(NOON))
    record = queued(NOON)
    waits.note(record)
    waits.note(record)
    assert [wait.case for wait in waits.known] == [record.case]


def test_what_is_old_is_not_recent_and_then_forgotten_unless_it_goes_on() -> None:
    clock = FakeClock(NOON)
    waits = Waits(clock)
    over, going_on = queued(NOON), queued(NOON)
    waits.note(over)
    waits.note(going_on)
    clock.advance(timedelta(hours=2, seconds=1).total_seconds())
    assert waits.recent == []
    waits.forget_old({going_on.case})
    assert len(waits.known) == 2  # of today still, for the day's figures
    clock.advance(timedelta(days=2).total_seconds())
    waits.forget_old({going_on.case})
    assert [wait.case for wait in waits.known] == [going_on.case]
