"""Which widgets must never be in a frame that leaves the kiosk, and which not on its loudspeaker:
marked where they are made.

The mark is a dynamic property, so that it goes with the widget and needs no list to be kept right.
"""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

_MARK = "sensitive"
_PRIVATE = "private"
TYPES = "types"  # on a keyboard: the focus in it belongs to a line of text elsewhere
OPENS_KEYS = "opens_keys"  # on a line of text: a keyboard on the screen comes where it is wanted


def mark_sensitive(widget: QWidget) -> None:
    """From now on ``widget``, with all that is in it, is painted over in every sent frame."""
    widget.setProperty(_MARK, True)


def sensitive_rects(window: QWidget) -> list[QRect]:
    """Where the marked widgets that can be seen now are, in px of ``window``.

    Clipping by what they lie in is not used: a rectangle too many is safe, one too few is not.
    """
    return [
        QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        for widget in window.findChildren(QWidget)
        if widget.property(_MARK) and widget.isVisible()
    ]


def mark_private(widget: QWidget, private: bool = True) -> None:
    """What ``widget`` says may be seen by who stands here, but not be heard by who stands near.

    What is sensitive is private too, unless it is said not to be: where a code is entered that no
    widget holds, the words round it are for everybody.
    """
    widget.setProperty(_PRIVATE, private)


def is_private(widget: QWidget) -> bool:
    """Whether ``widget``, or the nearest marked thing that it lies in, is not for all ears."""
    at: QWidget | None = widget
    while at is not None:
        marked = at.property(_PRIVATE)
        if marked is not None:
            return bool(marked)
        if at.property(_MARK):
            return True
        at = at.parentWidget()
    return False


def types_for_another(widget: QWidget) -> bool:
    """Whether ``widget`` is a key of a keyboard on the screen."""
    return _lies_in(widget, TYPES)


def _lies_in(widget: QWidget, mark: str) -> bool:
    at: QWidget | None = widget
    while at is not None:
        if at.property(mark):
            return True
        at = at.parentWidget()
    return False
