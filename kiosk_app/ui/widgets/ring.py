"""A time that runs out, shown as a ring that empties. Same widget, same meaning everywhere."""

import math

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type


def time_left_text(seconds: float) -> str:
    """``4:58`` from a minute up, ``20 s`` under it; a started second counts."""
    whole = math.ceil(seconds - 1e-6)
    return f"{whole // 60}:{whole % 60:02d}" if whole >= 60 else f"{whole} s"


class Ring(QWidget):
    """Shows ``countdown``; ticks once a second and only while it is visible.

    ``label`` says what the time is for; it is the accessible name, the time its description.

    Signals: ``ticked(float)`` with the seconds left, at each tick.
    """

    ticked = Signal(float)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        *,
        size: int = 200,
        width: int = 14,
        style: Type = Type.HEADING,
        show_text: bool = True,
        colour: str = "spruce",
        track: str = "spruce_tint",
        label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._clock = theme, clock
        self._size, self._width, self._style = size, width, style
        self._show_text, self._colour, self._track = show_text, colour, track
        self._countdown: Countdown | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_label(label)
        follow(theme, self, self._on_theme_changed)

    def set_label(self, label: str) -> None:
        self.setAccessibleName(label)

    def set_size(self, size: int) -> None:
        """How wide and high it is, in design px."""
        if size != self._size:
            self._size = size
            self.updateGeometry()
            self.update()

    def set_countdown(self, countdown: Countdown | None) -> None:
        """Show ``countdown`` from now on; None empties the ring."""
        if countdown != self._countdown:
            self._countdown = countdown
            self._tick()

    @property
    def text(self) -> str:
        """What the ring says now."""
        return time_left_text(self._left()) if self._countdown else ""

    @property
    def ticking(self) -> bool:
        return self._timer.isActive()

    def _left(self) -> float:
        return self._countdown.left(self._clock.monotonic()) if self._countdown else 0.0

    def _tick(self) -> None:
        left = self._left()
        self.setAccessibleDescription(self.text)
        self.update()
        self._timer.stop()
        if self._countdown is not None and left > 0 and self.isVisible():
            # To the next whole second and a hair over, so that the text is never a second old.
            part = left - math.floor(left)
            self._timer.start(math.ceil((part or 1.0) * 1000) + 5)
        self.ticked.emit(left)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    def _font_inside(self) -> QFont:
        """The font, or a smaller one where the time is wider than the ring is inside."""
        font = self._theme.font(self._style, tabular=True)
        room = self.width() - 3 * self._theme.px(self._width)
        wide = QFontMetrics(font).horizontalAdvance(self.text)
        if wide > room > 0:
            font.setPixelSize(max(1, font.pixelSize() * room // wide))
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = self._theme.px(self._width)
        inset = stroke / 2 + 1
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        pen = QPen(self._theme.colour(self._track), stroke)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(box)
        if self._countdown is not None and self._countdown.total > 0:
            share = min(1.0, self._left() / self._countdown.total)
            pen.setColor(self._theme.colour(self._colour))
            painter.setPen(pen)
            if share > 0:
                painter.drawArc(box, 90 * 16, round(-share * 360 * 16))
        if self._show_text:
            painter.setPen(self._theme.colour("ink"))
            painter.setFont(self._font_inside())
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text)
        painter.end()
