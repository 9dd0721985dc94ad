"""Kiosk, media process and a console together: real process, real connection."""

import asyncio
import errno
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import psutil
import pytest
from aiortc import RTCPeerConnection

from kiosk_app.media.peer import WORDS_AT_ONCE
from kiosk_app.media.ports import FrameSink, MediaError
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol import limits
from kiosk_app.protocol.peer import PeerChat, PeerTyping
from kiosk_app.protocol.shared import Author, ChatMessage
from tests.support.media_console import Console, Reports
from tests.unit.media.conftest import Connect

BLUE = bytes((200, 60, 20, 255))
WIDTH, HEIGHT = 320, 480


def show(sink: FrameSink, pixel: bytes, width: int = WIDTH, height: int = HEIGHT) -> bool:
    slot = sink.begin(width, height)
    if slot is None:
        return False
    slot[:] = pixel * (width * height)
    slot.release()
    sink.publish()
    return True


def rgb(frame: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in frame.to_ndarray(format="rgb24")[HEIGHT // 2, WIDTH // 2])


def near(got: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 14 for a, b in zip(got, wanted, strict=True))


async def shown_while_moving(console: Console, sink: FrameSink, pixel: bytes) -> Any:
    """The next picture, while ``pixel`` is shown in shades that an eye cannot tell apart.

    aiortc decodes a picture when the next one arrives, and VP8 sends none for the same again.
    """
    waiting = asyncio.ensure_future(console.next_frame())
    shade = 0
    while not waiting.done():
        shade = (shade + 1) % 6
        show(sink, bytes((pixel[0] + shade, *pixel[1:])))
        await asyncio.wait({waiting}, timeout=0.05)
    return await waiting


def chat(author: Author, text: str = "Hej") -> ChatMessage:
    return ChatMessage(
        id="4f0c3c1e-5f0e-4f0f-9a31-1c5d0f8a2b10",
        author=author,
        name="Lisa",
        text=text,
        sent_at=datetime(2026, 1, 15, 12, 0, tzinfo=UTC),
    )


async def test_process_is_gone_after_stop_and_nothing_is_left(
    media: MediaProcess, reports: Reports
) -> None:
    pid = media.pid
    assert pid is not None
    before = set(os.listdir("/dev/shm"))
    await media.stop()
    await media.stop()
    assert not psutil.pid_exists(pid)
    assert set(os.listdir("/dev/shm")) <= before
    assert reports.all == []


async def test_stuck_process_is_ended_by_force(media: MediaProcess) -> None:
    pid = media.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    await media.stop()
    assert not psutil.pid_exists(pid)


async def test_second_start_while_running_is_refused(media: MediaProcess) -> None:
    with pytest.raises(MediaError, match="running already"):
        await media.start("again")


async def test_it_starts_again_after_stop(media: MediaProcess, reports: Reports) -> None:
    await media.stop()
    await media.start("next")
    await reports.until("media_ready")


@pytest.mark.expect_log("the media process ended: it was ended by SIGKILL")
async def test_killed_process_is_reported_and_the_sink_is_dead(
    media: MediaProcess, reports: Reports
) -> None:
    sink = media.start_share(60)
    assert media.pid is not None
    os.kill(media.pid, signal.SIGKILL)
    assert await reports.until("media_died") == ("media_died", "it was ended by SIGKILL")
    assert sink.begin(8, 8) is None
    assert media.pid is None
    media.answer_offer(1, "v=0")
    media.send_typing(True)
    media.stop_share()
    with pytest.raises(MediaError, match="not running"):
        media.start_share(60)
    await media.start("next")
    await reports.until("media_ready")


@pytest.mark.expect_log("the media process ended: it ended by itself with status 3")
async def test_process_that_ends_by_itself_is_reported(reports: Reports) -> None:
    media = MediaProcess(command=("/bin/sh", "-c", "exit 3"))
    media.listen(reports)
    await media.start("case")
    report = await reports.until("media_died")
    assert report[1] == "it ended by itself with status 3"


@pytest.mark.expect_log("the media process ended: it closed its socket")
async def test_process_that_falls_silent_is_ended(reports: Reports) -> None:
    # The shell closes the socket whose number follows --socket, and goes on.
    media = MediaProcess(command=("/bin/bash", "-c", 'eval "exec $2>&-"; exec sleep 60', "sh"))
    media.listen(reports)
    await media.start("case")
    assert await reports.until("media_died") == ("media_died", "it closed its socket")


async def test_program_that_is_not_there_is_a_named_error(reports: Reports) -> None:
    media = MediaProcess(command=("/nonexistent/python",))
    media.listen(reports)
    with pytest.raises(MediaError, match="could not be started"):
        await media.start("case")
    await media.stop()


async def test_process_that_cannot_be_watched_is_not_left_behind(
    reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_descriptors(pid: int, flags: int = 0) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    media = MediaProcess(command=("/bin/sleep", "60"))
    media.listen(reports)
    before = psutil.Process().num_fds()
    monkeypatch.setattr(os, "pidfd_open", no_descriptors)
    with pytest.raises(MediaError, match="Too many open files"):
        await media.start("case")
    assert media.pid is None
    assert psutil.Process().children() == []
    assert psutil.Process().num_fds() == before


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


@pytest.mark.parametrize("only_vp8", [False, True], ids=["H264", "VP8"])
async def test_shared_screen_is_seen_and_changes_are(
    media: MediaProcess, reports: Reports, connect: Connect, only_vp8: bool
) -> None:
    console = await connect(only_vp8=only_vp8)
    sink = media.start_share(60)
    assert await reports.until("share_live") == ("share_live", True)
    show(sink, BLUE)
    frame = await console.next_frame()
    assert (frame.width, frame.height) == (WIDTH, HEIGHT)
    assert near(rgb(frame), (20, 60, 200))
    got: tuple[int, ...] = (0, 0, 0)
    while not near(got, (60, 200, 20)):
        got = rgb(await shown_while_moving(console, sink, bytes((20, 200, 60, 255))))
    media.stop_share()
    assert await reports.until("share_live") == ("share_live", False)
    assert not show(sink, BLUE)


async def test_size_may_change_in_a_share(media: MediaProcess, connect: Connect) -> None:
    console = await connect()
    sink = media.start_share(60)
    show(sink, BLUE)
    await console.next_frame()
    show(sink, BLUE, HEIGHT, WIDTH)
    while (await console.next_frame()).width != HEIGHT:
        pass


async def test_second_share_is_seen_and_has_nothing_of_the_first(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    first = media.start_share(60)
    show(first, BLUE)
    await console.next_frame()
    second = media.start_share(60)
    assert not show(first, BLUE)
    show(second, bytes((20, 20, 220, 255)))
    while not near(rgb(await console.next_frame()), (220, 20, 20)):
        pass
    await reports.until("share_live", True)
    await reports.until("share_live", True)


async def test_share_ends_at_its_deadline_by_itself(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    await connect()
    sink = media.start_share(0.2)
    await reports.until("share_live", True)
    await reports.until("share_live", False)
    assert not show(sink, BLUE)


async def test_share_begun_before_the_connection_is_seen_with_it(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    sink = media.start_share(60)
    show(sink, BLUE)
    console = await connect()
    assert near(rgb(await console.next_frame()), (20, 60, 200))


async def test_new_generation_takes_over_and_begins_with_a_whole_picture(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    old = await connect(1)
    sink = media.start_share(60)
    show(sink, BLUE)
    await old.next_frame()
    new = await connect(2)
    assert near(rgb(await new.next_frame()), (20, 60, 200))
    media.send_typing(True)
    assert await new.next_heard() == PeerTyping(typing=True)


async def test_keyframe_request_is_answered_though_nothing_changes(
    media: MediaProcess, connect: Connect
) -> None:
    console = await connect()
    sink = media.start_share(60)
    show(sink, BLUE)
    await console.next_frame()
    for _ in range(8):  # more than the refinements that follow by themselves
        await console.request_keyframe()
        await console.next_frame()


async def test_dropped_connection_is_closed_and_nothing_is_told_of_it(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    """The agent has left: their browser sees and says nothing more, whatever is shared next."""
    old = await connect(1)
    ended = asyncio.Event()
    old.chat.on("close", ended.set)
    media.drop_peer()
    media.drop_peer()
    await asyncio.wait_for(ended.wait(), 20)
    sink = media.start_share(60)
    show(sink, BLUE)
    new = await connect(2)
    assert near(rgb(await new.next_frame()), (20, 60, 200))
    assert not [report for report in reports.all if report[0] == "peer_lost"]


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


async def test_unknown_data_channel_ends_the_connection(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    console.pc.createDataChannel("door")
    report = await reports.until("peer_lost", 1)
    assert "data channel" in report[2]


async def test_console_cannot_speak_as_the_shopper(
    media: MediaProcess, reports: Reports, connect: Connect
) -> None:
    console = await connect()
    console.say(PeerChat(message=chat(Author.SHOPPER)))
    report = await reports.until("peer_lost", 1)
    assert "shopper's name" in report[2]


_KIOSK = """
import asyncio, sys
from kiosk_app.media.proxy import MediaProcess
from tests.support.media_console import Reports

async def main():
    media, reports = MediaProcess(), Reports()
    media.listen(reports)
    await media.start("case")
    await reports.until("media_ready")
    media.start_share(60)
    await reports.until("share_live", True)
    print(media.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.parametrize("stopped", [False, True], ids=["running", "stuck"])
def test_process_is_gone_when_the_kiosk_is_killed(stopped: bool) -> None:
    kiosk = subprocess.Popen([sys.executable, "-c", _KIOSK], stdout=subprocess.PIPE, text=True)
    assert kiosk.stdout is not None
    media = psutil.Process(int(kiosk.stdout.readline()))
    if stopped:
        media.suspend()  # it cannot notice anything itself: the kernel ends it
    kiosk.kill()
    kiosk.wait()
    kiosk.stdout.close()
    gone, _ = psutil.wait_procs([media], timeout=20)
    assert gone
