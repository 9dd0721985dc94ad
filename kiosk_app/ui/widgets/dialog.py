"""A part of the window that those who listen are told of as a dialog."""

import sys
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ENGINE = "PySide6.QtWebEngineCore"  # loaded only where the till is a page


class Dialog(QWidget):
    """Has the role of a dialog (WCAG 4.1.2), which Qt gives to windows only. Not over a page.

    Its accessible name is what a screen reader says when the focus comes into it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _tell_qt()


@cache
def _tell_qt() -> None:
    """Once a process; Qt asks then for each widget that a screen reader looks at."""
    if _ENGINE in sys.modules:
        # PySide (6.11) hands each object to the factory as Python's, and ends the program where it
        # is Qt WebEngine's own: the first tap in a page. The name is still said there.
        return
    QAccessible.installFactory(_dialog)


def _dialog(class_name: str, of: QObject) -> QAccessibleInterface | None:
    """Called for each class that ``of`` is of, the narrowest first; None leaves it to Qt.

    Qt keeps what is returned as long as the widget lives, and ends it with it.
    """
    if class_name == Dialog.__name__ and isinstance(of, QWidget):
        return QAccessibleWidget(of, QAccessible.Role.Dialog)
    return None
