"""Hjälp by itself at the bottom right, for tills that bring their own sum and pay key."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QRegion
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Space

_ROUND = 16  # design px of paper round the button, so that it stands out from any page


class HelpFoot(QWidget):
    """As large as the button and its surround; it takes no room from what lies under it."""

    def __init__(self, theme: Theme, help_button: HelpButton, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self.help = theme, help_button
        self._box = QHBoxLayout(self)
        self._box.addWidget(help_button)
        theme.fit(self._box, (_ROUND, _ROUND, _ROUND, _ROUND), 0)
        follow(theme, self, self.updateGeometry)
        # Its paper goes with it where the office wants no button.
        help_button.variant_changed.connect(lambda: self.setVisible(not help_button.isHidden()))

    def corner(self, window: QSize) -> QRect:
        """Its place: Hjälp stands just where it stands at the built-in till."""
        margin = self._theme.px(Space.MARGIN) - self._theme.px(_ROUND)
        size = self.sizeHint()
        return QRect(
            window.width() - margin - size.width(),
            window.height() - margin - size.height(),
            size.width(),
            size.height(),
        )

    def clear(self, sheet: QRect, window: QSize) -> QRect:
        """``sheet`` cut so that it ends above."""
        corner = self.corner(window)
        if sheet.right() < corner.left():
            return sheet
        bottom = min(sheet.bottom(), corner.top() - self._theme.px(_ROUND))
        return QRect(sheet.topLeft(), QPoint(sheet.right(), bottom))

    def outline(self) -> QRegion:
        """Where it is in the window, with its round corners."""
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.geometry()), self._radius, self._radius)
        return QRegion(path.toFillPolygon().toPolygon())

    @property
    def _radius(self) -> int:
        return self._theme.px(Size.RADIUS_KEY + _ROUND)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("line"))
        painter.setBrush(self._theme.colour("paper"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), self._radius, self._radius)
        painter.end()
