"""Qt's loop and asyncio's as one, and what ends the program.

The link, the controller and the vault run as coroutines on the same thread as the window. Precise
timing does not: qasync's delays are whole milliseconds on Qt's timers.
"""

import signal
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    import asyncio


def open_application() -> QApplication:
    """The QApplication of this process, made on the first call.

    The program does not end with its last window: its owner says when, so that nothing that must
    reach the disk is cut off. What it looks like is the theme's, whatever desktop it stands on.
    """
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setDesktopSettingsAware(False)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("kiosk-app")
    application.setStyle("Fusion")
    application.setQuitOnLastWindowClosed(False)
    return application


def run(application: QApplication, main: Callable[["asyncio.Event"], Awaitable[None]]) -> None:
    """Run ``main`` on the joint loop until it returns.

    ``main`` is given an event that is set when the program shall end: by SIGTERM or SIGINT, or by
    whoever holds it, for example ``shell.closed.connect(event.set)``. Cleaning up is its work.
    """
    import asyncio  # here, with qasync: 90 ms that nothing before the first picture needs

    from qasync import QEventLoop

    loop = QEventLoop(application)
    asyncio.set_event_loop(loop)

    async def run_main() -> None:
        ending = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, ending.set)
        await main(ending)

    with loop:
        loop.run_until_complete(run_main())
