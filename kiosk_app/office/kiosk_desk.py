"""What a kiosk says is carried out here, each command once and only for its own cases."""

import logging

from kiosk_app.base.clock import Clock
from kiosk_app.office.call_desk import CallDesk
from kiosk_app.office.callbacks import Callbacks
from kiosk_app.office.cases import Cases, Refusal, fit_context
from kiosk_app.office.chat_desk import ChatDesk
from kiosk_app.office.estimate import Estimates
from kiosk_app.office.handoff_desk import HandoffDesk
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.peer_desk import PeerDesk
from kiosk_app.office.queue_desk import QueueDesk
from kiosk_app.office.record import CaseRecord, changed
from kiosk_app.office.share_desk import ShareDesk
from kiosk_app.office.till_desk import TillDesk
from kiosk_app.protocol import from_kiosk, to_kiosk
from kiosk_app.protocol.from_phone import FromPhone
from kiosk_app.protocol.shared import CasePhase, EndCause

logger = logging.getLogger(__name__)

_STILL_HEARD = (
    from_kiosk.SendChat,
    from_kiosk.ReportShareEnded,
    from_kiosk.ReportHandoff,
    from_kiosk.LeaveCallback,
    from_kiosk.ResumeCase,
)


class KioskDesk:
    """Handles every message of ``protocol/from_kiosk.py``."""

    def __init__(
        self,
        cases: Cases,
        lines: KioskLines,
        estimates: Estimates,
        clock: Clock,
        *,
        queue: QueueDesk,
        chats: ChatDesk,
        shares: ShareDesk,
        calls: CallDesk,
        peers: PeerDesk,
        tills: TillDesk,
        callbacks: Callbacks,
        handoffs: HandoffDesk,
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._estimates = estimates
        self._clock = clock
        self._queue = queue
        self._chats = chats
        self._shares = shares
        self._calls = calls
        self._peers = peers
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
        record = await self._cases.find(case)
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
            await self._shares.end_of_earlier_run(kiosk, message.case)
            self._lines.send(kiosk, await self._state(kiosk, message.case))
            return
        if await self._cases.carried_out(message.command):
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
                await self._queue.join(self._own(kiosk, message.case), message)
            case from_kiosk.ContextChanged():
                await self._context(self._own(kiosk, message.case), message)
            case from_kiosk.SendChat():
                await self._chats.from_shopper(self._own(kiosk, message.case), message)
            case from_kiosk.AnswerScreenShare():
                await self._shares.answered(self._own(kiosk, message.case), message)
            case from_kiosk.ReportShareEnded():
                await self._shares.ended(self._own(kiosk, message.case), message)
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
                self._peers.answered(self._own(kiosk, message.case), message)
            case from_kiosk.ReportPeerLost():
                self._peers.lost(self._own(kiosk, message.case), message)

    def _own(self, kiosk: str, case: str) -> CaseRecord:
        record = self._cases.records.get(case)
        if record is None:
            raise Refusal("no_such_case", "The office has no open case by this id.")
        if record.kiosk != kiosk:
            raise Refusal("not_yours", "This case belongs to another kiosk. Nothing was changed.")
        return record

    async def _open(self, kiosk: str, message: from_kiosk.OpenCase) -> None:
        known = await self._cases.find(message.case)
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
            ended_at=self._clock.wall() if message.over else None,
            context=context,
            pressed_at=message.pressed_at,
            promised_seconds=message.promised_seconds,
        )
        event = self._cases.event(
            "opened", kiosk, promised_seconds=message.promised_seconds, step=context.step.value
        )
        await self._cases.commit(record, event, command=message.command)
        logger.info("case opened at kiosk %r", kiosk, extra={"case": message.case})

    async def _context(self, record: CaseRecord, message: from_kiosk.ContextChanged) -> None:
        context = fit_context(message.context)
        event = self._cases.event("context", record.kiosk, step=context.step.value)
        await self._cases.commit(changed(record, context=context), event, command=message.command)

    async def _feedback(self, kiosk: str, message: from_kiosk.GiveFeedback) -> None:
        record = await self._cases.find(message.case)
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
        record = await self._cases.find(message.case)
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
