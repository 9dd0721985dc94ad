"""A barcode scanner is a keyboard: its digits and its Enter go to the till from wherever they are
typed, except into a text field."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk_app.base.clock import Clock

_PAUSE_SECONDS = 5.0  # a code typed by hand may dawdle; one that was given up must not linger
_LONGEST = 64  # longer than any code: what follows is noise and reported as such
_MOVES_FOCUS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Wedge(QObject):
    """Listens at whatever has the focus, so that no key steals a scan's Enter.

    ``scanned`` is called with the digits at Enter. ``digits_elsewhere`` may take a digit first
    (the card terminal's code), and then it is no part of a scan.

    Signals: ``focus_key_pressed()`` for the keys that move the focus.
    """

    focus_key_pressed = Signal()

    def __init__(
        self,
        clock: Clock,
        scanned: Callable[[str], None],
        digits_elsewhere: Callable[[QKeyEvent], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._clock, self._scanned = clock, scanned
        self._digits_elsewhere = digits_elsewhere
        self._typed = ""
        self._last = 0.0
        self._watched: QWidget | None = None

    def follow(self, focus: QWidget | None) -> None:
        """Listen at ``focus`` from now on. Told by the window of each change of focus."""
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = focus
        if focus is not None:
            focus.installEventFilter(self)

    def forget(self) -> None:
        """Drop what has been typed without an Enter."""
        self._typed = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES_FOCUS:
                self.focus_key_pressed.emit()
            return not _writes(watched) and self.take(event)
        if kind == QEvent.Type.DeferredDelete:
            self._watched = None
        return False

    def take(self, event: QKeyEvent) -> bool:
        """Whether the key belongs to a scan (or to the terminal) and has been dealt with."""
        if self._digits_elsewhere(event):
            self._typed = ""
            return True
        now = self._clock.monotonic()
        if now - self._last > _PAUSE_SECONDS:
            self._typed = ""
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isdigit():
            self._typed = (self._typed + text)[:_LONGEST]
            self._last = now
            return True
        if event.key() in _ENTER and self._typed:
            typed, self._typed = self._typed, ""
            self._scanned(typed)
            return True
        return False


def _writes(watched: QObject) -> bool:
    """Whether ``watched`` is a field that text is written in."""
    return isinstance(watched, QWidget) and watched.testAttribute(
        Qt.WidgetAttribute.WA_InputMethodEnabled
    )


def text_field_has_focus() -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and _writes(focus)
