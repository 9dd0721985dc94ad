"""Devices that are none: a microphone that hums, a speaker that remembers, a still camera."""

import threading
import time

import av
import numpy as np

from kiosk_app.media.devices.camera import HEIGHT, WIDTH
from kiosk_app.media.devices.ports import BLOCK_SAMPLES, SAMPLE_RATE, Block, DeviceError

_BLOCK_SECONDS = BLOCK_SAMPLES / SAMPLE_RATE


class _Paced:
    """Takes or gives a block each 10 ms, as hardware does."""

    def __init__(self) -> None:
        self._next = time.monotonic()
        self.broken = False
        self.was_cut = threading.Event()
        self.closed = threading.Event()

    def pace(self, seconds: float = _BLOCK_SECONDS) -> None:
        if self.broken:
            raise DeviceError("The test has pulled the cable.")
        self._next += seconds
        left = self._next - time.monotonic()
        if left > 0:
            time.sleep(left)

    def cut(self) -> None:
        self.was_cut.set()

    def close(self) -> None:
        self.closed.set()


class HummingMicrophone(_Paced):
    """A tone of ``hertz``."""

    def __init__(self, hertz: float = 440.0) -> None:
        super().__init__()
        self._hertz = hertz
        self._at = 0

    def read(self) -> Block:
        self.pace()
        at = np.arange(self._at, self._at + BLOCK_SAMPLES)
        self._at += BLOCK_SAMPLES
        return (8_000 * np.sin(2 * np.pi * self._hertz * at / SAMPLE_RATE)).astype(np.int16)


class RememberingSpeaker(_Paced):
    """Keeps what it played in :attr:`blocks`."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []

    def write(self, block: Block) -> None:
        self.pace()
        self.blocks.append(block)


class StillCamera(_Paced):
    """One colour, ``rgb``."""

    def __init__(self, rgb: tuple[int, int, int] = (20, 160, 90)) -> None:
        super().__init__()
        self._pixels = np.full((HEIGHT, WIDTH, 3), rgb, np.uint8)

    def read(self) -> av.VideoFrame:
        self.pace(1 / 30)
        return av.VideoFrame.from_ndarray(self._pixels, format="rgb24")


class FakeDevices:
    """Gives out fakes and keeps them; ``missing`` names what cannot be opened."""

    def __init__(self, *missing: str) -> None:
        self.missing = set(missing)
        self.microphones: list[HummingMicrophone] = []
        self.speakers: list[RememberingSpeaker] = []
        self.cameras: list[StillCamera] = []

    def open_microphone(self) -> HummingMicrophone:
        self._need("microphone")
        self.microphones.append(HummingMicrophone())
        return self.microphones[-1]

    def open_speaker(self) -> RememberingSpeaker:
        self._need("speaker")
        self.speakers.append(RememberingSpeaker())
        return self.speakers[-1]

    def open_camera(self) -> StillCamera:
        self._need("camera")
        self.cameras.append(StillCamera())
        return self.cameras[-1]

    def _need(self, device: str) -> None:
        if device in self.missing:
            raise DeviceError(f"The test has no {device}.")
