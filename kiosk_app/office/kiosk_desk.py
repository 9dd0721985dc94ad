"""What a kiosk says is carried out here, each command once and only for its own cases."""

import logging
from datetime import timedelta

from kiosk_app.office.call_desk import CallDesk
from kiosk_app.office.callbacks import Callbacks
from kiosk_app.office.cases import Cases, KioskLines, Refusal, ended_share, fit_context
from kiosk_app.office.estimate import Estimates
from kiosk_app.office.handoff_desk import HandoffDesk
from kiosk_app.office.record import CaseRecord, Share, changed
from kiosk_app.office.safety import hurry
from kiosk_app.office.till_desk import TillDesk
from kiosk_app.protocol import from_kiosk, to_console, to_kiosk
from kiosk_app.protocol.from_phone import FromPhone
from kiosk_app.protocol.shared import (
    Author,
    CasePhase,
    ChatMessage,
    EndCause,
    ShareEndCause,
)

logger = logging.getLogger(__name__)

_STILL_HEARD = (
    from_kiosk.SendChat,
    from_kiosk.ReportShareEnded,
    from_kiosk.ReportHandoff,
    from_kiosk.LeaveCallback,
    from_kiosk.ResumeCase,
)
UNATTENDED = timedelta(minutes=10)  # twice the cart's hold: nobody comes back to that screen


class KioskDesk:
    """Handles every message of ``protocol/from_kiosk.py``."""

    def __init__(
        self,
        cases: Cases,
        lines: KioskLines,
        estimates: Estimates,
        calls: CallDesk,
        callbacks: Callbacks,
        tills: TillDesk,
        handoffs: HandoffDesk,
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._estimates = estimates
        self._calls = calls
        self._tills = tills
        self._callbacks = callbacks
        self._handoffs = handoffs

    async def handle(self, kiosk: str, message: from_kiosk.FromKiosk) -> None:
        """Carry ``message`` out, or tell the kiosk why not. StoreError: try again later."""
        async with self._cases.lock:
            try:
                self._not_moved(message)
                await self._handle(kiosk, message)
            except Refusal as refusal:
                logger.info(
                    "%s of kiosk %r refused: %s",
                    type(message).__name__,
                    kiosk,
                    refusal.code,
                    extra={"case": message.case},
                )
                self._lines.send(
                    kiosk,
                    to_kiosk.CommandRefused(
                        command=message.command, code=refusal.code, message=str(refusal)
                    ),
                )

    async def handle_for_phone(self, message: FromPhone) -> None:
        """Carry out what the phone that has the case says, as for the kiosk where it began.

        To be used under the cases' lock. Refusal where it cannot be.
        """
        case = message.case
        record = self._cases.records.get(case) or await self._cases.store.case(case)
        if record is None or not record.on_phone:
            raise Refusal("no_such_case", "The office has no case of this phone's by this id.")
        await self._handle(record.kiosk, message)

    def _not_moved(self, message: from_kiosk.FromKiosk) -> None:
        """A kiosk has nothing more to say of a case that has gone on by phone, but for what was
        on its way and for what it did with its end of it."""
        record = self._cases.records.get(message.case)
        if record is not None and record.on_phone and not isinstance(message, _STILL_HEARD):
            raise Refusal("moved", "This case goes on in the shopper's phone. Nothing was done.")

    async def _handle(self, kiosk: str, message: from_kiosk.FromKiosk) -> None:
        if isinstance(message, from_kiosk.ResumeCase):
            record = self._cases.records.get(message.case)
            if record is not None and record.kiosk == kiosk and record.on_phone:
                self._lines.send(kiosk, to_kiosk.HandedOff(case=message.case))
                return
            await self._end_share_of_earlier_run(kiosk, message.case)
            self._lines.send(kiosk, await self._state(kiosk, message.case))
            return
        if await self._cases.store.knows(message.command):
            return
        match message:
            case from_kiosk.OpenCase():
                await self._open(kiosk, message)
            case from_kiosk.GiveFeedback():
                await self._feedback(kiosk, message)
            case from_kiosk.CloseCase():
                await self._close(kiosk, message)
            case from_kiosk.LeaveCallback():
                await self._callbacks.left(kiosk, message)
            case from_kiosk.JoinQueue():
                await self._join(self._own(kiosk, message.case), message)
            case from_kiosk.ContextChanged():
                await self._context(self._own(kiosk, message.case), message)
            case from_kiosk.SendChat():
                await self._chat(self._own(kiosk, message.case), message)
            case from_kiosk.AnswerScreenShare():
                await self._consent(self._own(kiosk, message.case), message)
            case from_kiosk.ReportShareEnded():
                await self._share_ended(self._own(kiosk, message.case), message)
            case from_kiosk.ReportCall():
                await self._calls.report(self._own(kiosk, message.case), message)
            case from_kiosk.ReportTillOrder():
                await self._tills.reported(self._own(kiosk, message.case), message)
            case from_kiosk.AskHandoff():
                await self._handoffs.ask(self._own(kiosk, message.case), message)
            case from_kiosk.WithdrawHandoff():
                await self._handoffs.withdraw(self._own(kiosk, message.case), message)
            case from_kiosk.ReportHandoff():
                await self._handoffs.report(self._own(kiosk, message.case), message)
            case from_kiosk.AnswerPeer():
                self._answer(self._own(kiosk, message.case), message)
            case from_kiosk.ReportPeerLost():
                self._peer_lost(self._own(kiosk, message.case), message)

    def _own(self, kiosk: str, case: str) -> CaseRecord:
        record = self._cases.records.get(case)
        if record is None:
            raise Refusal("no_such_case", "The office has no open case by this id.")
        if record.kiosk != kiosk:
            raise Refusal("not_yours", "This case belongs to another kiosk. Nothing was changed.")
        return record

    async def _open(self, kiosk: str, message: from_kiosk.OpenCase) -> None:
        known = self._cases.records.get(message.case) or await self._cases.store.case(message.case)
        if known is not None:
            if known.kiosk != kiosk:
                raise Refusal("not_yours", "This case belongs to another kiosk. Nothing was done.")
            return
        context = fit_context(message.context)
        for older in self._cases.of_kiosk(kiosk):
            if older.by_phone:
                continue
            # One screen, one case: what it forgot without saying so is over.
            event = self._cases.event("forgotten", kiosk)
            await self._cases.end(older, EndCause.FAILED, event)
        record = CaseRecord(
            case=message.case,
            visit=message.visit,
            kiosk=kiosk,
            # Over before anyone could hear of it: for the record, and to ring for nobody.
            phase=CasePhase.ENDED if message.over else CasePhase.BROWSING,
            ended_at=self._cases.clock.wall() if message.over else None,
            context=context,
            pressed_at=message.pressed_at,
            promised_seconds=message.promised_seconds,
        )
        event = self._cases.event(
            "opened", kiosk, promised_seconds=message.promised_seconds, step=context.step.value
        )
        await self._cases.commit(record, event, command=message.command)
        logger.info("case opened at kiosk %r", kiosk, extra={"case": message.case})

    async def _join(self, record: CaseRecord, message: from_kiosk.JoinQueue) -> None:
        first = message.message
        self._by_shopper(first)
        if record.phase is not CasePhase.BROWSING:
            if message.safety:
                await hurry(self._cases, record, message)
            return
        with self._cases.queue.or_as_before(record.case):
            queued = changed(
                record,
                phase=CasePhase.QUEUED,
                queued_at=self._cases.clock.wall(),
                place=self._cases.queue.join(record.case, first=message.safety),
                attempt=1,
                promised_seconds=message.promised_seconds,
                first_text=first.text if first else "",
                safety=message.safety,
            )
            event = self._cases.event(
                "queued",
                record.kiosk,
                promised_seconds=message.promised_seconds,
                safety=message.safety,
            )
            await self._cases.commit(
                queued, event, command=message.command, chat=(first,) if first else ()
            )

    def _by_shopper(self, said: ChatMessage | None) -> None:
        if said is not None and said.author is not Author.SHOPPER:
            raise Refusal("not_yours", "A kiosk speaks for the shopper only. It was not sent.")

    async def _context(self, record: CaseRecord, message: from_kiosk.ContextChanged) -> None:
        context = fit_context(message.context)
        event = self._cases.event("context", record.kiosk, step=context.step.value)
        await self._cases.commit(changed(record, context=context), event, command=message.command)

    async def _chat(self, record: CaseRecord, message: from_kiosk.SendChat) -> None:
        self._by_shopper(message.message)
        if self._cases.has_said(record.case, message.message.id):
            return
        event = self._cases.event("chat", record.shopper_at, message=message.message.id)
        await self._cases.commit(
            changed(record), event, command=message.command, chat=(message.message,)
        )
        self._tell(record, to_console.ChatAdded(case=record.case, message=message.message))
        if record.on_phone:
            # Written at the kiosk, and on its way when the phone took over; to the phone its own.
            said = to_kiosk.DeliverChat(case=record.case, message=message.message)
            self._lines.send(record.kiosk, said)

    async def _consent(self, record: CaseRecord, message: from_kiosk.AnswerScreenShare) -> None:
        """The answer is logged whatever it is worth by now: the shopper gave it."""
        awaited = record.share.ask == message.ask and record.share.state == "asked"
        renewed = message.granted and _renews(record, message.ask)
        event = self._cases.event(
            "consent",
            record.kiosk,
            ask=message.ask,
            granted=message.granted,
            answer=message.answer.value,
            answered_at=message.answered_at.isoformat(),
            text_version=message.text_version,
            language=message.language,
            deadline_seconds=message.deadline_seconds,
            awaited=awaited,
            renews=record.share.ask if renewed else None,
        )
        share = record.share
        if renewed or (awaited and message.granted):
            share = Share(
                state="granted",
                ask=message.ask,
                since=self._cases.clock.wall(),
                seconds=message.deadline_seconds,
            )
        elif awaited:
            share = Share(state="denied", ask=message.ask, answer=message.answer)
        await self._cases.commit(changed(record, share=share), event, command=message.command)
        if message.granted and not awaited and not renewed:
            # The agent has withdrawn the question, or is another one by now.
            self._lines.send(record.kiosk, to_kiosk.StopScreenShare(case=record.case))

    async def _share_ended(self, record: CaseRecord, message: from_kiosk.ReportShareEnded) -> None:
        event = self._cases.event(
            "share_ended",
            record.kiosk,
            ask=message.ask,
            cause=message.cause.value,
            shared_seconds=message.shared_seconds,
        )
        share = record.share
        if share.ask == message.ask:
            share = ended_share(share, message.cause)
        await self._cases.commit(changed(record, share=share), event, command=message.command)

    async def _end_share_of_earlier_run(self, kiosk: str, case: str) -> None:
        """A kiosk that asks how its case stands shows nothing: it was restarted, or the link was
        lost, which ends every share there. What it could say of that itself came before this.

        A question put since it came back is still on its way to it and stands.
        """
        record = self._cases.records.get(case)
        if record is None or record.kiosk != kiosk or not record.share.live:
            return
        share, here = record.share, self._cases.presence.here_since(kiosk)
        if share.state == "asked" and share.since and here and share.since >= here:
            return
        cause = ShareEndCause.LINK_LOST
        event = self._cases.event("share_lost", kiosk, ask=share.ask, cause=cause.value)
        await self._cases.commit(changed(record, share=ended_share(share, cause)), event)

    def _answer(self, record: CaseRecord, message: from_kiosk.AnswerPeer) -> None:
        if message.generation != record.generation:
            return
        self._tell(
            record,
            to_console.PeerAnswered(
                case=record.case,
                generation=message.generation,
                sdp=message.sdp,
                signature=message.signature,
            ),
        )

    def _peer_lost(self, record: CaseRecord, message: from_kiosk.ReportPeerLost) -> None:
        if 0 < message.generation != record.generation:
            return
        logger.info("the kiosk lost its peer", extra={"case": record.case})
        self._tell(
            record,
            to_console.PeerWanted(case=record.case, lost_generation=message.generation),
        )

    async def _feedback(self, kiosk: str, message: from_kiosk.GiveFeedback) -> None:
        record = self._cases.records.get(message.case) or await self._cases.store.case(
            message.case
        )
        if record is None or record.kiosk != kiosk:
            raise Refusal("no_such_case", "The office has no case of this kiosk's by this id.")
        event = self._cases.event(
            "feedback", kiosk, score=message.score, with_text=bool(message.text)
        )
        await self._cases.commit(
            changed(record, score=message.score, feedback=message.text),
            event,
            command=message.command,
        )

    async def _close(self, kiosk: str, message: from_kiosk.CloseCase) -> None:
        record = self._cases.records.get(message.case) or await self._cases.store.case(
            message.case
        )
        if record is None or record.kiosk != kiosk:
            raise Refusal("no_such_case", "The office has no case of this kiosk's by this id.")
        event = self._cases.event(
            "closed",
            kiosk,
            cause=message.cause.value,
            article=message.article,
            read=[article.id for article in record.context.read],
        )
        if record.open:
            await self._cases.end(record, message.cause, event, command=message.command)
        else:
            # One that was over before it was opened here has its cause only now.
            cause = record.cause or message.cause
            closed = changed(record, cause=cause)
            await self._cases.commit(closed, event, command=message.command)

    async def _state(self, kiosk: str, case: str) -> to_kiosk.CaseState:
        record = self._cases.records.get(case)
        if record is None or record.kiosk != kiosk:
            return to_kiosk.CaseState(
                case=case,
                phase=CasePhase.ENDED,
                agent_name=None,
                position=None,
                wait_seconds=None,
            )
        place = self._estimates.of(case)
        return to_kiosk.CaseState(
            case=case,
            phase=record.phase,
            agent_name=record.agent_name,
            position=place.position if place else None,
            wait_seconds=place.wait_seconds if place else None,
            chat=self._cases.chat(case),
        )

    def _tell(self, record: CaseRecord, message: to_console.ToConsole) -> None:
        self._cases.agents.tell(record.agent, message)


def _renews(record: CaseRecord, ask: str) -> bool:
    """Whether a yes to ``ask`` goes on with the share that runs.

    The kiosk itself asks then, in the last minute, so no question of the agent's is awaited. Any
    share that an agent has stopped, or that was another agent's, is not ``granted`` any more.
    """
    share = record.share
    return record.agent is not None and share.state == "granted" and share.ask != ask


async def end_unattended(cases: Cases) -> None:
    """End what nobody waits for any more: no agent has it, and its kiosk is long gone."""
    async with cases.lock:
        now = cases.clock.monotonic()
        for record in list(cases.records.values()):
            gone = cases.gone(record)
            if (
                record.agent is None
                and not record.by_phone
                and gone is not None
                and now - gone.monotonic >= UNATTENDED.total_seconds()
            ):
                await cases.end(record, EndCause.FAILED, cases.event("unattended", "office"))
