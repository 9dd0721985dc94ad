"""Real-time text by its data channel: real process, real connection."""

import asyncio
from typing import Any

import pytest
from aiortc import RTCDataChannel

from kiosk_app.media.peer import LETTERS_AT_ONCE
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol.peer import T140_CHANNEL, PeerTyping
from kiosk_app.protocol.t140 import ERASE, START
from tests.support.media_console import Console, Reports
from tests.unit.media.conftest import Connect


async def letters(console: Console) -> RTCDataChannel:
    """The console's own end of the channel, open."""
    channel = console.t140
    assert channel is not None
    opened = asyncio.Event()
    channel.on("open", opened.set)
    if channel.readyState != "open":
        await asyncio.wait_for(opened.wait(), 20)
    return channel


async def test_letters_go_both_ways_beside_the_chat(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect(1)
    await reports.until("t140_opened", 1)
    for block in (START, "Kör 👩‍👩‍👧", ERASE + "…"):
        media.send_t140(block)
        assert await console.next_block() == block
    channel = await letters(console)
    for block in (START, "Hej å", ERASE * 3):
        channel.send(block)
        assert await reports.until("t140_received") == ("t140_received", 1, block)
    media.send_typing(True)
    assert await console.next_heard() == PeerTyping(typing=True)


async def test_a_console_without_letters_is_one_to_chat_with(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect(1, letters=False)
    media.send_t140("Hej")
    media.send_typing(True)
    assert await console.next_heard() == PeerTyping(typing=True)
    assert ("t140_opened", 1) not in reports.all


async def test_letters_without_a_connection_are_lost(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    media.send_t140("Hej")
    console = await connect(1)
    await reports.until("t140_opened", 1)
    media.send_t140(START)
    assert await console.next_block() == START


async def test_a_flood_of_letters_ends_the_connection(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    channel = await letters(await connect(1))
    for _ in range(2):
        channel.send("x" * (LETTERS_AT_ONCE * 2 // 3))
    report = await reports.until("peer_lost", 1)
    assert report[2] == "The console sent more letters than a person writes."
    await connect(2)


async def test_letters_that_are_none_end_the_connection(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    channel = await letters(await connect(1))
    channel.send(b"\x01")
    report = await reports.until("peer_lost", 1)
    assert report[2] == "The console sent real-time text that is none."


@pytest.mark.parametrize(
    "options",
    [
        {"protocol": "", "ordered": True},
        {"protocol": T140_CHANNEL, "ordered": False},
        {"protocol": T140_CHANNEL, "maxRetransmits": 0},
        {"protocol": T140_CHANNEL, "maxPacketLifeTime": 100},
    ],
    ids=["another protocol", "unordered", "unreliable", "short-lived"],
)
async def test_a_channel_that_loses_letters_is_refused(
    media: MediaProcess, reports: Reports, options: dict[str, Any]
) -> None:
    console = Console(letters=False)
    console.pc.createDataChannel(T140_CHANNEL, **options)
    media.answer_offer(1, await console.offer())
    report = await reports.until("answer_made", 1)
    await console.accept(report[2])
    report = await reports.until("peer_lost", 1)
    assert report[2] == "The console opened a data channel that is not as it was agreed."
    await console.close()
