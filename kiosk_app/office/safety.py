"""Somebody who waits, or has an agent already, is in danger: before everyone, loudly."""

from kiosk_app.office.cases import Cases
from kiosk_app.office.record import CaseRecord, changed
from kiosk_app.protocol.from_kiosk import JoinQueue
from kiosk_app.protocol.shared import CasePhase


async def hurry(cases: Cases, record: CaseRecord, message: JoinQueue) -> None:
    """Mark ``record``, and put it at the head of the queue where it waits there."""
    with cases.queue.or_as_before(record.case):
        urgent = changed(record, safety=True)
        if record.phase is CasePhase.QUEUED:
            place = cases.queue.join(record.case, first=True)
            urgent = changed(record, safety=True, place=place)
        event = cases.event("safety", record.kiosk)
        await cases.commit(urgent, event, command=message.command)
