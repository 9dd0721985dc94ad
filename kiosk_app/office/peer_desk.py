"""Peer connections at the office: offers and answers go through, and nothing of them is kept."""

import logging

from kiosk_app.office.agents import Agents, Tab
from kiosk_app.office.cases import Cases
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.record import CaseRecord, changed
from kiosk_app.protocol import from_console, from_kiosk, to_console, to_kiosk

logger = logging.getLogger(__name__)


class PeerDesk:
    """The part of both desks that is about peers. To be used under the cases' lock."""

    def __init__(self, cases: Cases, lines: KioskLines, agents: Agents) -> None:
        self._cases = cases
        self._lines = lines
        self._agents = agents

    async def offered(
        self, tab: Tab, record: CaseRecord, message: from_console.AgentOfferPeer
    ) -> None:
        """To the kiosk, where it is a newer one than the last."""
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

    def answered(self, record: CaseRecord, message: from_kiosk.AnswerPeer) -> None:
        """To the agent, where it answers the newest offer."""
        if message.generation != record.generation:
            return
        self._agents.tell(
            record.agent,
            to_console.PeerAnswered(
                case=record.case,
                generation=message.generation,
                sdp=message.sdp,
                signature=message.signature,
            ),
        )

    def lost(self, record: CaseRecord, message: from_kiosk.ReportPeerLost) -> None:
        """The shopper's end has lost it: the agent's makes a new one."""
        if 0 < message.generation != record.generation:
            return
        logger.info("the kiosk lost its peer", extra={"case": record.case})
        self._agents.tell(
            record.agent,
            to_console.PeerWanted(case=record.case, lost_generation=message.generation),
        )
