"""What is painted again, and how much of it."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """How much of ``widget`` has been painted anew, in px."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.area = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            rects: Iterator[QRect] = iter(event.region())  # type: ignore[call-overload]  # stubs
            self.area += sum(rect.width() * rect.height() for rect in rects)
        return False
