"""What there is to be said of a part of the screen, and of whatever has the focus."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kiosk_app.base.language import Words
from kiosk_app.ui.sensitive import OPENS_KEYS, is_private
from kiosk_app.ui.speech.output import Line
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.ring import Ring


@runtime_checkable
class Spoken(Protocol):
    """A widget that says itself what is to be said of it, instead of what is in it."""

    def spoken(self) -> str:
        """Its words now; empty for none."""


def reading(part: QWidget) -> tuple[Line, ...]:
    """Every text that shows in ``part``, from the top down, keys left out: those have their turn
    when the focus comes to them."""
    found = [(widget, text) for widget, text in _texts(part) if text.strip()]
    found.sort(key=lambda each: _place(each[0], part))
    return tuple(Line(text, is_private(widget)) for widget, text in found)


def _texts(part: QWidget) -> Iterator[tuple[QWidget, str]]:
    if not part.isVisible():
        return
    if isinstance(part, Spoken):
        yield part, part.spoken()
    elif isinstance(part, QLabel):
        yield part, part.accessibleName() or part.text()
    elif isinstance(part, Ring):
        yield part, f"{part.accessibleName()}: {part.text}" if part.text else ""
    elif not isinstance(part, QAbstractButton | QLineEdit):
        for child in part.children():
            if isinstance(child, QWidget):
                yield from _texts(child)


def _place(widget: QWidget, part: QWidget) -> tuple[int, int]:
    """Rows from the top, and in a row from the left. What overlaps by its middle is a row."""
    corner = widget.mapTo(part, QPoint(0, 0))
    middle = corner.y() + widget.height() // 2
    return middle // 24, corner.x()


def described(widget: QWidget, say: Words) -> Line:
    """Name, kind, state and value of what has the focus (WCAG 4.1.2)."""
    interface = QAccessible.queryAccessibleInterface(widget)
    name = interface.text(QAccessible.Text.Name) if interface is not None else ""
    more = interface.text(QAccessible.Text.Description) if interface is not None else ""
    private = is_private(widget)
    if isinstance(widget, Spoken):
        return Line(_joined(name, widget.spoken()), private)
    if isinstance(widget, QLineEdit):
        value = widget.text() if widget.echoMode() is QLineEdit.EchoMode.Normal else ""
        kind = say("text field, {text}", text=value) if value else say("text field, empty")
        if not value and widget.property(OPENS_KEYS):
            hint = say("Press Enter to write with keys on the screen.")
            kind = f"{kind}. {hint}"
        return Line(_joined(name, kind), private and bool(value))
    if isinstance(widget, QAbstractButton):
        return Line(_joined(name, say("key"), _state(widget, say), more), private)
    return Line(_joined(name, more), private)


def _state(button: QAbstractButton, say: Words) -> str:
    if button.isCheckable():
        return say("chosen") if button.isChecked() else say("not chosen")
    return say("chosen") if isinstance(button, Key) and button.kind is KeyKind.CHOSEN else ""


def _joined(*parts: str) -> str:
    return ", ".join(part.strip().rstrip(".") for part in parts if part.strip())


_SIGNS = {" ", ".", ",", "?", "!", "-", "@", ":", "/"}


def sign_name(sign: str, say: Words) -> str:
    """How a single sign is said; voices pass over those that are no letter."""
    if sign not in _SIGNS:
        return sign
    return {
        " ": say("space"),
        ".": say("full stop"),
        ",": say("comma"),
        "?": say("question mark"),
        "!": say("exclamation mark"),
        "-": say("hyphen"),
        "@": say("at sign"),
        ":": say("colon"),
        "/": say("slash"),
    }[sign]
