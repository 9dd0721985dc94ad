"""Pictures of the call: the camera's to the connection, both sides' to the kiosk's screen."""

import time
from fractions import Fraction

import av
from av.video.reformatter import VideoReformatter

from kiosk_app.media.frame_ring import RingWriter
from kiosk_app.media.pictures import PICTURE_HEIGHT, PICTURE_WIDTH
from kiosk_app.media.pushed_track import PushedTrack

CLOCK_RATE = 90_000  # RTP's for video
TIME_BASE = Fraction(1, CLOCK_RATE)


class CameraTrack(PushedTrack[av.VideoFrame]):
    """Gives the sender the newest picture; waits while the camera is closed."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__(most=1)
        self._began = time.monotonic()

    def push(self, frame: av.VideoFrame, taken_at: float) -> None:
        """A picture taken at ``taken_at`` (monotonic); on the loop's thread."""
        frame.pts = int((taken_at - self._began) * CLOCK_RATE)
        frame.time_base = TIME_BASE
        self.put(frame)


def fitting(width: int, height: int) -> tuple[int, int]:
    """The size of a picture of ``width`` x ``height`` such that it fits in a slot, even sides."""
    scale = min(1.0, PICTURE_WIDTH / width, PICTURE_HEIGHT / height)
    return max(2, int(width * scale) & ~1), max(2, int(height * scale) & ~1)


class PictureOut:
    """Puts pictures into the ring to the kiosk, scaled down where they are larger than a slot.

    To be used by one thread.
    """

    def __init__(self, ring: RingWriter) -> None:
        self._ring = ring
        self._reformatter = VideoReformatter()

    def show(self, frame: av.VideoFrame) -> None:
        width, height = fitting(frame.width, frame.height)
        bgra = self._reformatter.reformat(frame, width=width, height=height, format="bgra")
        slot = self._ring.begin(width, height)
        if slot is None:
            return
        plane = bgra.planes[0]
        pixels = memoryview(plane).cast("B")
        if plane.line_size == width * 4:
            slot[:] = pixels[: len(slot)]
        else:
            for row in range(height):
                start = row * plane.line_size
                slot[row * width * 4 : (row + 1) * width * 4] = pixels[start : start + width * 4]
        slot.release()
        self._ring.publish(time.monotonic_ns())

    def forget(self) -> None:
        """What was shown is taken out of memory."""
        self._ring.forget()
