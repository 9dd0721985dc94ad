"""Icons: SVG files of ``assets/icons`` on a 24-grid, drawn in a token's colour.

``currentColor`` in a file is replaced by the token. An icon is always beside a word, so it is
hidden from assistive programs.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk_app.base.paths import assets_dir
from kiosk_app.ui.theme.theme import Theme, follow


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = (assets_dir() / "icons" / f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


def along(name: str, direction: Qt.LayoutDirection) -> str:
    """The icon that means ``name`` where reading goes in ``direction``: arrows turn round."""
    turned = {"arrow_left": "arrow_right", "arrow_right": "arrow_left"}
    return turned.get(name, name) if direction is Qt.LayoutDirection.RightToLeft else name


def paint_icon(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw icon ``name`` in ``colour`` (``#RRGGBB``) into ``rect``."""
    _renderer(name, colour).render(painter, rect)


def icon(name: str, token: str, theme: Theme, size: int) -> QPixmap:
    """Icon ``name`` in the colour of ``token``, ``size`` design px high and wide."""
    side = theme.px(size)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, theme.colour(token).name(), QRectF(0, 0, side, side))
    painter.end()
    return pixmap


class IconView(QWidget):
    """An icon of ``size`` design px in the colour token ``tone``."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        tone: str = "ink",
        size: int = 48,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._tone, self._size = theme, name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        follow(theme, self, self._on_theme_changed)

    def set_icon(self, name: str, tone: str | None = None) -> None:
        self._name = name
        self._tone = tone or self._tone
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour(self._tone).name()
        paint_icon(painter, self._name, colour, QRectF(self.rect()))
        painter.end()
