"""Nothing of a till in the window: another program on the kiosk owns the screen.

The window covers the screen and shows only its own parts, Hjälp at the bottom right and the sheet
when it is open; everywhere else it is cut away (X11's Shape extension, by ``QWidget.setMask``), so
that the till below is seen and touched there. It is frameless, above all others, and does not take
the keyboard before a sheet is open.
"""

import os
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QWidget

from kiosk_app.base.errors import KioskError
from kiosk_app.base.language import Words
from kiosk_app.till.remote.till import RemoteTill
from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.placing import Places
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.help_foot import HelpFoot
from kiosk_app.ui.till.surface import Surface

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_CHANGES_WHAT_SHOWS = (
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.Move,
    QEvent.Type.Resize,
)
_KEYBOARD_MS = 60  # asking for it waits for the X server: only once the sheet is painted
_ABOVE_MS = 1_000  # a till's window that raises itself covers Hjälp for no longer


def prepare() -> None:
    """Call before the QApplication is made. KioskError where no window can lie over others."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if not os.environ.get("DISPLAY") and not chosen:
        raise KioskError(
            "till = 'socket' lies over another program's window, which needs X11, and DISPLAY is "
            "not set. Nothing was started. Start both in an X11 session."
        )
    if not chosen:
        os.environ["QT_QPA_PLATFORM"] = "xcb"  # where there is Wayland as well, Qt may take that


def float_over(window: QWidget) -> None:
    """Make ``window`` one that lies over other programs'. Call before it is shown.

    Bypassing the window manager is what keeps it above a till that is fullscreen: window managers
    put the active fullscreen window over those that ask to be above (EWMH, stacking order).
    """
    window.setWindowFlags(
        Qt.WindowType.Window
        | Qt.WindowType.FramelessWindowHint
        | Qt.WindowType.WindowStaysOnTopHint
        | Qt.WindowType.BypassWindowManagerHint
    )
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


class CompanionSurface(Surface):
    """Hjälp alone; the top bar comes with the sheet. ``till``'s program is told of both."""

    keeps_bar = False

    def __init__(
        self,
        theme: Theme,
        say: Words,
        help_button: HelpButton,
        window: QWidget,
        *,
        till: RemoteTill,
    ) -> None:
        self._till, self._window = till, window
        self._covered = False
        self._bar = QRect()
        self._help_foot = HelpFoot(theme, help_button, window)
        super().__init__(theme, self._help_foot, ())
        till.happened = self.happened.emit
        # Once for all that changes in one turn of the loop: each cut is a round to the X server.
        self._cutting = QTimer(self)
        self._cutting.setSingleShot(True)
        self._cutting.setInterval(0)
        self._cutting.timeout.connect(self._cut)
        self._raising = QTimer(self)
        self._raising.setInterval(_ABOVE_MS)
        self._raising.timeout.connect(window.raise_)
        window.installEventFilter(self)

    def retranslate(self, say: Words) -> None:
        self._till.say_language(say.language)

    def scan(self, untrusted_text: str) -> None:
        self._till.say_scanned(untrusted_text)

    def cover(self, covered: bool) -> None:
        self._covered = covered
        self._cut()
        if covered:
            QTimer.singleShot(_KEYBOARD_MS, self, self._take_keyboard)
        self._till.say_covered(covered)

    def _take_keyboard(self) -> None:
        """Chat is written with one. The till takes it back when it hears that it is uncovered."""
        if self._covered:
            self._window.activateWindow()

    def places(self, window: QSize, banner_height: int, keys_width: int) -> Places:
        places = super().places(window, banner_height, keys_width)
        # Up to the window's edges, for the top bar's parts have the till between them else.
        top = places.keys.bottom() + 1
        left = places.keys.left() if self.theme.landscape else 0
        self._bar = QRect(left, 0, window.width() - left, top)
        foot = self._help_foot.corner(window)
        side = self.theme.px(32)
        above = QRect(side, 0, window.width() - 2 * side, max(0, foot.top() - side))
        return replace(
            places,
            content=above,
            main=QRect(),
            column=QRect(),
            foot=foot,
            sheet=self._help_foot.clear(places.sheet, window),
            message=above,
        )

    def place(self, places: Places, *, restoring: bool) -> Places:
        self._cutting.start()
        return super().place(places, restoring=restoring)

    # What of the window is there ---------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.ChildPolished:
                self._cutting.start()
            elif kind == QEvent.Type.Show:
                self._raising.start()
            elif kind == QEvent.Type.Hide:
                self._raising.stop()
        elif kind in _CHANGES_WHAT_SHOWS:
            self._cutting.start()
        return False

    def _cut(self) -> None:
        """Leave of the window what its parts are; a part that comes later is followed too."""
        shown = self._help_foot.outline()
        if self._covered:
            shown += self._bar
        for child in self._window.findChildren(QWidget, options=_DIRECT):
            if child.isWindow() or child is self._help_foot:
                continue
            child.removeEventFilter(self)
            child.installEventFilter(self)
            if child.isVisible():
                shown += child.geometry()
        if shown != self._window.mask():
            self._window.setMask(shown)
