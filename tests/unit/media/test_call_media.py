"""The call's parts, on devices that are none."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from typing import Any

import av
import numpy as np
import pytest

from kiosk_app.media.call import device_thread
from kiosk_app.media.call.call_media import CallMedia
from kiosk_app.media.call.loudness import loudness
from kiosk_app.media.call.playout import Playout
from kiosk_app.media.call.side import CallSide
from kiosk_app.media.call.sight import PictureOut, fitting
from kiosk_app.media.call.voice import PACKET_SAMPLES, OpusEncoder, VoiceClock
from kiosk_app.media.devices.fake import FakeDevices
from kiosk_app.media.devices.ports import BLOCK_SAMPLES, Block
from kiosk_app.media.frame_ring import RingReader, RingWriter, create_ring
from kiosk_app.media.pictures import PICTURE_BYTES, PICTURE_HEIGHT, PICTURE_WIDTH
from kiosk_app.media.ports import Whose
from kiosk_app.protocol.call import CallDevice
from tests.support.waiting import eventually

SILENCE: Block = np.zeros(BLOCK_SAMPLES, np.int16)


class Told:
    """A listener that keeps what it is told."""

    def __init__(self) -> None:
        self.all: asyncio.Queue[tuple[Any, ...]] = asyncio.Queue()

    def device_failed(self, device: CallDevice, reason: str) -> None:
        self.all.put_nowait(("failed", device, reason))

    def device_stuck(self, device: CallDevice, reason: str) -> None:
        self.all.put_nowait(("stuck", device, reason))

    def sound_heard(self, shopper: int, agent: int) -> None:
        self.all.put_nowait(("sound", shopper, agent))

    def picture_gone(self, whose: Whose) -> None:
        self.all.put_nowait(("gone", whose))

    async def until(self, *wanted: Any) -> tuple[Any, ...]:
        async with asyncio.timeout(10):
            while (told := await self.all.get())[: len(wanted)] != wanted:
                pass
        return told


class Rings:
    """The two picture rings, both ends here."""

    def __init__(self) -> None:
        self._fds = [create_ring(PICTURE_BYTES) for _ in range(2)]
        self.writers = [RingWriter(memory, wake, PICTURE_BYTES) for memory, wake in self._fds]
        self.readers = [RingReader(memory, PICTURE_BYTES) for memory, _ in self._fds]

    def close(self) -> None:
        for ring in (*self.writers, *self.readers):
            ring.close()
        for fd in (fd for pair in self._fds for fd in pair):
            os.close(fd)


class Bench:
    def __init__(self, devices: FakeDevices, rings: Rings) -> None:
        self.devices, self.rings, self.told = devices, rings, Told()
        self.call = CallMedia(devices, self.told, *rings.writers)
        self.side = CallSide(self.call, 1)
        self.side.connected()


@pytest.fixture
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    rings = Rings()
    bench = Bench(FakeDevices(*getattr(request, "param", ())), rings)
    yield bench
    await bench.side.close()
    await bench.call.end()
    rings.close()


async def test_what_the_microphone_hears_becomes_packets(bench: Bench) -> None:
    bench.call.open(CallDevice.MICROPHONE)
    first = await asyncio.wait_for(bench.side.voice.recv(), 10)
    second = await asyncio.wait_for(bench.side.voice.recv(), 10)
    assert (second.pts or 0) - (first.pts or 0) == PACKET_SAMPLES
    assert bytes(first)


async def test_nothing_that_was_heard_before_the_mute_leaves_after_it(bench: Bench) -> None:
    bench.call.open(CallDevice.MICROPHONE)
    await bench.side.voice.recv()
    bench.call.close(CallDevice.MICROPHONE)
    waiting = asyncio.ensure_future(bench.side.voice.recv())
    assert await asyncio.to_thread(bench.devices.microphones[0].closed.wait, 10)
    done, _ = await asyncio.wait({waiting}, timeout=0.1)
    assert not done
    waiting.cancel()


@pytest.mark.parametrize("bench", [("microphone",), ("speaker",), ("camera",)], indirect=True)
async def test_a_device_that_is_not_there_is_told_of(bench: Bench) -> None:
    (missing,) = bench.devices.missing
    bench.call.open(CallDevice(missing))
    told = await bench.told.until("failed", CallDevice(missing))
    assert told[2] == f"The test has no {missing}."


async def test_a_microphone_that_dies_is_closed_and_the_rest_goes_on(bench: Bench) -> None:
    bench.call.open(CallDevice.MICROPHONE)
    bench.call.open(CallDevice.SPEAKER)
    await bench.side.voice.recv()
    (microphone,) = bench.devices.microphones
    microphone.broken = True
    await bench.told.until("failed", CallDevice.MICROPHONE)
    assert microphone.closed.is_set()
    (speaker,) = bench.devices.speakers
    assert not speaker.closed.is_set()
    bench.call.open(CallDevice.MICROPHONE)
    assert await asyncio.wait_for(bench.side.voice.recv(), 10)


async def test_a_device_is_opened_once_however_often_that_is_said(bench: Bench) -> None:
    for _ in range(3):
        bench.call.open(CallDevice.SPEAKER)
    bench.call.close(CallDevice.SPEAKER)
    bench.call.close(CallDevice.SPEAKER)
    assert await asyncio.to_thread(bench.devices.speakers[0].closed.wait, 10)
    assert len(bench.devices.speakers) == 1


async def test_the_end_closes_everything(bench: Bench) -> None:
    for device in CallDevice:
        bench.call.open(device)
    await asyncio.wait_for(bench.side.camera.recv(), 10)
    await bench.call.end()
    opened = (*bench.devices.microphones, *bench.devices.speakers, *bench.devices.cameras)
    assert len(opened) == 3
    assert all(device.closed.is_set() for device in opened)


@pytest.fixture
async def hung(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[threading.Event]:
    """The speaker takes a block and does not come back before this is set."""
    monkeypatch.setattr(device_thread, "CLOSE_SECONDS", 0.05)
    bench.call.open(CallDevice.SPEAKER)
    await asyncio.to_thread(eventually, lambda: bench.devices.speakers, "the speaker is open")
    (speaker,) = bench.devices.speakers
    hangs, free = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def hang(block: Block) -> None:
        loop.call_soon_threadsafe(hangs.set)
        free.wait(20)

    monkeypatch.setattr(speaker, "write", hang)
    await asyncio.wait_for(hangs.wait(), 10)
    yield free
    free.set()


@pytest.mark.expect_log("the speaker does not answer; it is cut")
async def test_a_device_that_hangs_is_cut_and_then_closed_by_its_own_thread(
    bench: Bench, hung: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    (speaker,) = bench.devices.speakers
    monkeypatch.setattr(speaker, "cut", hung.set)
    monkeypatch.setattr(device_thread, "CLOSE_SECONDS", 1.0)
    bench.call.close(CallDevice.SPEAKER)
    assert await asyncio.to_thread(speaker.closed.wait, 10)


@pytest.mark.expect_log("the speaker does not answer; it is cut")
async def test_a_device_that_stays_open_is_said(bench: Bench, hung: threading.Event) -> None:
    (speaker,) = bench.devices.speakers
    bench.call.close(CallDevice.SPEAKER)
    told = await bench.told.until("stuck", CallDevice.SPEAKER)
    assert told[2] == "The speaker cannot be closed."
    assert not speaker.closed.is_set()  # nobody closes under the thread that uses it


async def test_the_preview_goes_with_the_camera(bench: Bench) -> None:
    bench.call.open(CallDevice.CAMERA)
    await asyncio.wait_for(bench.side.camera.recv(), 10)
    own = bench.rings.readers[1]
    shown = own.read(0, lambda pixels, width, height: (width, height))
    assert shown is not None
    assert shown.result == (640, 480)
    bench.call.close(CallDevice.CAMERA)
    await bench.told.until("gone", Whose.SHOPPER)
    assert own.read(0, lambda pixels, width, height: None) is None


async def test_only_the_side_that_is_connected_is_heard_and_seen(bench: Bench) -> None:
    bench.call.open(CallDevice.SPEAKER)
    other = CallSide(bench.call, 2)
    picture = av.VideoFrame(64, 48, "yuv420p")
    bench.call.agent_seen(other, picture)
    agent = bench.rings.readers[0]
    assert agent.read(0, lambda *_: None) is None
    bench.call.agent_seen(bench.side, picture)
    assert agent.read(0, lambda *_: None) is not None
    other.connected()
    bench.side.detach()
    bench.call.agent_seen(other, picture)
    assert agent.read(0, lambda *_: None) is not None
    await other.close()


# Parts -------------------------------------------------------------------------------------------


def frame(samples: int = 960, value: int = 1000) -> av.AudioFrame:
    made = av.AudioFrame.from_ndarray(
        np.full((1, samples), value, np.int16), format="s16", layout="mono"
    )
    made.sample_rate = 48_000
    return made


def test_playout_begins_with_a_little_in_hand_and_says_silence_before() -> None:
    playout = Playout()
    playout.put(frame())
    assert not playout.take().any()
    playout.put(frame())
    assert playout.take().any()


def test_playout_that_runs_dry_is_silent_and_begins_anew() -> None:
    playout = Playout()
    playout.put(frame(1920))
    assert [playout.take().any() for _ in range(5)] == [True, True, True, True, False]
    playout.put(frame())
    assert not playout.take().any()


def test_playout_never_holds_more_than_a_fifth_of_a_second() -> None:
    playout = Playout()
    for _ in range(100):
        playout.put(frame())
    held = 0
    while playout.take().any():
        held += 1
    assert held <= 20


@pytest.mark.parametrize(
    ("amplitude", "level"), [(0, 0), (30, 0), (300, 2), (3_000, 6), (32_000, 9)]
)
def test_loudness_is_told_in_steps(amplitude: int, level: int) -> None:
    wave = amplitude * np.sin(np.arange(BLOCK_SAMPLES) / 10)
    assert loudness(wave.astype(np.int16)) == level


def test_silence_is_no_sound() -> None:
    assert loudness(SILENCE) == 0
    assert loudness(SILENCE[:0]) == 0


def test_a_packet_is_opus_of_20_ms_in_mono() -> None:
    encoder = OpusEncoder()
    hum = (8_000 * np.sin(np.arange(PACKET_SAMPLES) / 8)).astype(np.int16)
    packets = [encoder.encode(hum, at * PACKET_SAMPLES) for at in range(5)]
    assert all(packets)
    decoder = av.CodecContext.create("libopus", "r")
    (decoded,) = decoder.decode(av.Packet(packets[-1]))
    assert decoded.samples == PACKET_SAMPLES
    stereo = packets[-1][0] >> 2 & 1  # the "s" of the TOC byte (RFC 6716 3.1)
    assert stereo == 0


def test_a_mute_is_a_gap_in_the_timestamps(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("kiosk_app.media.call.voice.time.monotonic", lambda: now[0])
    clock = VoiceClock()
    clock.open()
    assert [clock.take(960), clock.take(960)] == [0, 960]
    now[0] += 5.0
    clock.open()
    assert clock.take(960) == 5 * 48_000


@pytest.mark.parametrize("size", [(3840, 2160), (640, 480), (100, 4000), (3, 3), (1281, 721)])
def test_any_picture_of_the_agents_fits_into_a_slot(size: tuple[int, int]) -> None:
    width, height = fitting(*size)
    assert 2 <= width <= PICTURE_WIDTH
    assert 2 <= height <= PICTURE_HEIGHT
    assert width % 2 == height % 2 == 0


def test_4k_from_the_agent_is_shown_small_and_in_its_colours() -> None:
    rings = Rings()
    blue = np.zeros((2160, 3840, 3), np.uint8)
    blue[:, :] = (20, 60, 200)
    PictureOut(rings.writers[0]).show(av.VideoFrame.from_ndarray(blue, format="rgb24"))
    shown = rings.readers[0].read(
        0, lambda pixels, width, height: (width, height, bytes(pixels[:3]))
    )
    assert shown is not None
    width, height, pixel = shown.result
    assert (width, height) == (1280, 720)
    assert all(abs(a - b) < 6 for a, b in zip(pixel, (200, 60, 20), strict=True))
    rings.close()
