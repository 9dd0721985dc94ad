"""From BGRX pixels to H.264 or VP8, tuned for a screen: sharp text, no delay, few bits at rest."""

import math
from fractions import Fraction
from typing import Any, Protocol

import av
import numpy as np
import numpy.typing as npt
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from kiosk_app.media.rate import MAX_BITS

TIME_BASE = Fraction(1, 90_000)  # RTP's clock for video (RFC 6184 5.1, RFC 7741 4.1)
FRAMES_A_SECOND = 15
_ENDLESS = 1_000_000  # frames between unasked keyframes: one is made when the receiver asks

_REACH = 8  # rows; a chroma sample is made of a few pixels around it
_LAMBDA = 118  # FFmpeg's quality for one step of H.264's quantizer (FF_QP2LAMBDA)

_BUFFER_BITS = 1_200_000  # the largest keyframe: 0.3 s of the cap, a tenth of that on a LAN


class ScreenEncoder(Protocol):
    """Turns pictures of one size into packets for one codec."""

    def encode(self, picture: av.VideoFrame, pts: int, *, keyframe: bool, bits: int) -> bytes:
        """The coded ``picture`` at ``pts`` (90 kHz), within about ``bits`` a second."""

    @property
    def quantizer(self) -> float:
        """How coarse the last picture was coded, in H.264's steps (0-51); NaN if unknown."""


class PictureMaker:
    """BGRX memory to the I420 picture that ``codec`` takes, limited range.

    BT.709 for H.264, which says so in the stream; BT.601 for VP8, which knows no
    other (RFC 6386 9.2).
    1080x1920 takes about 4 ms of one core here, a change of a few rows a third of that: only
    what differs from the picture before is copied and converted.
    """

    def __init__(self, codec: str) -> None:
        self.codec = codec
        self._colours = Colorspace.ITU709 if codec == "H264" else Colorspace.ITU601
        self._reformatter = VideoReformatter()
        # Two pixels a word, rows without padding: what the picture was made of.
        self._pixels: npt.NDArray[np.uint64] | None = None
        self._picture: av.VideoFrame | None = None

    def make(self, pixels: memoryview, width: int, height: int) -> av.VideoFrame:
        """The picture of ``pixels``, good until the next one is made.

        Sides are cut to even numbers, as 4:2:0 needs.
        """
        rows = np.frombuffer(pixels, np.uint32).reshape(height, width)
        new = rows[: height & ~1, : width & ~1].view(np.uint64)
        old, picture = self._pixels, self._picture
        if old is None or picture is None or old.shape != new.shape:
            self._pixels = new.copy()
            self._picture = self._convert(self._pixels)
            return self._picture
        changed = np.flatnonzero((new != old).any(axis=1))
        if changed.size:
            first, last = int(changed[0]), int(changed[-1])
            # Copied first: converting memory that another process may write to would leave
            # colours in the picture that no later comparison finds.
            old[first : last + 1] = new[first : last + 1]
            if (last - first) * 2 > len(old):
                picture = self._picture = self._convert(old)
            else:
                self._mend(picture, old, first & ~1, (last + 2) & ~1)
        return picture

    def _convert(self, pixels: npt.NDArray[np.uint64]) -> av.VideoFrame:
        rows = pixels.view(np.uint8).reshape(len(pixels), -1, 4)
        return self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(rows, format="bgra"),
            format="yuv420p",
            dst_colorspace=self._colours,
            dst_color_range=ColorRange.MPEG,
        )

    def _mend(
        self, picture: av.VideoFrame, pixels: npt.NDArray[np.uint64], top: int, bottom: int
    ) -> None:
        """Convert the rows from ``top`` to ``bottom`` and put them into ``picture``."""
        top, bottom = max(0, top - _REACH), min(len(pixels), bottom + _REACH)
        above, below = min(top, _REACH), min(len(pixels) - bottom, _REACH)
        strip = self._convert(pixels[top - above : bottom + below])
        for into, source in zip(picture.planes, strip.planes, strict=True):
            size = len(pixels) // into.height  # of a chroma row in rows of pixels
            part = _rows(source)[above // size : (above + bottom - top) // size, : into.width]
            _rows(into)[top // size : bottom // size, : into.width] = part


def _rows(plane: VideoPlane) -> npt.NDArray[np.uint8]:
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height]


class _Coder:
    def __init__(self, codec: VideoCodecContext, width: int, height: int) -> None:
        codec.width, codec.height = width, height
        codec.pix_fmt = "yuv420p"
        codec.time_base = TIME_BASE
        codec.framerate = Fraction(FRAMES_A_SECOND, 1)
        codec.bit_rate = MAX_BITS
        codec.thread_count = 1  # the other core is the till's
        self._codec = codec
        self.quantizer = math.nan

    def encode(self, picture: av.VideoFrame, pts: int, *, keyframe: bool, bits: int) -> bytes:
        picture.pts = pts
        picture.time_base = TIME_BASE
        picture.pict_type = PictureType.I if keyframe else PictureType.NONE
        if self._codec.bit_rate != bits:
            self._retune(bits)
        packets = self._codec.encode(picture)
        self.quantizer = next(map(_quantizer, packets), math.nan)
        return b"".join(map(bytes, packets))

    def _retune(self, bits: int) -> None:
        raise NotImplementedError


def _quantizer(packet: "av.Packet[Any]") -> float:
    if not packet.has_sidedata("quality_stats"):
        return math.nan
    # AV_PKT_DATA_QUALITY_STATS of FFmpeg's packet.h: the quality is its first 32 bits.
    return int.from_bytes(bytes(packet.get_sidedata("quality_stats"))[:4], "little") / _LAMBDA


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
