"""What the shopper says: 20 ms Opus packets on the microphone's clock."""

import time
from fractions import Fraction

import av
import numpy as np

from kiosk_app.media.devices.ports import BLOCK_SAMPLES, SAMPLE_RATE, Block
from kiosk_app.media.pushed_track import Packet, PushedTrack

PACKET_SAMPLES = 2 * BLOCK_SAMPLES  # 20 ms
TIME_BASE = Fraction(1, SAMPLE_RATE)
_BITS = 32_000  # wideband speech in mono is transparent at this (RFC 7587 3.1.1)
_LOSS_PERCENT = 10  # how much redundancy in-band FEC carries
_MOST_WAITING = 10  # 200 ms: a sender that is so late says the newest, not all of it


class OpusEncoder:
    """20 ms in, one packet out; to be used by one thread."""

    def __init__(self) -> None:
        codec = av.CodecContext.create("libopus", "w")
        codec.format = "s16"
        codec.layout = "mono"
        codec.sample_rate = SAMPLE_RATE
        codec.bit_rate = _BITS
        codec.time_base = TIME_BASE
        codec.options = {
            "application": "voip",
            "frame_duration": "20",
            "fec": "1",
            "packet_loss": str(_LOSS_PERCENT),
        }
        self._codec = codec

    def encode(self, samples: Block, pts: int) -> bytes:
        """The packet of ``samples`` (PACKET_SAMPLES of them), the first of which is ``pts``."""
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        frame.pts, frame.time_base = pts, TIME_BASE
        return b"".join(bytes(packet) for packet in self._codec.encode(frame))


class VoiceClock:
    """Timestamps of what is sent: samples since the first, running on while nothing is said.

    Within one opening of the microphone its own clock counts, block by block; a new opening
    begins where the time has got to, so that a mute is a gap and not a stretch.
    """

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._at = 0

    def open(self) -> None:
        """The microphone was opened."""
        elapsed = int((time.monotonic() - self._began) * SAMPLE_RATE)
        self._at = max(self._at, elapsed)

    def take(self, samples: int) -> int:
        """Where the next ``samples`` begin."""
        at = self._at
        self._at += samples
        return at


class VoiceTrack(PushedTrack[Packet]):
    """Gives the sender the packets; waits while the microphone is closed."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__(_MOST_WAITING)

    def push(self, data: bytes, pts: int) -> None:
        """A packet for the sender; on the loop's thread."""
        packet = av.Packet(data)
        packet.pts, packet.time_base = pts, TIME_BASE
        self.put(packet)
