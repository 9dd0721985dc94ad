"""A barcode scanner is a keyboard: its digits and its Enter go to the till from wherever they are
typed. In a text field only a whole code at a scanner's pace does; all else is what was written."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.till.barcode import read_barcode
from kiosk_app.ui.widgets.field import TextField

_PAUSE_SECONDS = 5.0  # a code typed by hand may dawdle; one that was given up must not linger
# Scanners send a key each 1 to 20 ms, slow Bluetooth ones up to 40; the fastest typists need 60,
# and nobody keeps that up over eight figures whose last one fits the others.
SCANNER_GAP_SECONDS = 0.05
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


@dataclass
class _Burst:
    """Figures going quickly into ``field``, which held ``before``, the cursor at ``cursor``."""

    field: QLineEdit
    before: str
    cursor: int
    last: float
    digits: str = ""


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
        self._burst: _Burst | None = None
        self._watched: QWidget | None = None

    def follow(self, focus: QWidget | None) -> None:
        """Listen at ``focus`` from now on. Told by the window of each change of focus."""
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = focus
        self._burst = None
        if focus is not None:
            focus.installEventFilter(self)

    def forget(self) -> None:
        """Drop what has been typed without an Enter."""
        self._typed = ""
        self._burst = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES_FOCUS:
                self.focus_key_pressed.emit()
            if isinstance(watched, QLineEdit):
                return self._take_out(watched, event)
            return not _writes(watched) and self.take(event)
        if kind == QEvent.Type.DeferredDelete:
            self._watched = self._burst = None
        return False

    def _take_out(self, field: QLineEdit, event: QKeyEvent) -> bool:
        """Whether the key ends a scan into ``field``, which then is as it was before it."""
        now = self._at(event)
        burst, self._burst = self._burst, None
        if burst is not None and now - burst.last > SCANNER_GAP_SECONDS:
            burst = None
        _hold_back(field, None)
        # Keys on the screen and a key that is held down are a hand's, however quick they come.
        if not event.spontaneous() or event.isAutoRepeat():
            return False
        if _is_digit(event):
            if burst is None:
                burst = _Burst(field, field.text(), field.cursorPosition(), now)
            burst.digits = (burst.digits + event.text())[:_LONGEST]
            burst.last = now
            self._burst = burst
            _hold_back(field, burst.before)
            return False
        if burst is None or event.key() not in _ENTER or read_barcode(burst.digits) is None:
            return False
        field.setText(burst.before)
        field.setCursorPosition(burst.cursor)
        field.textEdited.emit(burst.before)
        self._scanned(burst.digits)
        return True

    def _at(self, event: QKeyEvent) -> float:
        """When the key was pressed, in seconds: the window system's time, where it gives one,
        tells a quick hand from a slow screen."""
        stamp = event.timestamp()
        return stamp / 1000 if stamp else self._clock.monotonic()

    def take(self, event: QKeyEvent) -> bool:
        """Whether the key belongs to a scan (or to the terminal) and has been dealt with."""
        if self._digits_elsewhere(event):
            self._typed = ""
            return True
        now = self._clock.monotonic()
        if now - self._last > _PAUSE_SECONDS:
            self._typed = ""
        if _is_digit(event):
            self._typed = (self._typed + event.text())[:_LONGEST]
            self._last = now
            return True
        if event.key() in _ENTER and self._typed:
            typed, self._typed = self._typed, ""
            self._scanned(typed)
            return True
        return False


def _hold_back(field: QLineEdit, before: str | None) -> None:
    if isinstance(field, TextField):
        field.hold_back(before)


def _is_digit(event: QKeyEvent) -> bool:
    text = event.text()
    return len(text) == 1 and text.isascii() and text.isdigit()


def _writes(watched: QObject) -> bool:
    """Whether ``watched`` is a field that text is written in."""
    return isinstance(watched, QWidget) and watched.testAttribute(
        Qt.WidgetAttribute.WA_InputMethodEnabled
    )


def text_field_has_focus() -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and _writes(focus)
