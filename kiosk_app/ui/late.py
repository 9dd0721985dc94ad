"""The parts of the window that are made after the first paint: sheet, banner, grabber."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import words
from kiosk_app.base.settings import OnScreenKeyboard
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.media.ports import Picture, Whose
from kiosk_app.ui.announce import announce
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.placing import banner_width
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.surface import Surface

if TYPE_CHECKING:
    from kiosk_app.ui.call.banner import CallBanner
    from kiosk_app.ui.grabber import Grabber
    from kiosk_app.ui.overlay.overlay import Overlay
    from kiosk_app.ui.pointer import Pointer
    from kiosk_app.ui.share_banner import ShareBanner


class LateParts(QObject):
    """Holds them and makes them when they are first needed, or by :meth:`make`.

    Signals: ``opened()`` and ``closed()`` of the sheet; ``shown(object)`` with the sheet when
    another screen of it has come up; ``room_changed()`` when the banners take more or less of the
    window than before.
    """

    opened = Signal()
    closed = Signal()
    shown = Signal(object)
    room_changed = Signal()

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        clock: Clock,
        feed: Feed,
        surface: Surface,
        *,
        key_repeat_guard: float = 0.0,
        phone_region: str = "SE",
        on_screen_keyboard: OnScreenKeyboard = "touch",
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._clock, self._feed = window, theme, clock, feed
        self._surface = surface
        self._language = "sv"
        self._key_repeat_guard = key_repeat_guard
        self._phone_region = phone_region
        self._on_screen_keyboard = on_screen_keyboard
        self._rects = (QRect(), QRect())
        self._overlay: Overlay | None = None
        self._banner: ShareBanner | None = None
        self._pointer: Pointer | None = None
        self._call: CallBanner | None = None
        self._grabber: Grabber | None = None

    @property
    def sheet_is_open(self) -> bool:
        return self._overlay is not None and self._overlay.isVisible()

    @property
    def sheet(self) -> "QWidget | None":
        """The sheet, while it is open."""
        overlay = self._overlay
        return overlay.sheet if overlay is not None and overlay.isVisible() else None

    def steady_keys(self, seconds: float) -> None:
        """Let a key on the screen count once in so many seconds; below 0 as in the settings."""
        self._make_overlay().keyboard.guard = seconds if seconds >= 0 else self._key_repeat_guard

    @property
    def grabber(self) -> "Grabber":
        if self._grabber is None:
            from kiosk_app.ui.grabber import Grabber

            self._grabber = Grabber(self._window, self._surface.ask_areas)
        return self._grabber

    def make(self) -> None:
        """Make sheet and banner now, and paint the first screen once, unseen."""
        self._make_overlay().warm()
        self._make_banner()

    def _make_overlay(self) -> "Overlay":
        if self._overlay is None:
            from kiosk_app.ui.overlay.overlay import Overlay

            self._overlay = Overlay(
                self._theme,
                self._clock,
                self._feed,
                language=self._language,
                key_repeat_guard=self._key_repeat_guard,
                phone_region=self._phone_region,
                on_screen_keyboard=self._on_screen_keyboard,
                parent=self._window,
            )
            self._overlay.setGeometry(self._rects[0])
            self._overlay.opened.connect(self.opened)
            self._overlay.closed.connect(self.closed)
            self._overlay.shown.connect(self.shown)
        return self._overlay

    def _make_banner(self) -> "ShareBanner":
        if self._banner is None:
            from kiosk_app.ui.share_banner import ShareBanner

            self._banner = ShareBanner(
                self._theme,
                self._clock,
                self._feed,
                language=self._language,
                window=self._window,
            )
            self._banner.setGeometry(self._rects[1])
        return self._banner

    def _make_pointer(self) -> "Pointer":
        if self._pointer is None:
            from kiosk_app.ui.pointer import Pointer

            self._pointer = Pointer(self._theme, self._window, language=self._language)
        return self._pointer

    def _make_call(self) -> "CallBanner":
        if self._call is None:
            from kiosk_app.ui.call.banner import CallBanner

            self._call = CallBanner(
                self._theme, self._feed, language=self._language, window=self._window
            )
        return self._call

    def show_view(self, view: View) -> None:
        """Draw ``view``: the banners first, so that a sheet that slides knows where it will stand;
        one that is moved while it slides stops."""
        above = self._above
        if self._banner is not None or view.share is not None:
            self._make_banner().show_view(view)
        if self._call is not None or view.call is not None:
            self._make_call().show_view(view)
        if above != self._above:
            self.room_changed.emit()
        if self._overlay is not None or view.sheet is not Sheet.NONE:
            self._make_overlay().show_view(view)
        if self._pointer is not None or view.pointer is not None:
            self._make_pointer().show_view(view)

    @property
    def _above(self) -> int:
        return self.banner_height(banner_width(self._theme, self._window.width()))

    def show_sound(self, shopper: int, agent: int) -> None:
        """How loud each side of the call is."""
        if self._overlay is not None:
            self._overlay.chat.call.show_sound(shopper, agent)
        if self._call is not None:
            self._call.show_sound(shopper, agent)

    def show_picture(self, whose: Whose, picture: Picture | None) -> None:
        """The newest picture of that side of the call; None takes it away."""
        if self._overlay is not None:
            self._overlay.chat.call.show_picture(whose, picture)

    def banner_height(self, width: int) -> int:
        """What the banners take at the top of the window now; 0 while there is none."""
        return self._share_height(width) + self._call_height(width)

    def _share_height(self, width: int) -> int:
        banner = self._banner
        return 0 if banner is None or banner.isHidden() else banner.height_for(width)

    def _call_height(self, width: int) -> int:
        return self._call.height_for(width) if self._call is not None else 0

    def place(self, sheet: QRect, banner: QRect) -> None:
        self._rects = (sheet, banner)
        if self._overlay is not None:
            self._overlay.setGeometry(sheet)
        if self._banner is not None and not self._banner.isHidden():
            self._banner.setGeometry(self._share_rect(banner))
        if self._call is not None:
            high = self._share_rect(banner).height()
            self._call.setGeometry(banner.adjusted(0, high, 0, 0))

    def _share_rect(self, banner: QRect) -> QRect:
        high = min(banner.height(), self._share_height(banner.width()))
        return QRect(banner.left(), banner.top(), banner.width(), high)

    def tell_in_sheet(self, text: str) -> bool:
        """Say ``text`` on the sheet, where one is open. False when there is none."""
        if self._overlay is None or not self._overlay.isVisible():
            return False
        self._overlay.sheet.set_notice(text)
        announce(self._overlay, text, urgent=True)
        return True

    def retranslate(self, language: str) -> None:
        self._language = language
        if self._overlay is not None:
            self._overlay.retranslate(language)
        if self._banner is not None:
            self._banner.retranslate(words(language))
        if self._call is not None:
            self._call.retranslate(words(language))

    def wipe(self) -> None:
        if self._overlay is not None:
            self._overlay.wipe()
