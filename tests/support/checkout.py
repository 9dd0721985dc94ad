"""The sample checkout in a window, for tests that run Qt and asyncio in one process."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk_app.base.language import words
from kiosk_app.base.paths import assets_dir
from kiosk_app.till.remote.till import RemoteTill
from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.web.engine import Address
from tests.support.waiting import until

SAMPLE = (assets_dir() / "till" / "sample" / "index.html").as_uri()
# What Qt says of a machine without a graphics card, where pages are drawn by the processor.
NO_GRAPHICS = r"Failed to create (temporary )?context|Failed to create RHI|GPUInfo not initialized"


class Checkout:
    """A page that a test can look into and press on."""

    def __init__(self, surface: Any, till: RemoteTill, window: QWidget) -> None:
        self.surface, self.till, self.window = surface, till, window

    async def run(self, script: str) -> Any:
        """The value of ``script`` in the page."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def take(value: Any) -> None:
            if not answer.done():
                answer.set_result(value)

        self.surface.page.runJavaScript(script, 0, take)
        async with asyncio.timeout(10):
            return await answer

    async def connected(self) -> None:
        await until(lambda: self.till.connected, "the page says hello")
        await until(lambda: self.surface.showing, "the page is seen")


@contextlib.asynccontextmanager
async def checkout(url: str = SAMPLE, hosts: tuple[str, ...] = ()) -> AsyncIterator[Checkout]:
    """A shown window of 1080x1920 with the page at ``url``, connected. Needs ``qapp``."""
    from kiosk_app.ui.till.web.surface import WebSurface

    window, theme = QWidget(), Theme(reduced_motion=True)
    theme.setParent(window)
    till = RemoteTill("sv")
    say = words("sv")
    help_button = HelpButton(theme, say)
    surface = WebSurface(
        theme, say, help_button, window, till=till, address=Address.of(url, hosts)
    )
    window.resize(1080, 1920)
    theme.fit_window(1080, 1920)
    surface.place(surface.places(window.size(), 0, 400), restoring=False)
    window.show()
    async with turning():
        surface.open()
        made = Checkout(surface, till, window)
        try:
            await made.connected()
            yield made
        finally:
            surface.close()
            till.close()
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextlib.asynccontextmanager
async def turning() -> AsyncIterator[None]:
    """Qt's events are handled for as long as this lasts, beside asyncio's."""

    async def turn() -> None:
        while True:
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            await asyncio.sleep(0.002)

    task = asyncio.create_task(turn())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
