"""``kiosk-app run``: the kiosk, put together. Paint first, then open disk, keyring and link.

What the first picture does not need is imported after it: with asyncio, the rules and the link it
is half of the start.
"""

import gc
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, Qt, QTimer, Signal

from kiosk_app.base.anew import begin_anew
from kiosk_app.base.clock import SystemClock
from kiosk_app.base.errors import KioskError, SettingsError
from kiosk_app.base.log import set_up_logging
from kiosk_app.base.notify import notify_ready
from kiosk_app.base.paths import only_program_in, open_data_dir
from kiosk_app.base.settings import KioskSettings, describe, load_settings, window_size
from kiosk_app.case.events import Event
from kiosk_app.cli.tills import TillParts, open_till
from kiosk_app.ui import loop
from kiosk_app.ui.shell import Shell
from kiosk_app.ui.speech.opening import open_speech
from kiosk_app.ui.theme.theme import Theme

if TYPE_CHECKING:
    import asyncio

    from kiosk_app.cli.kiosk_parts import KioskParts
    from kiosk_app.kiosk.controller import Controller

logger = logging.getLogger(__name__)

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # what Qt looks for on Linux
PORTRAIT = QSize(1080, 1920)
_FIRST_PAINT_MS = 1000  # a screen that is off may never ask for a picture


def print_settings() -> int:
    print(describe(KioskSettings), end="")
    return 0


def run(config: Path | None) -> int:
    """Run until the window is closed, SIGTERM or Ctrl-C. Raises KioskError in words."""
    if config is None:
        raise SettingsError(
            "Which kiosk? Give its settings with --config FILE; "
            "kiosk-app run --print-settings shows every key."
        )
    settings = load_settings(config, KioskSettings)
    set_up_logging(settings.log_level)
    _need_a_screen()
    data_dir = open_data_dir(Path(settings.data_dir))
    with only_program_in(data_dir):
        parts = open_till(settings, data_dir)
        application = loop.open_application()
        kiosk = _Kiosk(settings, data_dir, parts)
        kiosk.show()
        kiosk.paint()
        loop.run(application, kiosk.live)
    if kiosk.anew:
        logger.info("the shopper has left; the program starts anew")
        begin_anew()
    return 0


def _need_a_screen() -> None:
    """KioskError where Qt would abort the process for want of a window system."""
    if not any(os.environ.get(name) for name in _SCREENS):
        raise KioskError(
            "There is no screen to show the kiosk on: neither DISPLAY nor WAYLAND_DISPLAY is set. "
            "Nothing was started. Run kiosk-app in the kiosk's graphical session."
        )


class _Kiosk:
    """The window at once; the controller as soon as the key is there."""

    def __init__(self, settings: KioskSettings, data_dir: Path, parts: TillParts) -> None:
        self._settings = settings
        self._data_dir = data_dir
        self._clock = SystemClock()
        self._parts = parts
        self._till = parts.till
        self._controller: Controller | None = None
        self._stop: asyncio.Event | None = None
        self.anew = False  # the program shall begin again when it has ended
        self._ready_told = False
        # Presses of the first tenths of a second, before there is a controller to take them.
        self._early: list[Event] = []
        self.window = Shell(
            till=self._till,
            surface=parts.surface,
            feed=self._feed,
            clock=self._clock,
            store=settings.store,
            till_name=settings.till_name,
            language=settings.language,
            theme=Theme(
                px_per_mm=settings.px_per_mm,
                high_contrast=settings.high_contrast,
                reduced_motion=settings.reduced_motion,
            ),
            closable=not settings.fullscreen,
            on_screen_keyboard=settings.on_screen_keyboard,
            key_repeat_guard=settings.key_repeat_guard,
            speech=open_speech(settings),
            panel_foot_mm=settings.panel_foot_mm,
            phone_region=settings.phone_region,
        )
        self._first_paint = _FirstPaint(self.window)
        self.window.warmed.connect(keep_for_good)

    def show(self) -> None:
        if self._parts.floating:
            from kiosk_app.ui.till.companion import float_over

            # No window manager places it: the window bypasses them, and covers the screen.
            float_over(self.window)
            self.window.setGeometry(self.window.screen().geometry())
            self.window.show()
            return
        if self._settings.fullscreen:
            self.window.showFullScreen()
            return
        self.window.resize(self._window_size())
        self.window.show()

    def paint(self) -> None:
        """Have the window painted at once, before anything is imported that it does not need."""
        waiting = QEventLoop()
        self._first_paint.seen.connect(waiting.quit)
        QTimer.singleShot(_FIRST_PAINT_MS, waiting, waiting.quit)
        waiting.exec()
        if self._first_paint.was_seen:
            self._tell_ready()

    def _tell_ready(self) -> None:
        if not self._ready_told:
            self._ready_told = True
            notify_ready()

    def _window_size(self) -> QSize:
        if self._settings.window:
            return QSize(*window_size(self._settings.window))
        room = self.window.screen().availableSize() * 0.95
        return (
            PORTRAIT.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            if room.height() < 1920
            else PORTRAIT
        )

    def _feed(self, event: Event) -> None:
        if self._controller is None:
            self._early.append(event)
        else:
            self._controller.press(event)

    async def live(self, stop: "asyncio.Event") -> None:
        """From the first paint to ``stop``."""
        self._stop = stop
        self.window.closed.connect(stop.set)
        if not await self._painted(stop):
            return
        self._tell_ready()
        controller = await self._make_controller()
        self._controller = controller
        try:
            await controller.start()
            await self._parts.start()
            early, self._early = self._early, []
            for event in early:
                controller.press(event)
            keep_for_good()
            await stop.wait()
        finally:
            await self._parts.close()
            await controller.close()

    def _start_anew(self) -> None:
        if self._stop is not None:
            self.anew = True
            self._stop.set()

    async def _painted(self, stop: "asyncio.Event") -> bool:
        """Wait for the first paint; False when the program is to end before there was one."""
        import asyncio

        from kiosk_app.base.tasks import TaskOwner

        if self._first_paint.was_seen:
            return not stop.is_set()
        seen, tasks = asyncio.Event(), TaskOwner("start")
        self._first_paint.seen.connect(seen.set)
        waiting = [
            tasks.start(seen.wait(), name="first-paint"),
            tasks.start(stop.wait(), name="stop-before-paint"),
        ]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await tasks.close()
        return seen.is_set()

    async def _make_controller(self) -> "Controller":
        from kiosk_app.base.worker import Worker

        def opened() -> "KioskParts":
            # These cost tenths of a second of imports; Hjälp is on the screen meanwhile.
            from kiosk_app.cli.kiosk_parts import KioskParts

            return KioskParts(self._settings, self._data_dir)

        worker = Worker("start")
        try:
            parts = await worker.call(opened)
        finally:
            await worker.close()
        size = self.window.size()
        return parts.controller(
            self._clock,
            self._parts,
            self.window,
            screen=f"{size.width()}x{size.height()}",
            start_anew=self._start_anew,
        )


def keep_for_good() -> None:
    """What has been made so far stays for as long as the program runs: never look for rubbish in
    it again. A look takes longer than a frame of the screen has."""
    gc.freeze()
    gc.enable()


class _FirstPaint(QObject):
    """Sees the window's first paint.

    Signals: ``seen()`` as it begins; it is done by the loop's next turn.
    """

    seen = Signal()

    def __init__(self, window: Shell) -> None:
        super().__init__(window)
        self.was_seen = False
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self.was_seen:
            self._window.removeEventFilter(self)
            self.was_seen = True
            self.seen.emit()
        return False
