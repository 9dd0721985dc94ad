"""What an agent's browser asks for is carried out here: once, and only in its own cases."""

import logging

from kiosk_app.office.agents import Tab
from kiosk_app.office.call_desk import CallDesk
from kiosk_app.office.cases import Cases, Refusal
from kiosk_app.office.chat_desk import ChatDesk
from kiosk_app.office.consoles import Consoles
from kiosk_app.office.errors import StoreError
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.pauses import Pauses
from kiosk_app.office.peer_desk import PeerDesk
from kiosk_app.office.queue_desk import QueueDesk
from kiosk_app.office.record import Agent, CaseRecord, changed
from kiosk_app.office.share_desk import ShareDesk
from kiosk_app.office.till_desk import TillDesk
from kiosk_app.office.wording import say
from kiosk_app.protocol import from_console, to_console, to_kiosk
from kiosk_app.protocol.codec import FrameTooLargeError
from kiosk_app.protocol.shared import EndCause, ShareEndCause

logger = logging.getLogger(__name__)


class AgentDesk:
    """Handles every message of ``protocol/from_console.py``."""

    def __init__(
        self,
        cases: Cases,
        lines: KioskLines,
        consoles: Consoles,
        *,
        queue: QueueDesk,
        chats: ChatDesk,
        shares: ShareDesk,
        calls: CallDesk,
        peers: PeerDesk,
        tills: TillDesk,
        pauses: Pauses,
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._consoles = consoles
        self._queue = queue
        self._chats = chats
        self._shares = shares
        self._calls = calls
        self._peers = peers
        self._tills = tills
        self._pauses = pauses

    async def welcome(self, tab: Tab, agent: Agent) -> None:
        """Everything a window needs to begin or to go on after a reload."""
        async with self._cases.lock:
            self._consoles.welcome(tab, agent)

    def left(self, tab: Tab) -> None:
        """The window is gone; the agent may come back."""
        self._consoles.left(tab)

    async def handle(self, tab: Tab, agent: Agent, message: from_console.FromConsole) -> None:
        """Carry ``message`` out, or say in words why not."""
        async with self._cases.lock:
            try:
                if not await self._cases.carried_out(message.command):
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
            await self._queue.accept(tab, agent, message)
            return
        record = self._own(agent, message.case)
        if record.by_phone and not isinstance(
            message, from_console.TagCase | from_console.ResolveCase
        ):
            text = say("Nobody is at a screen in this case. Call the number instead.")
            raise Refusal("by_phone", text)
        match message:
            case from_console.AgentChat():
                await self._chats.from_agent(record, agent, message)
            case (
                from_console.RequestScreenShare()
                | from_console.ActAtTill()
                | from_console.PauseHelp()
            ) if record.on_phone:
                text = say("The shopper goes on by phone and is not at the till any more.")
                raise Refusal("on_phone", text)
            case from_console.RequestScreenShare():
                await self._shares.ask(record, message.command)
            case from_console.EndScreenShare():
                cause = ShareEndCause.AGENT_STOPPED
                await self._shares.stop(record, cause, message.command)
            case from_console.StartCall():
                await self._calls.start(record, message)
            case from_console.HangUp():
                await self._calls.hang_up(record, message)
            case from_console.AgentOfferPeer():
                await self._peers.offered(tab, record, message)
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
