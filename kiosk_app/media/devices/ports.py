"""What a call needs of a machine: something to hear with, to sound with, to see with.

Each device is opened, used and closed by one thread; only ``cut`` may come from another. Sound is
mono, 16 bit, 48 kHz, in blocks of 10 ms: what echo cancelling works on, and half an Opus frame of
20 ms.
"""

from dataclasses import dataclass
from typing import Protocol

import av
import numpy as np
import numpy.typing as npt

from kiosk_app.media.ports import MediaError

SAMPLE_RATE = 48_000
BLOCK_SAMPLES = 480  # 10 ms

Block = npt.NDArray[np.int16]

NONE = "none"  # a kiosk that has none of it


class DeviceError(MediaError):
    """A device is not there, cannot be opened, or has gone."""


class Microphone(Protocol):
    """An open microphone. Its blocks are the clock of everything that is sent."""

    def read(self) -> Block:
        """The next 10 ms; waits for them. DeviceError when it is gone."""

    def cut(self) -> None:
        """From any thread: let what waits in it give up, where that can be done."""

    def close(self) -> None:
        """Close the device's file. Safe to repeat, and after :meth:`cut`."""


class Speaker(Protocol):
    """An open speaker. It takes as much as it plays: that is the clock of what is heard."""

    def write(self, block: Block) -> None:
        """Play 10 ms; waits until there is room. DeviceError when it is gone."""

    def cut(self) -> None:
        """From any thread: let what waits in it give up, where that can be done."""

    def close(self) -> None:
        """Close the device's file. Safe to repeat, and after :meth:`cut`."""


class Camera(Protocol):
    """An open camera."""

    def read(self) -> av.VideoFrame:
        """The next picture; waits for it. DeviceError when it is gone."""

    def cut(self) -> None:
        """From any thread: let what waits in it give up, where that can be done."""

    def close(self) -> None:
        """Close the device's file. Safe to repeat, and after :meth:`cut`."""


class Devices(Protocol):
    """The devices of one kiosk, by the names in its settings. DeviceError says what to do."""

    def open_microphone(self) -> Microphone: ...

    def open_speaker(self) -> Speaker: ...

    def open_camera(self) -> Camera: ...


@dataclass(frozen=True, slots=True)
class DeviceNames:
    """As in the settings: "" is the machine's own choice, "none" is none."""

    microphone: str = ""
    speaker: str = ""
    camera: str = ""
