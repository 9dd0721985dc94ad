"""What is said in a case: written down once, then brought to the other side."""

from kiosk_app.base.clock import Clock
from kiosk_app.office.agents import Agents
from kiosk_app.office.cases import Cases, Refusal
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.record import Agent, CaseRecord, changed
from kiosk_app.protocol import from_console, from_kiosk, to_console, to_kiosk
from kiosk_app.protocol.shared import Author, ChatMessage


class ChatDesk:
    """The part of both desks that is about chat. To be used under the cases' lock."""

    def __init__(self, cases: Cases, lines: KioskLines, agents: Agents, clock: Clock) -> None:
        self._cases = cases
        self._lines = lines
        self._agents = agents
        self._clock = clock

    async def from_agent(
        self, record: CaseRecord, agent: Agent, message: from_console.AgentChat
    ) -> None:
        """To the shopper, and to every window of the agent's."""
        if self._cases.has_said(record.case, message.message):
            return
        said = ChatMessage(
            id=message.message,
            author=Author.AGENT,
            name=agent.name,
            text=message.text,
            sent_at=self._clock.wall(),
        )
        await self._write(record, record.agent or "", said, message.command)
        self._lines.send(record.kiosk, to_kiosk.DeliverChat(case=record.case, message=said))
        self._agents.tell(record.agent, to_console.ChatAdded(case=record.case, message=said))

    async def from_shopper(self, record: CaseRecord, message: from_kiosk.SendChat) -> None:
        """To the agent who has the case."""
        said = message.message
        check_author(said)
        if self._cases.has_said(record.case, said.id):
            return
        await self._write(record, record.shopper_at, said, message.command)
        self._agents.tell(record.agent, to_console.ChatAdded(case=record.case, message=said))
        if record.on_phone:
            # Written at the kiosk, and on its way when the phone took over; to the phone its own.
            self._lines.send(record.kiosk, to_kiosk.DeliverChat(case=record.case, message=said))

    async def _write(
        self, record: CaseRecord, actor: str, said: ChatMessage, command: str
    ) -> None:
        event = self._cases.event("chat", actor, message=said.id)
        await self._cases.commit(changed(record), event, command=command, chat=(said,))


def check_author(said: ChatMessage | None) -> None:
    """Refusal where a kiosk says ``said`` for anyone but its shopper."""
    if said is not None and said.author is not Author.SHOPPER:
        raise Refusal("not_yours", "A kiosk speaks for the shopper only. It was not sent.")
