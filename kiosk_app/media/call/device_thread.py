"""A device has a thread of its own: opened, used and closed there, and told to stop from here."""

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from kiosk_app.media.ports import MediaError

logger = logging.getLogger(__name__)

CLOSE_SECONDS = (
    1.0  # a device that gives nothing any more is cut after this, and given up after two
)


class StuckError(MediaError):
    """A device stays open, whatever is done. Only the end of the process closes it."""


class _Closable(Protocol):
    def cut(self) -> None: ...

    def close(self) -> None: ...


D = TypeVar("D", bound=_Closable)
Deliver = Callable[[Callable[[], None]], None]


class DeviceThread(Generic[D]):
    """Calls ``work(device, deliver)`` again and again until :meth:`stop`, then closes the device.

    ``open_device`` and ``work`` run on the thread; what ``work`` gives to ``deliver`` is called on
    the loop, but not after :meth:`stop`: what was heard before does not leave after. ``on_failed``
    is called there too, with a sentence, when either raises; the device is closed by then.
    """

    def __init__(
        self,
        name: str,
        open_device: Callable[[], D],
        work: Callable[[D, Deliver], None],
        on_failed: Callable[[str], None],
    ) -> None:
        self._name = name
        self._open_device = open_device
        self._work = work
        self._on_failed = on_failed
        self._loop = asyncio.get_running_loop()
        self._stopping = threading.Event()
        self._device: D | None = None
        self._ended = asyncio.Event()
        # A daemon: a driver that hangs must not keep the process alive after its case.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop using the device now; it is closed within one block, :meth:`closed` waits."""
        self._stopping.set()

    async def closed(self) -> None:
        """Return when the device is closed. StuckError where it does not let go."""
        if await self._ends():
            return
        logger.warning("the %s does not answer; it is cut", self._name)
        if self._device is not None:
            # Not closed from here: its library may be in the middle of using it.
            self._device.cut()
        if not await self._ends():
            raise StuckError(f"The {self._name} cannot be closed.")

    async def _ends(self) -> bool:
        try:
            await asyncio.wait_for(self._ended.wait(), CLOSE_SECONDS)
        except TimeoutError:
            return False
        return True

    def _run(self) -> None:
        why = ""
        try:
            self._device = self._open_device()
            while not self._stopping.is_set():
                self._work(self._device, self._deliver)
        except MediaError as error:
            why = str(error)
        except Exception as error:  # a library's own; the call must hear of it all the same
            logger.exception("the %s met an error of its own", self._name)
            why = f"The {self._name} met an error of its own ({type(error).__name__})."
        try:
            if self._device is not None:
                self._device.close()
        except Exception:
            logger.exception("the %s could not be closed in order", self._name)
        self._on_loop(lambda: self._over(why))

    def _deliver(self, result: Callable[[], None]) -> None:
        self._on_loop(lambda: None if self._stopping.is_set() else result())

    def _on_loop(self, call: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:
            logger.debug("the %s goes on after the process's loop", self._name)

    def _over(self, why: str) -> None:
        self._ended.set()
        if why and not self._stopping.is_set():
            self._on_failed(why)
