"""``kiosk-app run``: the kiosk, put together. Paint first, then open disk, keyring and link."""

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from PySide6.QtCore import QEvent, QObject, QSize, Qt

from kiosk_app.base.anew import begin_anew
from kiosk_app.base.clock import SystemClock
from kiosk_app.base.errors import KioskError, SettingsError
from kiosk_app.base.log import set_up_logging
from kiosk_app.base.notify import notify_ready
from kiosk_app.base.paths import only_program_in, open_data_dir
from kiosk_app.base.settings import KioskSettings, describe, load_settings
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.base.worker import Worker
from kiosk_app.case.events import Event
from kiosk_app.case.settings import CaseSettings
from kiosk_app.cli.tills import TillParts, open_till
from kiosk_app.kiosk.controller import Controller
from kiosk_app.protocol.shared import Position
from kiosk_app.ui import loop
from kiosk_app.ui.shell import Shell
from kiosk_app.ui.speech.opening import open_speech
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.companion import float_over

logger = logging.getLogger(__name__)

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # what Qt looks for on Linux
PORTRAIT = QSize(1080, 1920)


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
        self._tasks = TaskOwner("start")
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

    def show(self) -> None:
        if self._parts.floating:
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

    def _window_size(self) -> QSize:
        if self._settings.window:
            width, _, height = self._settings.window.partition("x")
            if not (width.isdecimal() and height.isdecimal() and int(width) * int(height)):
                raise SettingsError(
                    f"window = {self._settings.window!r} is no size. Nothing was started. "
                    f"Give it as WIDTHxHEIGHT in px, for example 1080x1920."
                )
            return QSize(int(width), int(height))
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

    async def live(self, stop: asyncio.Event) -> None:
        """From the first paint to ``stop``."""
        self._stop = stop
        self.window.closed.connect(stop.set)
        if not await self._painted(stop):
            return
        notify_ready()
        controller = await self._make_controller()
        self._controller = controller
        try:
            await controller.start()
            await self._parts.start()
            early, self._early = self._early, []
            for event in early:
                controller.press(event)
            await stop.wait()
        finally:
            await self._parts.close()
            await controller.close()

    def _start_anew(self) -> None:
        if self._stop is not None:
            self.anew = True
            self._stop.set()

    async def _painted(self, stop: asyncio.Event) -> bool:
        """Wait for the first paint; False when the program is to end before there was one."""
        waiting = [
            self._tasks.start(self._first_paint.seen.wait(), name="first-paint"),
            self._tasks.start(stop.wait(), name="stop-before-paint"),
        ]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await self._tasks.close()
        return self._first_paint.seen.is_set()

    async def _make_controller(self) -> Controller:
        worker = Worker("start")
        try:
            # These cost tenths of a second of imports; Hjälp is on the screen meanwhile.
            parts = await worker.call(lambda: _Parts(self._settings, self._data_dir))
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


def receipt_page(office_url: str) -> str:
    """Where the office of ``office_url`` serves the page that shows receipts."""
    address = urlsplit(office_url)
    scheme = "https" if address.scheme == "wss" else "http"
    return urlunsplit((scheme, address.netloc, "/receipt", "", ""))


class _Parts:
    """What is too slow to import before the first paint."""

    def __init__(self, settings: KioskSettings, data_dir: Path) -> None:
        from kiosk_app.base.language import languages
        from kiosk_app.cli.enroll import open_identity
        from kiosk_app.identity.office_key import OfficeKey

        self._settings = settings
        self._data_dir = data_dir
        self._languages = languages()
        self._identity = open_identity(settings)
        self._office_key = OfficeKey.read(settings.office_key)

    def controller(
        self,
        clock: SystemClock,
        till: TillParts,
        window: Shell,
        *,
        screen: str,
        start_anew: Callable[[], None],
    ) -> Controller:
        from kiosk_app.base.paths import assets_dir
        from kiosk_app.knowledge.library import Library
        from kiosk_app.link.client import WebSocketLink
        from kiosk_app.media.proxy import MediaProcess
        from kiosk_app.sensing.sensing import SystemSensing
        from kiosk_app.vault.sqlite import SqliteVault

        settings = self._settings
        vault = SqliteVault(self._data_dir)
        return Controller(
            clock=clock,
            settings=CaseSettings(
                store=settings.store,
                till_name=settings.till_name,
                position=Position(settings.position),
                language=settings.language,
                languages=self._languages,
                share_possible=till.can_share,
                store_phone=settings.store_phone,
                voice="none" not in (settings.microphone, settings.speaker),
                video=settings.camera != "none",
                offer_voice_after=settings.offer_voice_after,
                receipt_page=receipt_page(settings.office_url),
            ),
            till=till.till,
            sensing=SystemSensing(clock, screen=screen),
            vault=vault,
            identity=self._identity,
            signed_by_office=self._office_key.signed,
            link=WebSocketLink(settings.office_url, self._identity, vault, clock),
            media=MediaProcess(
                microphone=settings.microphone,
                speaker=settings.speaker,
                camera=settings.camera,
            ),
            knowledge=Library(
                data_dir=self._data_dir,
                shipped=assets_dir() / "knowledge.json",
                office_url=settings.office_url,
                signed_by_office=self._office_key.signed,
            ),
            start_anew=start_anew,
            screen=window,
        )


class _FirstPaint(QObject):
    """Sees the window's first paint."""

    def __init__(self, window: Shell) -> None:
        super().__init__(window)
        self.seen = asyncio.Event()
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The waiting task runs in a later turn of the loop: by then this paint is flushed.
        if event.type() is QEvent.Type.Paint and not self.seen.is_set():
            self._window.removeEventFilter(self)
            self.seen.set()
        return False
