"""Consoles at the media process: those that talk, flood, vanish or speak nonsense."""

import asyncio
import re
from datetime import UTC, datetime

import pytest
from aiortc import RTCPeerConnection

from kiosk_app.media.peer import UNKNOWN_CHANNELS, WORDS_AT_ONCE
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol import limits
from kiosk_app.protocol.peer import CHAT_CHANNEL, PeerChat, PeerTyping
from kiosk_app.protocol.shared import Author, ChatMessage
from tests.support.media_console import Console, Reports
from tests.unit.media.conftest import Connect


def chat(author: Author, text: str = "Hej") -> ChatMessage:
    return ChatMessage(
        id="4f0c3c1e-5f0e-4f0f-9a31-1c5d0f8a2b10",
        author=author,
        name="Lisa",
        text=text,
        sent_at=datetime(2026, 1, 15, 12, 0, tzinfo=UTC),
    )


async def test_offer_is_answered_with_complete_sdp_and_its_fingerprint(
    media: MediaProcess, reports: Reports
) -> None:
    console = Console()
    media.answer_offer(7, await console.offer())
    _, generation, sdp, fingerprint = await reports.until("answer_made")
    assert generation == 7
    assert re.fullmatch("([0-9A-F]{2}:){31}[0-9A-F]{2}", fingerprint)
    assert f"sha-256 {fingerprint}" in sdp
    assert "a=end-of-candidates" in sdp
    assert "typ host" in sdp
    assert "typ srflx" not in sdp
    assert "PCM" not in sdp
    assert len(sdp) <= limits.SDP_CHARS
    await console.close()


async def test_chat_and_typing_go_both_ways(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    media.send_chat(chat(Author.SHOPPER, "Jag kan inte betala"))
    assert await console.next_heard() == PeerChat(
        message=chat(Author.SHOPPER, "Jag kan inte betala")
    )
    media.send_typing(True)
    assert await console.next_heard() == PeerTyping(typing=True)
    console.say(PeerChat(message=chat(Author.AGENT)))
    assert await reports.until("peer_chat_received") == (
        "peer_chat_received",
        chat(Author.AGENT),
    )
    console.say(PeerTyping(typing=False))
    assert await reports.until("agent_typed") == ("agent_typed", False)


async def test_console_that_floods_is_given_up(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect(1)
    for _ in range(WORDS_AT_ONCE):
        console.say(PeerTyping(typing=True))
    for _ in range(WORDS_AT_ONCE):
        await reports.until("agent_typed")
    for _ in range(10 * WORDS_AT_ONCE):
        console.say(PeerChat(message=chat(Author.AGENT)))
    report = await reports.until("peer_lost", 1)
    assert report[2] == "The console sent more words than a person writes."
    await connect(2)


async def test_console_that_stops_answering_is_given_up(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    await connect(1, answers_pings=False)
    report = await reports.until("peer_lost", 1)
    assert report[2] == "Nothing from the console for 4 s."
    await connect(2)


async def test_closed_console_is_given_up(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    await console.close()
    await reports.until("peer_lost", 1)


BAD_OFFERS = {
    "garbage": "\x00\xff garbage",
    "empty sections": "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n",
    "half a line": "v=0\r\nm=video",
    "bad port": "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nm=video x UDP/TLS/RTP/SAVPF 96\r\n",
    "longest": "a=" + "x" * (limits.SDP_CHARS - 2),
}


@pytest.mark.parametrize("sdp", BAD_OFFERS.values(), ids=BAD_OFFERS)
async def test_bad_offer_is_a_lost_peer_and_the_process_lives(
    media: MediaProcess, reports: Reports, connect: Connect, sdp: str
) -> None:
    media.answer_offer(1, sdp)
    report = await reports.until("peer_lost", 1)
    assert report[2].startswith("The console's offer")
    await connect(2)


@pytest.mark.parametrize("size", [0, limits.SDP_CHARS + 1, 1024 * 1024])
async def test_offer_of_an_impossible_length_never_reaches_the_process(
    media: MediaProcess, reports: Reports, connect: Connect, size: int
) -> None:
    media.answer_offer(1, "a" * size)
    report = await reports.until("peer_lost", 1)
    assert f"has {size} characters" in report[2]
    await connect(2)


async def test_offer_without_data_channels_is_refused(
    media: MediaProcess, reports: Reports
) -> None:
    pc = RTCPeerConnection()
    pc.addTransceiver("video", direction="recvonly")
    await pc.setLocalDescription(await pc.createOffer())
    media.answer_offer(1, pc.localDescription.sdp)
    report = await reports.until("peer_lost", 1)
    assert "data channels" in report[2]
    await pc.close()


async def test_offer_without_video_is_refused(media: MediaProcess, reports: Reports) -> None:
    pc = RTCPeerConnection()
    pc.createDataChannel("chat")
    await pc.setLocalDescription(await pc.createOffer())
    media.answer_offer(1, pc.localDescription.sdp)
    report = await reports.until("peer_lost", 1)
    assert "video" in report[2]
    await pc.close()


@pytest.mark.parametrize(
    "frame",
    [
        b"\x00\x01\x02",
        '{"type":"chat"}',
        '{"type":"open_door"}',
        "[" * 5000,
        "x" * (10 * 1024 * 1024),
        '{"type":"ping","count":-1}',
    ],
    ids=["bytes", "half", "unknown", "deep", "10 MB", "negative"],
)
async def test_bad_message_ends_the_connection_with_a_reason(
    media: MediaProcess, reports: Reports, connect: Connect, frame: str | bytes
) -> None:
    console = await connect()
    assert console.pc.sctp is not None
    console.pc.sctp._remote_max_message_size = 0  # a console that keeps to no limit
    console.chat.send(frame)
    report = await reports.until("peer_lost", 1)
    assert report[2]
    await connect(2)


async def test_an_unknown_data_channel_is_closed_unheard_and_the_rest_goes_on(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    closed = asyncio.Event()
    door = console.pc.createDataChannel("door")
    door.on("open", lambda: door.send("open"))
    door.on("close", closed.set)
    async with asyncio.timeout(20):
        await closed.wait()
    console.say(PeerChat(message=chat(Author.AGENT)))
    report = await reports.until("peer_chat_received")
    assert report[1].author is Author.AGENT
    assert not any(each[0] == "peer_lost" for each in reports.all)


async def test_a_flood_of_unknown_data_channels_ends_the_connection(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    for number in range(UNKNOWN_CHANNELS + 1):
        console.pc.createDataChannel(f"door {number}")
    report = await reports.until("peer_lost", 1)
    assert "data channels" in report[2]


async def test_a_known_data_channel_twice_ends_the_connection(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    console.pc.createDataChannel(CHAT_CHANNEL)
    report = await reports.until("peer_lost", 1)
    assert "data channel" in report[2]


async def test_console_cannot_speak_as_the_shopper(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    console.say(PeerChat(message=chat(Author.SHOPPER)))
    report = await reports.until("peer_lost", 1)
    assert "shopper's name" in report[2]
