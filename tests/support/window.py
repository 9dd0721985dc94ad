"""A window under a test's hands: find a part, press it, read it, type."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tests.support.screens import Stage, settle

MILK = "7310865004703"


def find(at: Stage, name: str) -> QWidget:
    found = [w for w in at.shell.findChildren(QWidget, name) if w.isVisible()]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def press(at: Stage, name: str) -> None:
    QTest.mouseClick(find(at, name), Qt.MouseButton.LeftButton)
    settle()


def label(at: Stage, name: str) -> str:
    widget = find(at, name)
    assert isinstance(widget, QLabel)
    return widget.text()


def place(at: Stage, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(at.shell, QPoint(0, 0)), widget.size())


def type_in(at: Stage, text: str) -> None:
    """Keys to whatever has the focus, as the window system sends them."""
    for sign in text:
        focus = at.shell.focusWidget() or at.shell
        if sign == "\n":
            QTest.keyClick(focus, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(focus, sign)
