"""What an agent's browser asks for is carried out here: once, and only in its own cases."""

import logging

from kiosk_app.base.ids import new_id
from kiosk_app.office.agents import Tab
from kiosk_app.office.call_desk import CallDesk
from kiosk_app.office.callbacks import Callbacks
from kiosk_app.office.cards import card
from kiosk_app.office.cases import Cases, KioskLines, Refusal, ended_share
from kiosk_app.office.errors import StoreError
from kiosk_app.office.estimate import Estimates
from kiosk_app.office.pauses import Pauses
from kiosk_app.office.promise import QUICK_SECONDS, kept
from kiosk_app.office.queue import MAX_CASES, Accepted
from kiosk_app.office.record import Agent, CaseRecord, Share, changed
from kiosk_app.office.till_desk import TillDesk
from kiosk_app.office.wording import say
from kiosk_app.protocol import from_console, to_console, to_kiosk
from kiosk_app.protocol.codec import FrameTooLargeError, console_events
from kiosk_app.protocol.shared import (
    Author,
    CasePhase,
    ChatMessage,
    EndCause,
    PaymentStep,
    ShareEndCause,
)

logger = logging.getLogger(__name__)


def _why_not(outcome: Accepted) -> str:
    match outcome:
        case Accepted.TAKEN:
            return say("Someone else has taken this case. Choose another one.")
        case Accepted.LAPSED:
            return say("The offer was renewed a moment ago. Press Accept again.")
        case Accepted.FULL:
            return say("You have four cases already. Resolve one before you take another.")
        case _:
            return say("The shopper no longer waits. The case is out of the queue.")


class AgentDesk:
    """Handles every message of ``protocol/from_console.py``."""

    def __init__(
        self,
        cases: Cases,
        lines: KioskLines,
        estimates: Estimates,
        calls: CallDesk,
        callbacks: Callbacks,
        tills: TillDesk,
        pauses: Pauses,
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._estimates = estimates
        self._calls = calls
        self._tills = tills
        self._callbacks = callbacks
        self._pauses = pauses

    async def welcome(self, tab: Tab, agent: Agent) -> None:
        """Everything a window needs to begin or to go on after a reload."""
        async with self._cases.lock:
            self._cases.agents.came(tab)
            cards = [
                card(record, self._cases, agent=agent.agent)
                for record in self._cases.records.values()
            ]
            ready = to_console.ConsoleReady(
                agent_name=agent.name,
                now=self._cases.clock.wall(),
                max_cases=MAX_CASES,
                cases=tuple(cards),
                figures=self._estimates.figures(),
            )
            try:
                console_events.encode(ready)
            except FrameTooLargeError:
                # Many full carts: the same cards, one frame each.
                tab.send(
                    to_console.ConsoleReady(
                        agent_name=ready.agent_name,
                        now=ready.now,
                        max_cases=ready.max_cases,
                        cases=(),
                        figures=ready.figures,
                    )
                )
                for each in cards:
                    tab.send(to_console.CaseChanged(card=each))
            else:
                tab.send(ready)
            for case in self._cases.queue.held_by(agent.agent):
                # No word of a peer: one that runs does so without the office, through its restart.
                tab.send(to_console.ChatLog(case=case, messages=self._cases.chat(case)))

    def left(self, tab: Tab) -> None:
        """The window is gone; the agent may come back."""
        self._cases.agents.went(tab)

    async def handle(self, tab: Tab, agent: Agent, message: from_console.FromConsole) -> None:
        """Carry ``message`` out, or say in words why not."""
        async with self._cases.lock:
            try:
                if not await self._cases.store.knows(message.command):
                    await self._handle(tab, agent, message)
            except Refusal as refusal:
                self._refuse(tab, message.command, refusal.code, str(refusal))
            except FrameTooLargeError:
                text = say("This is too large to send. Nothing was sent; make it shorter.")
                self._refuse(tab, message.command, "too_large", text)
            except StoreError as error:
                logger.error("%s", error, extra={"case": message.case})
                text = say("The office could not write this down. Nothing was changed; try again.")
                self._refuse(tab, message.command, "busy", text)

    def _refuse(self, tab: Tab, command: str, code: str, message: str) -> None:
        tab.send(to_console.ConsoleRefused(command=command, code=code, message=message))

    async def _handle(self, tab: Tab, agent: Agent, message: from_console.FromConsole) -> None:
        if isinstance(message, from_console.AcceptCase):
            await self._accept(tab, agent, message)
            return
        record = self._own(agent, message.case)
        if record.by_phone and not isinstance(
            message, from_console.TagCase | from_console.ResolveCase
        ):
            text = say("Nobody is at a screen in this case. Call the number instead.")
            raise Refusal("by_phone", text)
        match message:
            case from_console.AgentChat():
                said = self._said(agent, message.message, message.text)
                await self._chat(record, said, message.command)
            case (
                from_console.RequestScreenShare()
                | from_console.ActAtTill()
                | from_console.PauseHelp()
            ) if record.on_phone:
                text = say("The shopper goes on by phone and is not at the till any more.")
                raise Refusal("on_phone", text)
            case from_console.RequestScreenShare():
                await self._request_share(record, message.command)
            case from_console.EndScreenShare():
                await self._end_share(record, message.command)
            case from_console.StartCall():
                await self._calls.start(record, message)
            case from_console.HangUp():
                await self._calls.hang_up(record, message)
            case from_console.AgentOfferPeer():
                await self._offer_peer(tab, record, message)
            case from_console.ActAtTill():
                await self._tills.order(record, message)
            case from_console.TagCase():
                event = self._cases.event("tagged", agent.agent, tags=list(message.tags))
                tagged = changed(record, tags=message.tags)
                await self._cases.commit(tagged, event, command=message.command)
            case from_console.PauseHelp():
                await self._pauses.pause(record, agent, message)
            case from_console.ResolveCase():
                event = self._cases.event("resolved", agent.agent)
                await self._cases.end(record, EndCause.RESOLVED, event, command=message.command)
                if not record.by_phone:
                    self._lines.send(record.kiosk, to_kiosk.CaseResolved(case=record.case))

    def _own(self, agent: Agent, case: str) -> CaseRecord:
        record = self._cases.records.get(case)
        if record is None:
            raise Refusal("gone", say("This case has ended. Nothing was sent to the shopper."))
        if record.agent != agent.agent:
            raise Refusal(
                "not_yours", say("This case is not yours. Accept it before you act in it.")
            )
        return record

    async def _accept(self, tab: Tab, agent: Agent, message: from_console.AcceptCase) -> None:
        queue, now = self._cases.queue, self._cases.clock.monotonic()
        record = self._cases.records.get(message.case)
        if record is None:
            raise Refusal(Accepted.GONE.value, _why_not(Accepted.GONE))
        if record.by_phone:
            self._show(await self._callbacks.take(record, agent, message.command), agent)
            return
        with queue.or_as_before(record.case):
            outcome = queue.accept(message.case, message.attempt, agent.agent, now)
            if outcome is not Accepted.TAKEN_NOW:
                raise Refusal(outcome.value, _why_not(outcome))
            taken = changed(
                record,
                phase=CasePhase.ACTIVE,
                agent=agent.agent,
                agent_name=agent.name,
                answered_at=record.answered_at or self._cases.clock.wall(),
            )
            event = self._cases.event(
                "accepted",
                agent.agent,
                attempt=message.attempt,
                answered_seconds=taken.answered_seconds,
                promised_seconds=taken.promised_seconds,
                promise_kept=kept(taken.answered_seconds, taken.promised_seconds),
            )
            await self._cases.commit(taken, event, command=message.command)
        self._lines.send(
            record.kiosk,
            to_kiosk.AgentJoined(
                case=record.case, agent_name=agent.name, eta_seconds=QUICK_SECONDS
            ),
        )
        self._show(taken, agent)
        if record.generation > 0:
            # An earlier agent's connection is still what the kiosk knows of.
            tab.send(to_console.PeerWanted(case=record.case, lost_generation=record.generation))
        # Not by whom: the id is made of the name, and the case log has it.
        logger.info("case accepted", extra={"case": record.case})

    def _show(self, taken: CaseRecord, agent: Agent) -> None:
        """Tell the agent's windows that it is theirs, and what was said in it."""
        shown = to_console.CaseChanged(card=card(taken, self._cases, agent=agent.agent))
        said = to_console.ChatLog(case=taken.case, messages=self._cases.chat(taken.case))
        self._cases.agents.tell(agent.agent, shown)
        self._cases.agents.tell(agent.agent, said)

    def _said(self, agent: Agent, message: str, text: str) -> ChatMessage:
        return ChatMessage(
            id=message,
            author=Author.AGENT,
            name=agent.name,
            text=text,
            sent_at=self._cases.clock.wall(),
        )

    async def _chat(self, record: CaseRecord, said: ChatMessage, command: str) -> None:
        if self._cases.has_said(record.case, said.id):
            return
        event = self._cases.event("chat", record.agent or "", message=said.id)
        await self._cases.commit(changed(record), event, command=command, chat=(said,))
        self._lines.send(record.kiosk, to_kiosk.DeliverChat(case=record.case, message=said))
        added = to_console.ChatAdded(case=record.case, message=said)
        self._cases.agents.tell(record.agent, added)

    async def _request_share(self, record: CaseRecord, command: str) -> None:
        if record.share.live:
            text = say("The shopper is asked already, or shares already. Wait for the answer.")
            raise Refusal("share_pending", text)
        if record.context.step is PaymentStep.CARD_ENTRY:
            text = say("The shopper is at the card terminal. Ask to see the screen afterwards.")
            raise Refusal("card_entry", text)
        if self._cases.gone(record) is not None:
            text = say("The kiosk is not connected. Ask to see the screen when it is back.")
            raise Refusal("kiosk_gone", text)
        ask = new_id()
        share = Share(state="asked", ask=ask, since=self._cases.clock.wall())
        event = self._cases.event("share_asked", record.agent or "", ask=ask)
        await self._cases.commit(changed(record, share=share), event, command=command)
        self._lines.send(record.kiosk, to_kiosk.AskScreenShare(case=record.case, ask=ask))

    async def _end_share(self, record: CaseRecord, command: str) -> None:
        if not record.share.live:
            return
        await stop_share(self._cases, self._lines, record, ShareEndCause.AGENT_STOPPED, command)

    async def _offer_peer(
        self, tab: Tab, record: CaseRecord, message: from_console.AgentOfferPeer
    ) -> None:
        if message.generation <= record.generation:
            # A window that was loaded anew cannot know how far the old one had counted.
            tab.send(to_console.PeerWanted(case=record.case, lost_generation=record.generation))
            return
        offered = changed(record, generation=message.generation)
        event = self._cases.event(
            "peer_offered", record.agent or "", generation=message.generation
        )
        await self._cases.commit(offered, event, command=message.command)
        self._lines.send(
            record.kiosk,
            to_kiosk.OfferPeer(
                case=record.case,
                generation=message.generation,
                nonce=message.nonce,
                sdp=message.sdp,
            ),
        )


async def stop_share(
    cases: Cases,
    lines: KioskLines,
    record: CaseRecord,
    cause: ShareEndCause,
    command: str | None = None,
) -> CaseRecord:
    """End the share of ``record`` from the office's side; the kiosk is told to stop."""
    event = cases.event(
        "share_stopped", record.agent or "office", ask=record.share.ask, cause=cause.value
    )
    stopped = changed(record, share=ended_share(record.share, cause))
    await cases.commit(stopped, event, command=command)
    lines.send(record.kiosk, to_kiosk.StopScreenShare(case=record.case))
    return stopped
