"""Tells whoever listens of a change that does not take the focus (WCAG 4.1.3, 4.1.2)."""

from typing import Protocol, runtime_checkable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

Politeness = QAccessible.AnnouncementPoliteness


@runtime_checkable
class Hearing(Protocol):
    """A window that has a voice of its own."""

    def announced(self, text: str, *, urgent: bool, private: bool) -> None:
        """``text`` is to be said."""


def announce(widget: QWidget, text: str, *, urgent: bool = False, private: bool = False) -> None:
    """Have ``text`` spoken, by a screen reader and by the kiosk's own voice.

    ``urgent`` interrupts what is being said; ``private`` is not for the loudspeaker.
    """
    if not text:
        return
    window = widget.window()
    if isinstance(window, Hearing):
        window.announced(text, urgent=urgent, private=private)
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(Politeness.Assertive if urgent else Politeness.Polite)
    QAccessible.updateAccessibility(event)


class Announcer:
    """Says each new text once, however often the same state is drawn."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._said = ""

    def tell(self, text: str, *, urgent: bool = False, private: bool = False) -> None:
        if text == self._said:
            return
        self._said = text
        announce(self._widget, text, urgent=urgent, private=private)
