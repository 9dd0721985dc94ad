"""The cases that are open: as the store has them, in memory to look at.

Everything that changes a case goes through :meth:`Cases.commit`, which writes first and shows
afterwards. Commands are handled one at a time under :attr:`Cases.lock`.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import msgspec

from kiosk_app.base.clock import Clock
from kiosk_app.office.agents import Agents
from kiosk_app.office.bus.ports import Bus
from kiosk_app.office.errors import OfficeError
from kiosk_app.office.phones import Phones
from kiosk_app.office.promise import gone_unanswered
from kiosk_app.office.queue import Queue
from kiosk_app.office.record import CaseRecord, Change, Event, changed
from kiosk_app.office.store.ports import CaseStore
from kiosk_app.office.waits import Waits
from kiosk_app.protocol import limits
from kiosk_app.protocol.call import CallEndCause, CallNow, CallPhase
from kiosk_app.protocol.shared import (
    Cart,
    CasePhase,
    ChatMessage,
    Context,
    EndCause,
    ShareEndCause,
)
from kiosk_app.protocol.to_console import CaseGone

logger = logging.getLogger(__name__)

_CHAT_BYTES = 40 * 1024  # of a frame's 64 KiB; the rest is room for what surrounds the chat
_CONTEXT_BYTES = 44 * 1024
_SHORT_NAME = 24

LOOK_AT_CASE = "case"
LOOK_AT_QUEUE = "queue"


class Refusal(OfficeError):
    """A command is not carried out. ``code`` is the word for programs, the text for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Cases:
    """Open cases and their chat; one that ends leaves the queue, the phones and the consoles."""

    def __init__(
        self,
        store: CaseStore,
        bus: Bus,
        clock: Clock,
        *,
        queue: Queue,
        agents: Agents,
        phones: Phones,
        waits: Waits,
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._queue = queue
        self._agents = agents
        self._phones = phones
        self._waits = waits
        self._records: dict[str, CaseRecord] = {}
        self._chats: dict[str, list[ChatMessage]] = {}
        self.lock = asyncio.Lock()

    @property
    def records(self) -> Mapping[str, CaseRecord]:
        """The open cases by their ids, as they stand."""
        return self._records

    async def load(self) -> None:
        """Everything as it was when the office stopped."""
        await self._waits.load(self._store)
        for record in await self._store.open_cases():
            self._records[record.case] = record
            self._chats[record.case] = await self._store.chat(record.case)
            if record.phase in (CasePhase.QUEUED, CasePhase.ACTIVE) and not record.by_phone:
                self._queue.restore(
                    record.case, place=record.place, attempt=record.attempt, agent=record.agent
                )
            if record.on_phone:
                self._phones.expect(record.case)
            self._waits.note(record)

    async def find(self, case: str) -> CaseRecord | None:
        """``case`` whether or not it is over; None where the office never had it."""
        return self._records.get(case) or await self._store.case(case)

    async def of_visit(self, visit: str) -> list[CaseRecord]:
        """Every case of ``visit``, over or not, the newest first."""
        return await self._store.cases_of_visit(visit)

    async def carried_out(self, command: str) -> bool:
        """Whether ``command`` is done already: it came a second time."""
        return await self._store.knows(command)

    async def commit(
        self,
        record: CaseRecord,
        *events: Event,
        command: str | None = None,
        chat: tuple[ChatMessage, ...] = (),
    ) -> None:
        """Write ``record`` and what happened; then show it. StoreError: nothing happened."""
        ended = not record.open
        change = Change(
            record=record,
            events=events,
            chat=chat,
            command=command,
            forget_chat=ended,
            at=self._clock.wall(),
        )
        if not await self._store.commit(change):
            return
        self._waits.note(record)
        if ended:
            self._chats.pop(record.case, None)
            before = self._records.pop(record.case, None)
            self._phones.forget(record.case, before.cart_now if before else None)
            self._queue.leave(record.case)
        else:
            self._records[record.case] = record
            said = self._chats.setdefault(record.case, [])
            known = {message.id for message in said}
            said += [message for message in chat if message.id not in known]
            self._bus.look(LOOK_AT_CASE, record.case)
        self._bus.look(LOOK_AT_QUEUE)

    async def end(
        self, record: CaseRecord, cause: EndCause, event: Event, *, command: str | None = None
    ) -> None:
        """End ``record`` for ``cause`` and take it out of every list."""
        share, call = record.share, record.call
        if share.live:
            share = share.over(ShareEndCause.CASE_ENDED)
        if call.phase not in (CallPhase.NONE, CallPhase.ENDED):
            call = CallNow(phase=CallPhase.ENDED, cause=CallEndCause.CASE_ENDED)
        over = changed(
            record,
            phase=CasePhase.ENDED,
            cause=cause,
            ended_at=self._clock.wall(),
            share=share,
            call=call,
            # What the shopper wrote and bought is kept no longer than the case.
            first_text="",
            callback=record.callback and msgspec.structs.replace(record.callback, number=""),
            context=msgspec.structs.replace(record.context, cart=Cart(), asked=()),
            cart_now=None,
        )
        await self.commit(over, event, *self._unanswered(over), command=command)
        for tab in self._agents.every_tab:
            tab.send(CaseGone(case=record.case, cause=cause))
        logger.info("case ended: %s", cause.value, extra={"case": record.case})

    def _unanswered(self, over: CaseRecord) -> tuple[Event, ...]:
        """The line about the promise, where the shopper waited and no agent came."""
        if over.queued_at is None or over.answered_at is not None or over.ended_at is None:
            return ()
        waited = max(0.0, (over.ended_at - over.queued_at).total_seconds())
        line = self.event(
            "unanswered",
            "office",
            waited_seconds=waited,
            promised_seconds=over.promised_seconds,
            promise_kept=gone_unanswered(waited, over.promised_seconds),
        )
        return (line,)

    def event(self, kind: str, actor: str, **detail: Any) -> Event:
        """A line for the case log, now. ``detail`` holds no chat text, number, name or cart."""
        return Event(kind=kind, at=self._clock.wall(), actor=actor, detail=detail)

    def chat(self, case: str) -> tuple[ChatMessage, ...]:
        """What was said, as much of the newest as fits in one frame."""
        newest: list[ChatMessage] = []
        size = 0
        for message in reversed(self._chats.get(case, [])[-limits.CHAT_LOG_MESSAGES :]):
            size += len(msgspec.json.encode(message))
            if size > _CHAT_BYTES:
                break
            newest.append(message)
        return tuple(reversed(newest))

    def has_said(self, case: str, message: str) -> bool:
        return any(said.id == message for said in self._chats.get(case, ()))

    def of_kiosk(self, kiosk: str) -> list[CaseRecord]:
        """The cases whose shopper stands at ``kiosk``; one that went on by phone is not there."""
        return [
            record
            for record in self._records.values()
            if record.kiosk == kiosk and not record.on_phone
        ]

    def look_at(self, case: str) -> None:
        """Something beside the record has changed: the case looks different now."""
        self._bus.look(LOOK_AT_CASE, case)

    def look_at_kiosk(self, kiosk: str) -> None:
        """The kiosk came or went: its cases look different now."""
        for record in self.of_kiosk(kiosk):
            self._bus.look(LOOK_AT_CASE, record.case)


def fit_context(context: Context) -> Context:
    """``context`` such that a card with it fits in a frame: over-long names are cut short.

    A kiosk speaks of its own screen, whatever it says: only the office moves a case to a phone.
    """
    context = msgspec.structs.replace(context, channel="kiosk_screen")
    if len(msgspec.json.encode(context)) <= _CONTEXT_BYTES:
        return context
    lines = tuple(
        msgspec.structs.replace(line, name=line.name[:_SHORT_NAME]) for line in context.cart.lines
    )
    short = msgspec.structs.replace(
        context, cart=msgspec.structs.replace(context.cart, lines=lines)
    )
    if len(msgspec.json.encode(short)) > _CONTEXT_BYTES:
        raise Refusal(
            "too_large", "This cart is too large to send. The case goes on without its changes."
        )
    return short
