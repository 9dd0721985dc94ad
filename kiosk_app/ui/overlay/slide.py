"""The sheet's movement: pictures of it and of what is behind, made once, put one on the other.

Moving the real sheet would repaint the till under it and every label on it in each frame; without
a graphics card that is more than a frame has time for. Here a frame is two copies of pixels.
"""

from PySide6.QtCore import QEasingCurve, QElapsedTimer, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Motion, Size

_FRAME_MS = 16
_WAY = 420  # design px: the sheet comes from close by, so that it is there from the first frame


class Slide(QWidget):
    """Covers the overlay's area for as long as the sheet moves.

    It keeps time itself, from the moment its first frame is painted: an animation of Qt's lets
    two frames pass before it begins. Only a picture: presses go through it to the sheet, which is
    where it will come to rest.

    Signals: ``finished()`` when the picture is at rest.
    """

    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._behind, self._sheet, self._at = QPixmap(), QPixmap(), QPoint()
        self._outline = QRegion()
        self._offset = 0
        # Every pixel of it is painted, so nothing below is.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._from, self._to, self._lasts = 0, 0, 0
        self._curve = QEasingCurve()
        self._since = QElapsedTimer()
        self._beat = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=_FRAME_MS)
        self._beat.timeout.connect(self._on_beat)
        self._running = self._begun = False
        self.hide()

    @property
    def running(self) -> bool:
        return self._running

    def start(self, behind: QPixmap, sheet: QPixmap, at: QPoint, *, up: bool) -> None:
        """Show ``sheet`` moving to ``at`` (``up``), or away from it, in front of ``behind``."""
        self._behind, self._sheet, self._at = behind, sheet, at
        self._outline = _rounded(sheet, self._theme.px(Size.RADIUS_SHEET))
        way = self._theme.px(_WAY)
        self._from, self._to = (way, 0) if up else (0, way)
        self._lasts = Motion.SHEET_UP if up else Motion.SHEET_DOWN
        self._curve = QEasingCurve(QEasingCurve.Type.OutCubic if up else QEasingCurve.Type.InCubic)
        self._offset = self._from
        self._running, self._begun = True, False
        self._since.start()
        self._beat.start()
        self.show()
        self.update()

    def stop(self) -> None:
        if self._running:
            self._on_finished()

    def _on_beat(self) -> None:
        gone = self._since.elapsed() / self._lasts
        if gone >= 1:
            self._on_finished()
            return
        if not self._begun:
            return  # nobody has seen it yet: it begins with its first frame
        way = self._curve.valueForProgress(gone) * (self._to - self._from)
        self._offset = self._from + round(way)
        self.update()

    def _on_finished(self) -> None:
        self._running = False
        self._beat.stop()
        self.hide()
        self._behind, self._sheet = QPixmap(), QPixmap()
        self.finished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._behind)
        at = self._at + QPoint(0, self._offset)
        painter.setClipRegion(self._outline.translated(at))
        painter.drawPixmap(at, self._sheet)
        painter.end()
        if self._running and not self._begun:
            self._begun = True
            self._since.start()
            self._beat.start()


def _rounded(picture: QPixmap, radius: float) -> QRegion:
    """All of ``picture`` but the corners, in which it has the colour of no shop."""
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(QPoint(0, 0), picture.deviceIndependentSize()), radius, radius)
    return QRegion(outline.toFillPolygon().toPolygon())
