"""The sheet's movement: pictures of it and of what is behind, made once, put one on the other.

Moving the real sheet would repaint the till under it and every label on it in each frame; without
a graphics card that is more than a frame has time for. Here a frame is two copies of pixels.
"""

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPoint, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Motion

_WAY = 420  # design px: the sheet comes from close by, so that it is there from the first frame


class Slide(QWidget):
    """Covers the overlay's area for as long as the sheet moves.

    Only a picture: presses go through it to the sheet, which is where it will come to rest.

    Signals: ``finished()`` when the picture is at rest.
    """

    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._behind, self._sheet, self._at = QPixmap(), QPixmap(), QPoint()
        self._offset = 0
        # Every pixel of it is painted, so nothing below is.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._motion = QVariantAnimation(self)
        self._motion.valueChanged.connect(self._on_value_changed)
        self._motion.finished.connect(self._on_finished)
        self.hide()

    @property
    def running(self) -> bool:
        return self._motion.state() == QAbstractAnimation.State.Running

    def start(self, behind: QPixmap, sheet: QPixmap, at: QPoint, *, up: bool) -> None:
        """Show ``sheet`` moving to ``at`` (``up``), or away from it, in front of ``behind``."""
        self._motion.stop()
        self._behind, self._sheet, self._at = behind, sheet, at
        way = self._theme.px(_WAY)
        self._motion.setStartValue(way if up else 0)
        self._motion.setEndValue(0 if up else way)
        self._motion.setDuration(Motion.SHEET_UP if up else Motion.SHEET_DOWN)
        curve = QEasingCurve.Type.OutCubic if up else QEasingCurve.Type.InCubic
        self._motion.setEasingCurve(curve)
        self._offset = way if up else 0
        self.show()
        self._motion.start()

    def stop(self) -> None:
        if self.running:
            self._motion.stop()
            self._on_finished()

    def _on_value_changed(self, value: object) -> None:
        self._offset = int(value) if isinstance(value, int | float) else 0
        self.update()

    def _on_finished(self) -> None:
        self.hide()
        self._behind, self._sheet = QPixmap(), QPixmap()
        self.finished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._behind)
        painter.drawPixmap(self._at + QPoint(0, self._offset), self._sheet)
        painter.end()
