"""Qt and asyncio on one thread, and the ways out of it: the window closed, SIGTERM, Ctrl-C.

qasync's loop has no ``add_signal_handler``, and while Qt waits Python runs no handler of its own;
so the C-level handler writes to a socket that the loop reads (``signal.set_wakeup_fd``).
"""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop


def run_until_stopped(
    application: QApplication, main: Callable[[asyncio.Event], Coroutine[Any, Any, None]]
) -> None:
    """Run ``main(stop)`` on Qt's loop until it returns; ``stop`` is set by SIGTERM and SIGINT.

    The last window to close does not end the loop (``main`` would be cut off in the middle of
    saving); whoever owns the window sets ``stop``.
    """
    application.setQuitOnLastWindowClosed(False)
    with QEventLoop(application) as loop:
        asyncio.set_event_loop(loop)
        stop = asyncio.Event()
        with _signals_set(stop, loop):
            loop.run_until_complete(main(stop))


@contextlib.contextmanager
def _signals_set(stop: asyncio.Event, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)

    def on_signal() -> None:
        reader.recv(64)
        stop.set()

    numbers = (signal.SIGTERM, signal.SIGINT)
    # The handlers only keep the default ones from running; the byte on the socket does the work.
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    before_fd = signal.set_wakeup_fd(writer.fileno())
    loop.add_reader(reader, on_signal)
    try:
        yield
    finally:
        loop.remove_reader(reader)
        signal.set_wakeup_fd(before_fd)
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
        reader.close()
        writer.close()
