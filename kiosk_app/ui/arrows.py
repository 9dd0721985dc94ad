"""Arrows move the focus as Tab does, for keypads that have arrows and Enter and nothing else.

Nothing holds them: a line of text keeps left and right for its cursor, what scrolls keeps up and
down until its end (EN 301 549 V3.2.1, 5.1.6.2: no focus trap).
"""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QWidget

_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Left)
_ON = (Qt.Key.Key_Down, Qt.Key.Key_Right)
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


@runtime_checkable
class Grid(Protocol):
    """Something that arrows go about in by rows and columns."""

    def neighbour(self, key: QWidget, way: Qt.Key) -> QWidget | None:
        """Where the arrow ``way`` leads from ``key``; None: out of it."""


def _grid_of(widget: QWidget) -> Grid | None:
    at: QWidget | None = widget
    while at is not None and not isinstance(at, Grid):
        at = at.parentWidget()
    return at


class Arrows(QObject):
    """Listens at whatever has the focus."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None

    def follow(self, focus: QWidget | None) -> None:
        """Listen at ``focus`` from now on. Told by the window of each change of focus."""
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = focus
        if focus is not None:
            focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DeferredDelete:
            self._watched = None
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (*_BACK, *_ON) or not isinstance(watched, QWidget):
            return False
        if self._wants_itself(watched, event):
            return False
        grid = _grid_of(watched)
        to = grid.neighbour(watched, Qt.Key(event.key())) if grid is not None else None
        if to is not None:
            to.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        on = event.key() in _ON
        if event.key() in _SIDEWAYS and watched.isRightToLeft():
            on = not on
        tab = Qt.Key.Key_Tab if on else Qt.Key.Key_Backtab
        press = QKeyEvent(QEvent.Type.KeyPress, tab, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(watched, press)
        return True

    def _wants_itself(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return True
        if isinstance(watched, QLineEdit):
            return event.key() in _SIDEWAYS and bool(watched.text())
        if isinstance(watched, QAbstractScrollArea) and event.key() not in _SIDEWAYS:
            bar = watched.verticalScrollBar()
            end = bar.maximum() if event.key() in _ON else bar.minimum()
            return bar.value() != end
        return False
