"""Tracks whose pictures, packets or sounds come from elsewhere, when they come."""

import asyncio
from collections import deque
from typing import Any, Generic, TypeAlias, TypeVar

import av
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError

Packet: TypeAlias = "av.Packet[Any]"
T = TypeVar("T", av.VideoFrame, Packet)


class PushedTrack(MediaStreamTrack, Generic[T]):
    """Gives the sender what is put in, in order, each once; waits while there is nothing.

    Of more than ``most`` that wait, the oldest are dropped.
    """

    def __init__(self, most: int | None = None) -> None:
        super().__init__()
        self._items: deque[T] = deque(maxlen=most)
        self._arrived = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many the sender has not taken yet."""
        return len(self._items)

    def put(self, item: T) -> None:
        """For the sender; on the loop's thread."""
        self._items.append(item)
        self._arrived.set()

    def clear(self) -> None:
        """Nothing that was put in so far leaves any more."""
        self._items.clear()

    async def recv(self) -> T:
        while not self._items:
            if self.readyState != "live":
                raise MediaStreamError
            self._arrived.clear()
            await self._arrived.wait()
        return self._items.popleft()

    def stop(self) -> None:
        super().stop()
        self._items.clear()
        self._arrived.set()
