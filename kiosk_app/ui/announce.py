"""Tells a screen reader of a change that does not take the focus (WCAG 4.1.3, 4.1.2)."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

Politeness = QAccessible.AnnouncementPoliteness


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have ``text`` spoken; ``urgent`` interrupts what is being said."""
    if not text:
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(Politeness.Assertive if urgent else Politeness.Polite)
    QAccessible.updateAccessibility(event)


class Announcer:
    """Says each new text once, however often the same state is drawn."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._said = ""

    def tell(self, text: str, *, urgent: bool = False) -> None:
        if text == self._said:
            return
        self._said = text
        announce(self._widget, text, urgent=urgent)
