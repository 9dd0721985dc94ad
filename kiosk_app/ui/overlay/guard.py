"""What keeps a finger that is on its way from hitting a screen that has just come up."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget


class Guard(QWidget):
    """Lies unseen over all of its parent and takes every press, for as long as it is kept.

    A press that has begun on what was there before ends there, and a new one has to begin after.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet_guard")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def keep(self, milliseconds: int) -> None:
        """Take every press from now on, for so long."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self._timer.start(milliseconds)
