"""A console that says things twice, too late, too long or in no language."""

from pathlib import Path

import aiohttp
import pytest

from kiosk_app.base.ids import new_id
from kiosk_app.protocol import limits
from kiosk_app.protocol.codec import console_commands
from kiosk_app.protocol.from_console import (
    AcceptCase,
    AgentChat,
    AgentOfferPeer,
    RequestScreenShare,
    ResolveCase,
)
from kiosk_app.protocol.from_kiosk import CloseCase
from kiosk_app.protocol.shared import Author, EndCause
from kiosk_app.protocol.to_console import CaseGone, ChatLog, ConsoleReady, ConsoleRefused
from kiosk_app.protocol.to_kiosk import AgentJoined, AskScreenShare, DeliverChat, OfferPeer
from tests.support.disks import fill, small_disk
from tests.support.office import WireTab, opened, together, town


async def answers(tab: WireTab) -> ConsoleRefused:
    """The office has read everything so far: it refuses what comes last."""
    command = ResolveCase(command=new_id(), case=new_id())
    await tab.send(command)
    return await tab.hears(ConsoleRefused, lambda m: m.command == command.command)


@pytest.mark.parametrize(
    "garbage",
    ["", "{", "[]", "null", '{"type":"console_ready"}', '{"type":"accept_case","more":1}', "\x00"],
)
async def test_garbage_ends_that_window_only(tmp_path: Path, garbage: str) -> None:
    async with town(tmp_path) as place:
        _kiosk, tab, case = await together(place)
        other, _ = await place.ready_tab("Omar")
        await tab.ws.send_str(garbage)
        refused = await tab.hears(ConsoleRefused)
        assert refused.code == "bad_frame"
        assert refused.message
        assert await tab.closed() == aiohttp.WSCloseCode.POLICY_VIOLATION
        assert (await answers(other)).code == "gone"
        _, ready = await place.ready_tab()
        assert [(card.case, card.mine) for card in ready.cases] == [(case, True)]


async def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        tab, _ = await place.ready_tab()
        await tab.ws.send_bytes(b"\xff\xfe")
        assert (await tab.hears(ConsoleRefused)).code == "bad_frame"
        assert await tab.closed() > 1000


@pytest.mark.parametrize("text", ["", "x" * (limits.CHAT_CHARS + 1)], ids=["empty", "too long"])
async def test_a_text_that_cannot_be_is_not_said(tmp_path: Path, text: str) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        said = AgentChat(command=new_id(), case=case, message=new_id(), text=text)
        await tab.ws.send_str(console_commands.encode(said))
        assert (await tab.hears(ConsoleRefused)).code == "bad_frame"
        await tab.closed()
        again, _ = await place.ready_tab()
        log = await again.hears(ChatLog)
        assert said.message not in [line.id for line in log.messages]
        assert not any(
            isinstance(heard, DeliverChat) and heard.message.id == said.message
            for heard in kiosk.heard
        )


async def test_a_command_again_changes_nothing_twice(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        said = AgentChat(command=new_id(), case=case, message=new_id(), text="Hej")
        ask = RequestScreenShare(command=new_id(), case=case)
        for command in (said, said, ask, ask):
            await tab.send(command)
        await answers(tab)
        await kiosk.hears(AskScreenShare)
        heard = [m for m in kiosk.heard if isinstance(m, DeliverChat | AskScreenShare)]
        texts = [m.message.text for m in heard if isinstance(m, DeliverChat)]
        assert texts.count("Hej") <= 1
        assert not any(isinstance(m, AskScreenShare) for m in heard)
        again, _ = await place.ready_tab()
        log = await again.hears(ChatLog)
        lines = [line.text for line in log.messages if line.author is Author.AGENT]
        assert lines.count("Hej") == 1


async def test_an_accept_again_is_no_second_one(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        case = await kiosk.queue_up()
        accept = AcceptCase(command=new_id(), case=case, attempt=1)
        await tab.send(accept)
        await tab.send(accept)
        await kiosk.hears(AgentJoined)
        await answers(tab)
        assert not any(isinstance(message, AgentJoined) for message in kiosk.heard)
        assert place.office.cases.records[case].agent_name == "Lisa"


async def test_offers_out_of_order_reach_the_kiosk_in_order(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        for generation in (2, 1, 2, 3):
            await tab.send(
                AgentOfferPeer(
                    command=new_id(), case=case, generation=generation, nonce=new_id(), sdp="v=0"
                )
            )
        await kiosk.hears(OfferPeer, lambda m: m.generation == 2)
        await kiosk.hears(OfferPeer, lambda m: m.generation == 3)
        assert not any(isinstance(message, OfferPeer) for message in kiosk.heard)


async def test_words_into_a_case_that_is_over(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        await kiosk.say(
            CloseCase(
                command=new_id(),
                case=case,
                cause=EndCause.SHOPPER_ENDED,
                ended_at=opened(case).pressed_at,
            )
        )
        await tab.hears(CaseGone)
        said = AgentChat(command=new_id(), case=case, message=new_id(), text="Hej")
        await tab.send(said)
        refused = await tab.hears(ConsoleRefused)
        assert refused.command == said.command
        assert refused.message


@pytest.mark.expect_log("office's database .* failed .* not written")
async def test_the_offices_disk_is_full_and_has_room_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "office", "2m") as disk:
        async with town(disk) as place:
            kiosk, tab, case = await together(place)
            ballast = fill(disk)
            said = AgentChat(command=new_id(), case=case, message=new_id(), text="Hej " * 400)
            await tab.send(said)
            refused = await tab.hears(ConsoleRefused)
            assert (refused.command, refused.code) == (said.command, "busy")
            ballast.unlink()
            await tab.send(said)
            await kiosk.hears(DeliverChat, lambda m: m.message.id == said.message)
        async with town(disk) as place:
            _, ready = await place.ready_tab()
            assert isinstance(ready, ConsoleReady)
            assert [card.case for card in ready.cases] == [case]
