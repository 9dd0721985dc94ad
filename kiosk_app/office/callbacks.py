"""Shoppers who wait for a call: by phone, each a case without a kiosk, or on the kiosk's screen.

No number is ever in a log, nor in the case log; it is forgotten when its case ends, and when
nobody has called in time.
"""

import logging
from datetime import datetime, timedelta

import msgspec

from kiosk_app.base.clock import Clock
from kiosk_app.office.cases import Cases, Refusal, fit_context
from kiosk_app.office.queue import Queue
from kiosk_app.office.record import Agent, Callback, CaseRecord, Earlier, Event, changed
from kiosk_app.office.wording import say
from kiosk_app.protocol.from_kiosk import LeaveCallback
from kiosk_app.protocol.shared import CallbackWay, Cart, CasePhase, EndCause

logger = logging.getLogger(__name__)

TAKEN_FOR = timedelta(hours=1)  # whoever has just taken the call can still make it
MISSED_SHOWN = timedelta(days=7)  # so that also whoever works once a week learns of it


class Callbacks:
    """Takes in what kiosks leave, and gives it to one agent at a time. A number that nobody has
    called stays for ``keep``."""

    def __init__(self, cases: Cases, queue: Queue, clock: Clock, keep: timedelta) -> None:
        self._cases = cases
        self._queue = queue
        self._clock = clock
        self._keep = keep

    async def left(self, kiosk: str, message: LeaveCallback) -> None:
        """A kiosk's message. Refusal where it cannot be carried out."""
        if message.way is CallbackWay.KIOSK:
            await self._on_screen(kiosk, message)
        else:
            await self._by_phone(kiosk, message)

    async def _by_phone(self, kiosk: str, message: LeaveCallback) -> None:
        cases = self._cases
        if not message.number:
            raise Refusal("no_number", "A call by phone needs a number. Nothing was written.")
        if await cases.find(message.case) is not None:
            return  # carried out before its command was forgotten
        now = self._clock.wall()
        callback = Callback(CallbackWay.PHONE, message.asked_at, message.number, left_at=now)
        of_visit = await self._of_visit(kiosk, message)
        waiting = next(
            (each for each in of_visit if each.by_phone and each.agent is None and each.open), None
        )
        if waiting is not None and not waiting.missed:
            event = cases.event("callback_changed", kiosk, asked_at=message.asked_at.isoformat())
            await cases.commit(changed(waiting, callback=callback), event, command=message.command)
            return
        before = next((each for each in of_visit if not each.by_phone), None)
        record = CaseRecord(
            case=message.case,
            visit=message.visit,
            kiosk=kiosk,
            phase=CasePhase.QUEUED,
            context=fit_context(message.context),
            pressed_at=message.asked_at,
            promised_seconds=None,
            first_text=message.about,
            callback=callback,
            earlier=_earlier(before),
        )
        await cases.commit(record, self._asked(kiosk, message, before), command=message.command)
        logger.info("a call is wanted, asked for at kiosk %r", kiosk, extra={"case": record.case})
        if before is not None:
            joined = cases.event("callback", kiosk, callback_case=record.case)
            await cases.commit(changed(before), joined)

    async def _on_screen(self, kiosk: str, message: LeaveCallback) -> None:
        cases = self._cases
        record = cases.records.get(message.case)
        if record is None or record.kiosk != kiosk:
            raise Refusal(
                "no_such_case", "The office has no open case of this kiosk's by this id."
            )
        if record.phase is not CasePhase.BROWSING:
            return
        of_visit = await self._of_visit(kiosk, message)
        before = next((each for each in of_visit if each.case != record.case), None)
        with self._queue.or_as_before(record.case):
            queued = changed(
                record,
                phase=CasePhase.QUEUED,
                queued_at=self._clock.wall(),
                place=self._queue.join(record.case),
                attempt=1,
                promised_seconds=None,
                first_text=message.about,
                callback=Callback(CallbackWay.KIOSK, message.asked_at),
                earlier=_earlier(before),
            )
            event = self._asked(kiosk, message, before)
            await cases.commit(queued, event, command=message.command)

    async def _of_visit(self, kiosk: str, message: LeaveCallback) -> list[CaseRecord]:
        """The visit's cases, the newest first."""
        found = await self._cases.of_visit(message.visit)
        return [each for each in found if each.kiosk == kiosk]

    def _asked(self, kiosk: str, message: LeaveCallback, before: CaseRecord | None) -> Event:
        return self._cases.event(
            "callback_asked",
            kiosk,
            way=message.way.value,
            asked_at=message.asked_at.isoformat(),
            earlier=before.case if before else None,
        )

    async def take(self, record: CaseRecord, agent: Agent, command: str) -> CaseRecord:
        """``agent`` will call. Refusal where somebody does already."""
        if record.agent is not None:
            raise Refusal("taken", say("Someone else has taken this case. Choose another one."))
        now = self._clock.wall()
        taken = changed(
            record,
            phase=CasePhase.ACTIVE,
            agent=agent.agent,
            agent_name=agent.name,
            answered_at=record.answered_at or now,
            callback=record.callback and msgspec.structs.replace(record.callback, taken_at=now),
        )
        event = self._cases.event("accepted", agent.agent, attempt=record.attempt)
        await self._cases.commit(taken, event, command=command)
        return taken

    async def give_back(self, record: CaseRecord) -> None:
        """Its agent has been away too long: somebody else may call."""
        waiting = changed(
            record,
            phase=CasePhase.QUEUED,
            agent=None,
            agent_name=None,
            attempt=record.attempt + 1,
        )
        event = self._cases.event("agent_left", record.agent or "office")
        await self._cases.commit(waiting, event)

    async def give_up(self) -> None:
        """What nobody has called in time is missed: the number goes, with what was written and
        bought. It stays in the consoles until somebody resolves it, or for a week.

        To be used under the cases' lock.
        """
        now = self._clock.wall()
        for record in list(self._cases.records.values()):
            if not record.by_phone or record.callback is None:
                continue
            if record.missed:
                await self._forget(record, record.callback, now)
            elif now >= self._due(record, record.callback):
                await self._miss(record, record.callback, now)

    def _due(self, record: CaseRecord, callback: Callback) -> datetime:
        due = (callback.left_at or callback.asked_at) + self._keep
        if record.agent is not None and callback.taken_at is not None:
            due = max(due, callback.taken_at + TAKEN_FOR)
        return due

    async def _miss(self, record: CaseRecord, callback: Callback, now: datetime) -> None:
        missed = changed(
            record,
            callback=msgspec.structs.replace(callback, number="", missed_at=now),
            first_text="",
            context=msgspec.structs.replace(record.context, cart=Cart(), asked=()),
        )
        event = self._cases.event(
            "callback_missed", "office", asked_at=callback.asked_at.isoformat()
        )
        await self._cases.commit(missed, event)
        logger.info(
            "nobody has called a shopper in time; the number is deleted",
            extra={"case": record.case},
        )

    async def _forget(self, record: CaseRecord, callback: Callback, now: datetime) -> None:
        if callback.missed_at is not None and now >= callback.missed_at + MISSED_SHOWN:
            event = self._cases.event("callback_forgotten", "office")
            await self._cases.end(record, EndCause.CALL_MISSED, event)


def _earlier(before: CaseRecord | None) -> Earlier | None:
    return None if before is None else Earlier(before.case, before.pressed_at, before.cause)
