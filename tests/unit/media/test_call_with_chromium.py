"""A call between the media process and a real Chromium: heard and seen both ways."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from kiosk_app.media.ports import Picture, Whose
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol.call import CallDevice
from tests.support.film import film_of
from tests.support.media_console import Reports
from tests.support.media_page import launch, open_page
from tests.support.sound import SoundServer, sound_server
from tests.support.waiting import eventually

SHOPPER_HERTZ, AGENT_HERTZ = 7_000, 1_000  # EN 301 549 6.1: sound up to 7 kHz
BARS = ((200, 60, 20), (20, 160, 90), (20, 60, 200), (220, 200, 40))  # of the pattern camera


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with sound_server(tmp_path / "pulse") as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
async def media(sound: SoundServer) -> AsyncIterator[MediaProcess]:
    media = MediaProcess(camera="test-pattern")
    yield media
    await media.stop()


@pytest.fixture
async def reports(media: MediaProcess) -> Reports:
    reports = Reports()
    media.listen(reports)
    await media.start("call")
    await reports.until("media_ready")
    return reports


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield await open_page(browser)
        await browser.close()


async def connect(media: MediaProcess, reports: Reports, page: Page, generation: int = 1) -> str:
    media.answer_offer(generation, await page.evaluate("connect(true)"))
    report = await reports.until("answer_made", generation)
    await page.evaluate("sdp => accept(sdp)", report[2])
    await reports.until("peer_connected", generation)
    return str(report[2])


async def hears(page: Page, hertz: float) -> None:
    await page.wait_for_function(
        "hertz => Math.abs(window.listen() - hertz) < 40", arg=hertz, polling=100, timeout=20_000
    )


async def open_devices(sound: SoundServer, listeners: int, players: int) -> None:
    await asyncio.to_thread(
        eventually,
        lambda: (sound.listeners, sound.players) == (listeners, players),
        f"{listeners} microphones and {players} speakers are open",
    )


async def test_each_hears_the_other(
    media: MediaProcess, reports: Reports, page: Page, sound: SoundServer
) -> None:
    await connect(media, reports, page)
    media.open_device(CallDevice.MICROPHONE)
    media.open_device(CallDevice.SPEAKER)
    with sound.tone(SHOPPER_HERTZ):
        await hears(page, SHOPPER_HERTZ)
        await page.evaluate("hertz => hum(hertz)", AGENT_HERTZ)
        await asyncio.to_thread(sound.hears, AGENT_HERTZ)
        await hears(page, SHOPPER_HERTZ)


async def test_devices_are_open_for_as_long_as_they_are_used_and_no_longer(
    media: MediaProcess, reports: Reports, page: Page, sound: SoundServer
) -> None:
    await connect(media, reports, page)
    assert (sound.listeners, sound.players) == (0, 0)
    media.open_device(CallDevice.MICROPHONE)
    media.open_device(CallDevice.SPEAKER)
    await open_devices(sound, 1, 1)
    media.close_device(CallDevice.MICROPHONE)
    await open_devices(sound, 0, 1)
    media.close_device(CallDevice.SPEAKER)
    await open_devices(sound, 0, 0)


async def test_after_a_mute_the_voice_comes_back(
    media: MediaProcess, reports: Reports, page: Page, sound: SoundServer
) -> None:
    await connect(media, reports, page)
    with sound.tone(SHOPPER_HERTZ):
        media.open_device(CallDevice.MICROPHONE)
        await hears(page, SHOPPER_HERTZ)
        media.close_device(CallDevice.MICROPHONE)
        await hears(page, 0)
        media.open_device(CallDevice.MICROPHONE)
        await hears(page, SHOPPER_HERTZ)


@pytest.mark.en301549("6.2.2.4", "6.5.5")
async def test_the_sign_says_who_is_heard(
    media: MediaProcess, reports: Reports, page: Page, sound: SoundServer
) -> None:
    await connect(media, reports, page)
    media.open_device(CallDevice.MICROPHONE)
    media.open_device(CallDevice.SPEAKER)
    with sound.tone(440):
        while (await reports.until("sound_heard"))[1] < 5:
            pass
    while (await reports.until("sound_heard"))[1] > 0:
        pass
    await page.evaluate("hertz => hum(hertz)", AGENT_HERTZ)
    while (await reports.until("sound_heard"))[2] < 5:
        pass


async def test_each_sees_the_other(media: MediaProcess, reports: Reports, page: Page) -> None:
    await connect(media, reports, page)
    media.open_device(CallDevice.SPEAKER)
    media.open_device(CallDevice.CAMERA)
    await page.wait_for_function(
        """bars => {
            const seen = window.watch();
            return seen && seen.every((colour, at) =>
                colour.every((part, rgb) => Math.abs(part - bars[at][rgb]) < 30));
        }""",
        arg=[list(bar) for bar in BARS],
        polling=100,
        timeout=20_000,
    )
    await page.evaluate("look('rgb(30, 90, 200)')")
    await shown(reports, Whose.AGENT, (30, 90, 200))
    await shown(reports, Whose.SHOPPER, BARS[1])


async def shown(reports: Reports, whose: Whose, colour: tuple[int, int, int]) -> None:
    """Wait until the kiosk is given a picture that has ``colour`` left of its middle."""
    got: list[tuple[int, ...]] = []

    def look(pixels: memoryview, width: int, height: int) -> None:
        at = (height // 2 * width + width * 3 // 8) * 4
        blue, green, red = pixels[at : at + 3]
        got.append((red, green, blue))

    while not got or any(abs(a - b) > 30 for a, b in zip(got[-1], colour, strict=True)):
        picture: Picture = (await reports.until("picture_arrived", whose))[2]
        picture.read(look)


async def test_a_camera_that_is_closed_sends_and_shows_nothing(
    media: MediaProcess, reports: Reports, page: Page
) -> None:
    await connect(media, reports, page)
    media.open_device(CallDevice.CAMERA)
    await page.wait_for_function("watch() && seen_frames > 5", polling=50, timeout=20_000)
    media.close_device(CallDevice.CAMERA)
    await reports.until("picture_gone", Whose.SHOPPER)
    # What was on its way arrives; after that the count stands still.
    await page.wait_for_function(
        """async () => {
            const before = window.seen_frames;
            await new Promise(done => setTimeout(done, 700));
            return window.seen_frames === before;
        }""",
        polling=50,
        timeout=20_000,
    )
    media.open_device(CallDevice.CAMERA)
    await page.wait_for_function(
        "count => seen_frames > count + 5",
        arg=await page.evaluate("seen_frames"),
        polling=50,
        timeout=20_000,
    )


async def test_the_cameras_file_is_open_in_a_call_and_at_no_other_time(
    tmp_path: Path, page: Page
) -> None:
    film = film_of(tmp_path / "film.mp4", (30, 90, 200))
    media, reports = MediaProcess(camera=str(film)), Reports()
    media.listen(reports)
    await media.start("call")
    await reports.until("media_ready")
    assert media.pid is not None
    await connect(media, reports, page)
    assert str(film) not in open_files(media.pid)
    for _ in range(2):
        media.open_device(CallDevice.CAMERA)
        await shown(reports, Whose.SHOPPER, (30, 90, 200))
        assert str(film) in open_files(media.pid)
        media.close_device(CallDevice.CAMERA)
        await reports.until("picture_gone", Whose.SHOPPER)
        pid = media.pid
        await asyncio.to_thread(
            eventually, lambda pid=pid: str(film) not in open_files(pid), "its file is closed"
        )
    await media.stop()


def open_files(pid: int) -> list[str]:
    """What the process has open, as the kernel says."""
    found = []
    for fd in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(FileNotFoundError):
            found.append(os.readlink(f"/proc/{pid}/fd/{fd}"))
    return found


async def test_an_agent_who_switches_the_camera_off_is_not_left_standing(
    media: MediaProcess, reports: Reports, page: Page
) -> None:
    await connect(media, reports, page)
    media.open_device(CallDevice.SPEAKER)
    await page.evaluate("look('rgb(30, 90, 200)')")
    await shown(reports, Whose.AGENT, (30, 90, 200))
    await page.evaluate("look(null)")
    await reports.until("picture_gone", Whose.AGENT)


async def test_nothing_of_the_agent_is_shown_or_heard_before_there_is_a_call(
    media: MediaProcess, reports: Reports, page: Page, sound: SoundServer
) -> None:
    await connect(media, reports, page)
    await page.evaluate("look('rgb(30, 90, 200)')")
    await page.evaluate("hertz => hum(hertz)", AGENT_HERTZ)
    await page.wait_for_function(
        """async () => [...(await pc.getStats()).values()].some(
            s => s.type === 'outbound-rtp' && s.kind === 'video' && s.framesSent > 20)""",
        polling=100,
        timeout=20_000,
    )
    assert not [r for r in reports.all if r[0] in ("picture_arrived", "sound_heard")]
    assert sound.players == 0


async def test_a_new_connection_goes_on_with_the_call(
    media: MediaProcess, reports: Reports, page: Page, sound: SoundServer
) -> None:
    await connect(media, reports, page)
    media.open_device(CallDevice.MICROPHONE)
    with sound.tone(SHOPPER_HERTZ):
        await hears(page, SHOPPER_HERTZ)
        await page.evaluate("pc.close(); delete window.ear; delete window.seen")
        await reports.until("peer_lost", 1)
        await connect(media, reports, page, 2)
        await hears(page, SHOPPER_HERTZ)


@pytest.mark.en301549("6.1", "6.2.1.2")
async def test_the_answer_speaks_opus_and_nothing_narrower(
    media: MediaProcess, reports: Reports, page: Page
) -> None:
    sdp = await connect(media, reports, page)
    audio = sdp[sdp.index("m=audio") :].split("\nm=")[0]
    codecs = [line for line in audio.splitlines() if line.startswith("a=rtpmap:")]
    assert [line.split()[1] for line in codecs] == ["opus/48000/2"]
    # One connection for all of it: the voice stands beside the chat's channels (6.2.1.2).
    assert sdp.count("m=application") == 1
    assert sdp.count("a=ice-ufrag") >= 1


async def test_process_that_ends_has_everything_closed(
    media: MediaProcess, reports: Reports, sound: SoundServer
) -> None:
    media.open_device(CallDevice.MICROPHONE)
    media.open_device(CallDevice.SPEAKER)
    await open_devices(sound, 1, 1)
    await media.stop()
    assert (sound.listeners, sound.players) == (0, 0)
