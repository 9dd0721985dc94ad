"""Which widgets must never be in a frame that leaves the kiosk: marked where they are made.

The mark is a dynamic property, so that it goes with the widget and needs no list to be kept right.
"""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

_MARK = "sensitive"


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
