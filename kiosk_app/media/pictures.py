"""The kiosk's end of the pictures of a call: a ring that the media process writes."""

import asyncio
import os
from collections.abc import Callable

from kiosk_app.media.frame_ring import RingReader, create_ring
from kiosk_app.media.ports import Picture, Whose

PICTURE_WIDTH, PICTURE_HEIGHT = 1280, 720  # as much as the sheet can show
PICTURE_BYTES = PICTURE_WIDTH * PICTURE_HEIGHT * 4  # a multiple of the page


class PictureRing:
    """Implements :class:`~kiosk_app.media.ports.Picture`. Made before the process is started,
    which is given :attr:`descriptors`: the memory and what wakes its reader."""

    def __init__(self, whose: Whose) -> None:
        self._whose = whose
        self._memory, self._wake = self.descriptors = create_ring(PICTURE_BYTES)
        self._ring = RingReader(self._memory, PICTURE_BYTES)
        self._read = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def arguments(self) -> tuple[str, str, str]:
        """The media process's command line for it."""
        return (f"--{_FLAGS[self._whose]}", str(self._memory), str(self._wake))

    def watch(self, on_arrived: Callable[[Whose, Picture], None]) -> None:
        """Tell of each newer picture, on the running loop; of two at once, of one."""

        def woken() -> None:
            try:
                os.eventfd_read(self._wake)
            except BlockingIOError:
                return
            on_arrived(self._whose, self)

        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._wake, woken)

    def read(self, use: Callable[[memoryview, int, int], None]) -> bool:
        """See :class:`~kiosk_app.media.ports.Picture`; False too once it is closed."""
        if self._loop is None:
            return False
        frame = self._ring.read(self._read, use)
        if frame is None:
            return False
        self._read = frame.number
        return True

    def close(self) -> None:
        """Give memory and descriptors back. Once."""
        if self._loop is not None:
            self._loop.remove_reader(self._wake)
            self._loop = None
        self._ring.close()
        os.close(self._memory)
        os.close(self._wake)


_FLAGS = {Whose.AGENT: "agent-picture", Whose.SHOPPER: "own-picture"}
