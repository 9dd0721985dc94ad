"""Cameras: Video4Linux through FFmpeg, a film, and a drawn picture for machines without any."""

import time
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
import numpy.typing as npt

from kiosk_app.media.devices.ports import NONE, DeviceError

WIDTH, HEIGHT = 640, 480  # EN 301 549 6.5.2 and 6.5.3 ask for 320x240 at 20, better 640x480 at 30
RATE = 30
PATTERN = "test-pattern"  # no camera at all: for demos, training and tests
_READ_TRIES = 3  # some cameras deliver a broken picture or two when they start
_SYSFS = Path("/sys/class/video4linux")


def camera_names() -> dict[str, str]:
    """Device file to name of every camera that Video4Linux knows."""
    found = {}
    for entry in sorted(_SYSFS.glob("video*"), key=lambda path: int(path.name[5:])):
        try:
            name = (entry / "name").read_text("utf-8", "replace").strip()
            index = (entry / "index").read_text().strip()
        except OSError:
            continue
        if index == "0":  # the others of a camera carry metadata
            found[f"/dev/{entry.name}"] = name
    return found


def _device_file(name: str) -> str:
    if name.startswith("/dev/"):
        return name
    cameras = camera_names()
    for path, known in cameras.items():
        if name in ("", known):
            return path
    if not cameras:
        raise DeviceError("No camera was found. Plug one in and ask for video again.")
    raise DeviceError(
        f'There is no camera called "{name}". Found: {", ".join(cameras.values())}. '
        f"Change the settings file."
    )


class V4l2Camera:
    """See :class:`~kiosk_app.media.devices.ports.Camera`. ``name`` is its name or device file."""

    def __init__(self, name: str) -> None:
        path = _device_file(name)
        options = {"video_size": f"{WIDTH}x{HEIGHT}", "framerate": str(RATE)}
        try:
            self._input = av.open(path, format="v4l2", options=options)
        except (OSError, av.error.FFmpegError) as error:
            raise DeviceError(
                f"The camera {path} cannot be opened ({error}). Is another program using it, and "
                f"is this user in the group video?"
            ) from error
        self._frames = self._input.decode(video=0)
        self._path = path

    def read(self) -> av.VideoFrame:
        for tries in range(_READ_TRIES):
            try:
                return next(self._frames)
            except StopIteration as error:
                raise DeviceError(f"The camera {self._path} is gone.") from error
            except (OSError, av.error.FFmpegError) as error:
                if tries == _READ_TRIES - 1:
                    raise DeviceError(f"The camera {self._path} is gone ({error}).") from error
                self._frames = self._input.decode(video=0)
        raise AssertionError("unreachable")

    def cut(self) -> None:
        pass  # FFmpeg cannot be woken from outside, and closing under it ends the process

    def close(self) -> None:
        self._input.close()


class FilmCamera:
    """A video file as if it were a camera, again and again at its own pace: for demos, training
    and tests. ``path`` is opened for as long as the camera is."""

    def __init__(self, path: str) -> None:
        try:
            self._input = av.open(path)
        except (OSError, av.error.FFmpegError) as error:
            raise DeviceError(f"The film {path} cannot be opened ({error}).") from error
        self._path = path
        self._began = 0.0
        self._frames = self._input.decode(video=0)

    def read(self) -> av.VideoFrame:
        frame = next(self._frames, None)
        if frame is None:
            self._input.seek(0)
            self._began = 0.0
            self._frames = self._input.decode(video=0)
            frame = next(self._frames, None)
        if frame is None:
            raise DeviceError(f"The film {self._path} has no pictures.")
        at = frame.time or 0.0
        self._began = self._began or time.monotonic() - at
        left = self._began + at - time.monotonic()
        if left > 0:
            time.sleep(left)
        return frame

    def cut(self) -> None:
        pass  # its pauses are short

    def close(self) -> None:
        self._input.close()


class PatternCamera:
    """Coloured bars with a light that wanders over them, 30 times a second."""

    def __init__(self) -> None:
        bars = ((200, 60, 20), (20, 160, 90), (20, 60, 200), (220, 200, 40))
        self._bars: npt.NDArray[np.uint8] = np.repeat(
            np.array(bars, np.uint8), WIDTH // len(bars), axis=0
        )[np.newaxis].repeat(HEIGHT, axis=0)
        self._next = time.monotonic()
        self._number = 0

    def read(self) -> av.VideoFrame:
        self._next += 1 / RATE
        left = self._next - time.monotonic()
        if left > 0:
            time.sleep(left)
        picture = self._bars.copy()
        at = self._number * 4 % (WIDTH - 40)
        picture[20:60, at : at + 40] = 255
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = self._number, Fraction(1, RATE)
        self._number += 1
        return frame

    def cut(self) -> None:
        pass  # its pauses are short

    def close(self) -> None:
        pass


def open_camera(name: str) -> V4l2Camera | FilmCamera | PatternCamera:
    """The camera of that name. DeviceError says why there is none."""
    if name == NONE:
        raise DeviceError("This kiosk has no camera, by its settings.")
    if name == PATTERN:
        return PatternCamera()
    film = name.startswith("/") and not name.startswith("/dev/")
    return FilmCamera(name) if film else V4l2Camera(name)
