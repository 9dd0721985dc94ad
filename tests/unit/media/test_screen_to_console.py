"""The kiosk's screen at a console: real process, real connection."""

import asyncio
from typing import Any

import pytest

from kiosk_app.media.ports import FrameSink
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol.peer import PeerTyping
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
