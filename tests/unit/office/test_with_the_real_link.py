"""The kiosk's own link against the office: what both say they guarantee holds between them."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.ids import new_id
from kiosk_app.identity.fake import FakeIdentity
from kiosk_app.link.client import WebSocketLink
from kiosk_app.protocol.from_console import AgentChat
from kiosk_app.protocol.from_kiosk import JoinQueue, ResumeCase, SendChat
from kiosk_app.protocol.shared import Author, CasePhase, ChatMessage
from kiosk_app.protocol.to_console import ChatAdded, ChatLog
from kiosk_app.protocol.to_kiosk import (
    AgentJoined,
    CaseState,
    DeliverChat,
    QueueChanged,
    ToKiosk,
)
from tests.support.office import PATIENCE, opened, town


class MemoryOutbox:
    """What the link keeps, without a disk."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, command: str, body: bytes) -> None:
        self.kept[command] = body

    async def pending(self) -> list[tuple[str, bytes]]:
        return list(self.kept.items())

    async def drop(self, commands: list[str]) -> None:
        for command in commands:
            self.kept.pop(command, None)


@dataclass
class Ears:
    """Everything the link tells, in order."""

    said: asyncio.Queue[object] = field(default_factory=asyncio.Queue)

    def link_up(self, *, resumed: bool, promise_seconds: int | None) -> None:
        self.said.put_nowait(("up", resumed))

    def link_lost(self, reason: str) -> None:
        self.said.put_nowait("lost")

    def link_refused(self, code: str, message: str) -> None:
        self.said.put_nowait(("refused", code))

    def message_received(self, message: ToKiosk) -> None:
        self.said.put_nowait(message)

    def message_kept(self, command: str) -> None:
        self.said.put_nowait(("kept", command))

    def message_delivered(self, command: str) -> None:
        self.said.put_nowait(("delivered", command))

    async def until(self, kind: type) -> object:
        async with asyncio.timeout(PATIENCE):
            while not isinstance(said := await self.said.get(), kind):
                continue
        return said

    async def until_told(self, what: object) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.said.get() != what:
                continue


@pytest.mark.expect_log(".*", logger="kiosk_app.link.client", required=False)
@pytest.mark.expect_log(".*", logger="kiosk_app.link.connection", required=False)
async def test_a_case_through_a_restart_of_the_office(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        identity = FakeIdentity()
        await place.office.admin.admit_kiosk(identity.kiosk, public_key=identity.public_key)
        ears, outbox = Ears(), MemoryOutbox()
        link = WebSocketLink(f"ws://127.0.0.1:{place.port}/kiosk", identity, outbox, SystemClock())
        link.start(ears)
        try:
            await ears.until_told(("up", False))
            tab, _ = await place.ready_tab()
            case = new_id()
            link.send(opened(case))
            link.send(JoinQueue(command=new_id(), case=case))
            queued = await ears.until(QueueChanged)
            assert isinstance(queued, QueueChanged)
            assert queued.position == 1
            await tab.accept(case)
            await ears.until(AgentJoined)

            await place.office.stop()
            await ears.until_told("lost")
            said = ChatMessage(
                id=new_id(),
                author=Author.SHOPPER,
                name="",
                text="Är du kvar?",
                sent_at=opened(case).pressed_at,
            )
            written = SendChat(command=new_id(), case=case, message=said)
            link.send(written)
            await place.restart()
            await ears.until_told(("up", False))
            await ears.until_told(("delivered", written.command))
            link.send(ResumeCase(command=new_id(), case=case))
            state = await ears.until(CaseState)
            assert isinstance(state, CaseState)
            assert (state.phase, state.agent_name) == (CasePhase.ACTIVE, "Lisa")
            assert said in state.chat

            tab, _ = await place.ready_tab()
            assert said in (await tab.hears(ChatLog)).messages
            answer = AgentChat(command=new_id(), case=case, message=new_id(), text="Ja!")
            await tab.send(answer)
            await tab.hears(ChatAdded)
            heard = await ears.until(DeliverChat)
            assert isinstance(heard, DeliverChat)
            assert heard.message.text == "Ja!"
        finally:
            await link.close()
        assert not outbox.kept
