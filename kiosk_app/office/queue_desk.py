"""Who waits, and which agent takes whom: every change of the queue's, written with its case."""

import logging

from kiosk_app.base.clock import Clock
from kiosk_app.office.agents import Agents, Tab
from kiosk_app.office.callbacks import Callbacks
from kiosk_app.office.cases import Cases, Refusal
from kiosk_app.office.chat_desk import check_author
from kiosk_app.office.consoles import Consoles
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.promise import QUICK_SECONDS, kept
from kiosk_app.office.queue import Accepted, Queue
from kiosk_app.office.record import Agent, CaseRecord, changed
from kiosk_app.office.share_desk import ShareDesk
from kiosk_app.office.wording import say
from kiosk_app.protocol import to_console, to_kiosk
from kiosk_app.protocol.from_console import AcceptCase
from kiosk_app.protocol.from_kiosk import JoinQueue
from kiosk_app.protocol.shared import CasePhase, ShareEndCause

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


class QueueDesk:
    """The part of both desks that is about waiting. To be used under the cases' lock."""

    def __init__(
        self,
        cases: Cases,
        lines: KioskLines,
        queue: Queue,
        agents: Agents,
        consoles: Consoles,
        callbacks: Callbacks,
        shares: ShareDesk,
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._queue = queue
        self._agents = agents
        self._consoles = consoles
        self._callbacks = callbacks
        self._shares = shares
        self._clock = clock

    async def join(self, record: CaseRecord, message: JoinQueue) -> None:
        """The shopper asks for a person."""
        first = message.message
        check_author(first)
        if record.phase is not CasePhase.BROWSING:
            if message.safety:
                await self._hurry(record, message)
            return
        with self._queue.or_as_before(record.case):
            queued = changed(
                record,
                phase=CasePhase.QUEUED,
                queued_at=self._clock.wall(),
                place=self._queue.join(record.case, first=message.safety),
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

    async def _hurry(self, record: CaseRecord, message: JoinQueue) -> None:
        """Somebody who waits, or has an agent already, is in danger: before everyone."""
        with self._queue.or_as_before(record.case):
            urgent = changed(record, safety=True)
            if record.phase is CasePhase.QUEUED:
                place = self._queue.join(record.case, first=True)
                urgent = changed(record, safety=True, place=place)
            event = self._cases.event("safety", record.kiosk)
            await self._cases.commit(urgent, event, command=message.command)

    async def accept(self, tab: Tab, agent: Agent, message: AcceptCase) -> None:
        """``agent`` takes a case that waits. Refusal where the offer does not stand."""
        record = self._cases.records.get(message.case)
        if record is None:
            raise Refusal(Accepted.GONE.value, _why_not(Accepted.GONE))
        if record.by_phone:
            taken = await self._callbacks.take(record, agent, message.command)
            self._consoles.show_taken(taken, agent)
            return
        with self._queue.or_as_before(record.case):
            outcome = self._queue.accept(
                message.case, message.attempt, agent.agent, self._clock.monotonic()
            )
            if outcome is not Accepted.TAKEN_NOW:
                raise Refusal(outcome.value, _why_not(outcome))
            taken = changed(
                record,
                phase=CasePhase.ACTIVE,
                agent=agent.agent,
                agent_name=agent.name,
                answered_at=record.answered_at or self._clock.wall(),
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
        self._consoles.show_taken(taken, agent)
        if record.generation > 0:
            # An earlier agent's connection is still what the kiosk knows of.
            tab.send(to_console.PeerWanted(case=record.case, lost_generation=record.generation))
        # Not by whom: the id is made of the name, and the case log has it.
        logger.info("case accepted", extra={"case": record.case})

    async def renew_offers(self) -> None:
        """Offer again what nobody accepted within its lease, under a new attempt."""
        anyone = bool(self._agents.connected)
        for case in self._queue.offer(self._clock.monotonic(), anyone=anyone):
            record, attempt = self._cases.records.get(case), self._queue.attempt(case)
            if record is None or attempt is None:
                self._queue.leave(case)
                continue
            event = self._cases.event("offer_lapsed", "office", attempt=attempt - 1)
            await self._cases.commit(changed(record, attempt=attempt), event)

    async def give_back(self) -> None:
        """The cases of agents who stayed away wait again, before everyone."""
        for record in list(self._cases.records.values()):
            agent = record.agent
            if agent is None or not self._agents.away_too_long(agent):
                continue
            if record.by_phone:
                await self._callbacks.give_back(record)
                continue
            record = await self._shares.stop(record, ShareEndCause.PEER_LOST)
            attempt = record.attempt + 1
            with self._queue.or_as_before(record.case):
                waiting = changed(
                    record,
                    phase=CasePhase.QUEUED,
                    agent=None,
                    agent_name=None,
                    place=self._queue.give_back(record.case, attempt),
                    attempt=attempt,
                )
                event = self._cases.event("agent_left", agent)
                await self._cases.commit(waiting, event)
            self._lines.send(record.kiosk, to_kiosk.AgentLeft(case=record.case))
            logger.info("case back in the queue: its agent is gone", extra={"case": record.case})
