"""The media process and a real Chromium: what the agent's browser does that aiortc does not."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright

from kiosk_app.media.ports import FrameSink
from kiosk_app.media.proxy import MediaProcess
from tests.support.media_console import Reports
from tests.support.media_page import launch, open_page

WIDTH, HEIGHT = 1080, 1920
HIDDEN_ADDRESSES = ()
OPEN_ADDRESSES = ("--disable-features=WebRtcHideLocalIpsWithMdns",)


@pytest.fixture
async def reports() -> Reports:
    return Reports()


@pytest.fixture
async def media(reports: Reports) -> AsyncIterator[MediaProcess]:
    media = MediaProcess()
    media.listen(reports)
    await media.start("chromium")
    await reports.until("media_ready")
    yield media
    await media.stop()


@pytest.fixture(params=[HIDDEN_ADDRESSES, OPEN_ADDRESSES], ids=["mDNS", "addresses"])
async def page(request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await launch(playwright, *request.param)
        yield await open_page(browser)
        await browser.close()


def show(sink: FrameSink, red: int, green: int, blue: int) -> None:
    slot = sink.begin(WIDTH, HEIGHT)
    assert slot is not None
    slot[:] = bytes((blue, green, red, 255)) * (WIDTH * HEIGHT)
    slot.release()
    sink.publish()


async def connect(media: MediaProcess, reports: Reports, page: Page, generation: int) -> None:
    media.answer_offer(generation, await page.evaluate("connect()"))
    report = await reports.until("answer_made", generation)
    await page.evaluate("sdp => accept(sdp)", report[2])
    await reports.until("peer_connected", generation)


async def sees(page: Page, red: int, green: int, blue: int) -> None:
    await page.wait_for_function(
        """([red, green, blue]) => {
            if (!window.frames_shown) return false;
            const [r, g, b] = window.pixel(500, 900);
            return Math.abs(r - red) + Math.abs(g - green) + Math.abs(b - blue) < 24;
        }""",
        arg=[red, green, blue],
        polling=50,
        timeout=20_000,
    )


async def test_chromium_sees_the_screen_and_its_changes(
    media: MediaProcess, reports: Reports, page: Page
) -> None:
    await connect(media, reports, page, 1)
    sink = media.start_share(60)
    show(sink, 200, 60, 20)
    await sees(page, 200, 60, 20)
    show(sink, 20, 160, 90)
    await sees(page, 20, 160, 90)
    assert await page.evaluate("[window.video.videoWidth, window.video.videoHeight]") == [
        WIDTH,
        HEIGHT,
    ]
    received = await page.evaluate(
        """async () => {
            for (const entry of (await window.pc.getStats()).values())
                if (entry.type === 'inbound-rtp') return [entry.keyFramesDecoded, entry.pliCount];
        }"""
    )
    assert received == [1, 0]  # the first frame was whole, and nobody had to ask again


async def test_new_connection_for_the_same_case(
    media: MediaProcess, reports: Reports, page: Page
) -> None:
    await connect(media, reports, page, 1)
    sink = media.start_share(60)
    show(sink, 200, 60, 20)
    await sees(page, 200, 60, 20)
    await page.evaluate("window.pc.close()")
    await reports.until("peer_lost", 1)
    await connect(media, reports, page, 2)
    await sees(page, 200, 60, 20)


async def test_page_that_is_closed_is_noticed(
    media: MediaProcess, reports: Reports, page: Page
) -> None:
    await connect(media, reports, page, 1)
    await page.close()
    await asyncio.wait_for(reports.until("peer_lost", 1), 10)
