"""The agent as a disc with an initial."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type

_SIZE = 104


class Avatar(QWidget):
    """Decoration: the name itself is always beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._initial = theme, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(theme, self, self._on_theme_changed)

    def set_name(self, name: str) -> None:
        self._initial = name.strip()[:1].upper()
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(_SIZE)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("spruce"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(self._theme.colour("on_spruce"))
        painter.setFont(self._theme.font(Type.HEADING))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._initial)
        painter.end()
