"""The screen's frames between kiosk and media process: three slots in shared memory.

The memory is a memfd passed by descriptor: it has no name anybody could open, and it is gone when
both processes are, however they ended. The newest frame wins; nobody waits for anybody. Each slot
carries a sequence number that is odd while it is being written (a seqlock), and the reader marks
the slot it is in, which the writer then leaves alone. An eventfd wakes the reader.
"""

import contextlib
import mmap
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kiosk_app.media.ports import MediaError

T = TypeVar("T")

SLOTS = 3  # one newest, one being read, one to write: the writer never waits
SLOT_BYTES = 3840 * 2160 * 4  # the memory is sparse: only what is written takes room
_HEADER_BYTES = 4096
_MAGIC = 0x4B494F534B465231
_NEWEST = 1  # number * SLOTS + slot of the newest whole frame, 0 before the first
_READING = 2  # slot + 1 of the frame being read, 0 when none is
_FIRST_SLOT = 8
_SLOT_WORDS = 4  # sequence, width, height, monotonic time of publishing in ns
_READ_TRIES = 4


@dataclass(frozen=True, slots=True)
class ReadFrame(Generic[T]):
    """What was made of one whole frame. ``published_ns`` is the writer's monotonic clock."""

    number: int
    published_ns: int
    result: T


def create_ring(slot_bytes: int = SLOT_BYTES) -> tuple[int, int]:
    """A new memfd for the ring and the eventfd that wakes its reader; the caller closes both.

    ``slot_bytes``, a multiple of the page, is what the largest frame takes; both ends know it.
    """
    memory = os.memfd_create("kiosk-frames", os.MFD_CLOEXEC)
    os.ftruncate(memory, _HEADER_BYTES + SLOTS * slot_bytes)
    return memory, os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)


class _Ring:
    def __init__(self, memory_fd: int, slot_bytes: int = SLOT_BYTES) -> None:
        self._slot_bytes = slot_bytes
        self._map = mmap.mmap(memory_fd, _HEADER_BYTES + SLOTS * slot_bytes)
        self._bytes = memoryview(self._map)
        # Aligned 64-bit words are stored in one piece on every machine this runs on.
        self._words = self._bytes[:_HEADER_BYTES].cast("Q")

    def _pixels(self, slot: int, size: int) -> memoryview:
        start = _HEADER_BYTES + slot * self._slot_bytes
        return self._bytes[start : start + size]

    def close(self) -> None:
        """Give the memory back. A slice somebody still holds keeps it mapped until dropped."""
        with contextlib.suppress(BufferError):
            self._words.release()
            self._bytes.release()
            self._map.close()


class RingWriter(_Ring):
    """The kiosk's end."""

    def __init__(self, memory_fd: int, wake_fd: int, slot_bytes: int = SLOT_BYTES) -> None:
        super().__init__(memory_fd, slot_bytes)
        self._wake_fd = wake_fd
        self._number = 0
        self._open: int | None = None
        self._words[0] = _MAGIC

    def begin(self, width: int, height: int) -> memoryview | None:
        """A slot for ``width * height`` BGRX pixels; None when that is more than a slot holds."""
        size = width * height * 4
        if width < 1 or height < 1 or size > self._slot_bytes:
            return None
        newest, reading = self._words[_NEWEST], self._words[_READING]
        slot = self._open
        if slot is None:
            taken = {newest % SLOTS if newest else -1, reading - 1 if reading else -1}
            slot = next(slot for slot in range(SLOTS) if slot not in taken)
            self._words[_FIRST_SLOT + slot * _SLOT_WORDS] += 1
            self._open = slot
        at = _FIRST_SLOT + slot * _SLOT_WORDS
        self._words[at + 1], self._words[at + 2] = width, height
        return self._pixels(slot, size)

    def publish(self, now_ns: int) -> None:
        """Hand over the slot of the last :meth:`begin`; nothing if there is none."""
        slot, self._open = self._open, None
        if slot is None:
            return
        at = _FIRST_SLOT + slot * _SLOT_WORDS
        self._number += 1
        self._words[at + 3] = now_ns
        self._words[at] += 1
        self._words[_NEWEST] = self._number * SLOTS + slot
        os.eventfd_write(self._wake_fd, 1)

    def forget(self) -> None:
        """Take the frames out of memory: what was shown is not kept after the share."""
        if self._open is not None:
            self._words[_FIRST_SLOT + self._open * _SLOT_WORDS] += 1
            self._open = None
        self._words[_NEWEST] = 0
        self._map.madvise(mmap.MADV_REMOVE, _HEADER_BYTES, SLOTS * self._slot_bytes)


class RingReader(_Ring):
    """The media process's end."""

    def __init__(self, memory_fd: int, slot_bytes: int = SLOT_BYTES) -> None:
        super().__init__(memory_fd, slot_bytes)
        if self._words[0] not in (0, _MAGIC):
            raise MediaError(
                "The memory given for frames is not a frame ring. No frame was read; "
                "start the media process through the kiosk."
            )

    def read(self, after: int, use: Callable[[memoryview, int, int], T]) -> ReadFrame[T] | None:
        """Let ``use(pixels, width, height)`` copy the newest frame, if newer than ``after``.

        None when there is none, or when the writer kept overtaking. What ``use`` made of a frame
        that was overwritten meanwhile is thrown away, so it must keep nothing of ``pixels``.
        """
        words = self._words
        try:
            for _ in range(_READ_TRIES):
                newest = words[_NEWEST]
                number, slot = divmod(newest, SLOTS)
                if newest == 0 or number == after:
                    return None
                words[_READING] = slot + 1
                at = _FIRST_SLOT + slot * _SLOT_WORDS
                sequence, width, height, published_ns = words[at : at + _SLOT_WORDS]
                if sequence % 2 or words[_NEWEST] != newest:
                    continue
                size = width * height * 4
                if not 0 < size <= self._slot_bytes:
                    continue
                result = use(self._pixels(slot, size), width, height)
                if words[at] == sequence and words[_NEWEST]:
                    return ReadFrame(number, published_ns, result)
            return None
        finally:
            words[_READING] = 0
