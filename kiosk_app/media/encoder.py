"""From BGRX pixels to H.264 or VP8, tuned for a screen: sharp text, no delay, few bits at rest."""

from fractions import Fraction
from typing import Protocol

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from kiosk_app.media.rate import MAX_BITS

TIME_BASE = Fraction(1, 90_000)  # RTP's clock for video (RFC 6184 5.1, RFC 7741 4.1)
FRAMES_A_SECOND = 15
_ENDLESS = 1_000_000  # frames between unasked keyframes: one is made when the receiver asks

_BUFFER_BITS = 1_200_000  # the largest keyframe: 0.3 s of the cap, a tenth of that on a LAN


class ScreenEncoder(Protocol):
    """Turns pictures of one size into packets for one codec."""

    def encode(self, picture: av.VideoFrame, pts: int, *, keyframe: bool, bits: int) -> bytes:
        """The coded ``picture`` at ``pts`` (90 kHz), within about ``bits`` a second."""


class PictureMaker:
    """BGRX memory to the I420 picture that ``codec`` takes, limited range.

    BT.709 for H.264, which says so in the stream; BT.601 for VP8, which knows no
    other (RFC 6386 9.2).
    1080x1920 takes about 4 ms of one core here; the pixels are copied by it, not before it.
    """

    def __init__(self, codec: str) -> None:
        self.codec = codec
        self._colours = Colorspace.ITU709 if codec == "H264" else Colorspace.ITU601
        self._reformatter = VideoReformatter()

    def make(self, pixels: memoryview, width: int, height: int) -> av.VideoFrame:
        """A picture of its own; sides are cut to even numbers, as 4:2:0 needs."""
        rows = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)
        even = np.ascontiguousarray(rows[: height & ~1, : width & ~1])
        frame = av.VideoFrame.from_numpy_buffer(even, format="bgra")
        return self._reformatter.reformat(
            frame,
            format="yuv420p",
            dst_colorspace=self._colours,
            dst_color_range=ColorRange.MPEG,
        )


class _Coder:
    def __init__(self, codec: VideoCodecContext, width: int, height: int) -> None:
        codec.width, codec.height = width, height
        codec.pix_fmt = "yuv420p"
        codec.time_base = TIME_BASE
        codec.framerate = Fraction(FRAMES_A_SECOND, 1)
        codec.bit_rate = MAX_BITS
        codec.thread_count = 1  # the other core is the till's
        self._codec = codec

    def encode(self, picture: av.VideoFrame, pts: int, *, keyframe: bool, bits: int) -> bytes:
        picture.pts = pts
        picture.time_base = TIME_BASE
        picture.pict_type = PictureType.I if keyframe else PictureType.NONE
        if self._codec.bit_rate != bits:
            self._retune(bits)
        return b"".join(bytes(packet) for packet in self._codec.encode(picture))

    def _retune(self, bits: int) -> None:
        raise NotImplementedError


class H264Encoder(_Coder):
    """libx264, constrained baseline: no B-frames, so nothing waits on either side."""

    def __init__(self, width: int, height: int) -> None:
        codec = av.CodecContext.create("libx264", "w")
        codec.profile = "Baseline"
        codec.options = {
            "preset": "superfast",
            "tune": "zerolatency",
            # FFmpeg's own names and not x264-params: given there, the first frame takes the buffer
            # model away again, and without it libx264 takes no new rate while open.
            "maxrate": str(MAX_BITS),
            "bufsize": str(_BUFFER_BITS),
            "x264-params": (
                f"keyint={_ENDLESS}:scenecut=0:qpmin=10"
                ":colormatrix=bt709:colorprim=bt709:transfer=bt709:range=tv"
            ),
        }
        super().__init__(codec, width, height)

    def _retune(self, bits: int) -> None:
        self._codec.bit_rate = bits  # libx264 takes it with the next frame, without a keyframe


class Vp8Encoder(_Coder):
    """libvpx, for a console without H.264: about twice the time of libx264 for a frame."""

    def __init__(self, width: int, height: int) -> None:
        codec = av.CodecContext.create("libvpx", "w")
        codec.gop_size = _ENDLESS
        codec.options = {
            "deadline": "realtime",
            "cpu-used": "-8",
            "lag-in-frames": "0",
            "screen-content-mode": "1",
            "static-thresh": "1",
            "error-resilient": "default",
            "minrate": "0",
            "maxrate": str(MAX_BITS),
            "bufsize": str(MAX_BITS // 2),
        }
        super().__init__(codec, width, height)

    def _retune(self, bits: int) -> None:
        pass  # FFmpeg's libvpx takes no new rate while open; a new encoder would cost a keyframe


def make_encoder(codec: str, width: int, height: int) -> ScreenEncoder:
    """The encoder for the negotiated ``codec``, "H264" or "VP8"."""
    return H264Encoder(width, height) if codec == "H264" else Vp8Encoder(width, height)
