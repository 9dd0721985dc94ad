"""The screen as a WebRTC track: packets from our own encoder, which the sender only packs."""

import asyncio
from collections import deque
from typing import Any

import av
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError

from kiosk_app.media.encoder import TIME_BASE


class ScreenTrack(MediaStreamTrack):
    """Gives the sender what is pushed, in order; waits while there is nothing.

    ``codec`` is what the connection negotiated, "H264" or "VP8".
    """

    kind = "video"

    def __init__(self, codec: str) -> None:
        super().__init__()
        self.codec = codec
        self._packets: deque[av.Packet[Any]] = deque()
        self._arrived = asyncio.Event()

    @property
    def waiting(self) -> int:
        """Packets the sender has not taken yet."""
        return len(self._packets)

    def push(self, data: bytes, pts: int) -> None:
        """A coded picture for the sender; on the loop's thread."""
        packet = av.Packet(data)
        packet.pts = pts
        packet.time_base = TIME_BASE
        self._packets.append(packet)
        self._arrived.set()

    def clear(self) -> None:
        """Nothing pushed so far leaves any more."""
        self._packets.clear()

    async def recv(self) -> "av.Packet[Any]":
        while not self._packets:
            if self.readyState != "live":
                raise MediaStreamError
            self._arrived.clear()
            await self._arrived.wait()
        return self._packets.popleft()

    def stop(self) -> None:
        super().stop()
        self._packets.clear()
        self._arrived.set()
