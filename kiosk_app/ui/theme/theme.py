"""The theme in force: tokens at the window's scale, and the style sheet made of them."""

import math
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QBoxLayout, QLayout

from kiosk_app.base.paths import assets_dir
from kiosk_app.ui.theme import tokens

_LENGTH = re.compile(r"\b(\d+)dp\b")
_TOKEN = re.compile(r"\$([a-z][a-z0-9_]*)")


class Theme(QObject):
    """Colours, sizes and fonts as they are now.

    Sizes are given in px of the 1080x1920 (or 1920x1080) design and come back in px of this
    window. Touch targets never come out under 44 px nor under 10 mm.

    Signals: ``changed()`` after scale, orientation or colours have changed.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        px_per_mm: float = 3.6,
        high_contrast: bool = False,
        reduced_motion: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._px_per_mm = px_per_mm
        self._high_contrast = high_contrast
        self._large = False
        self.reduced_motion = reduced_motion
        self._scale = 1.0
        self._landscape = False
        self._templates: str | None = None
        self._shadows: dict[int, QPixmap] = {}
        self._fonts: dict[tuple[tokens.Type, bool], QFont] = {}

    @property
    def colours(self) -> tokens.Colours:
        return tokens.HIGH_CONTRAST if self._high_contrast else tokens.NORMAL

    @property
    def high_contrast(self) -> bool:
        return self._high_contrast

    @property
    def large(self) -> bool:
        """Whether text is twice as large as designed."""
        return self._large

    def set_looks(self, *, high_contrast: bool, large: bool) -> None:
        """Change what the shopper may change, at once and everywhere."""
        if (high_contrast, large) != (self._high_contrast, self._large):
            self._high_contrast, self._large = high_contrast, large
            self._announce()

    @property
    def scale(self) -> float:
        return self._scale

    @property
    def landscape(self) -> bool:
        """Whether the window is wider than high."""
        return self._landscape

    def fit_window(self, width: int, height: int) -> None:
        """Take the scale and the orientation from the window's size in px."""
        landscape = width > height
        design = (tokens.DESIGN_HEIGHT, tokens.DESIGN_WIDTH)
        across, down = design if landscape else reversed(design)
        scale = max(0.25, min(width / across, height / down))
        if (scale, landscape) != (self._scale, self._landscape):
            self._scale, self._landscape = scale, landscape
            self._announce()

    def _announce(self) -> None:
        self._shadows.clear()
        self._fonts.clear()
        self.changed.emit()

    def px(self, design: float) -> int:
        """``design`` px at this window's scale; something stays at least 1 px."""
        scaled = round(design * self._scale)
        return max(1, scaled) if design > 0 else scaled

    def mm(self, millimetres: float) -> int:
        """Millimetres on this panel in px."""
        return round(millimetres * self._px_per_mm)

    def touch(self, design: float, *, mm: float = tokens.TOUCH_MM) -> int:
        """A touch target's side: the design's, but never under 44 px nor under ``mm``."""
        return max(self.px(design), tokens.TOUCH_PX, self.mm(mm))

    def colour(self, token: str) -> QColor:
        """The colour of ``token`` (a field of Colours)."""
        return QColor(getattr(self.colours, token))

    def font(self, style: tokens.Type, *, tabular: bool = False) -> QFont:
        """The font of ``style``; ``tabular`` for money and time, so that figures do not jump."""
        key = (style, tabular)
        if key not in self._fonts:
            font = QFont(list(tokens.FAMILIES))
            font.setPixelSize(self.px(style.value.size))
            font.setWeight(QFont.Weight(style.value.weight))
            if self._large:
                font.setPixelSize(self._large_size(font, style))
            if tabular:
                font.setFeature(QFont.Tag.fromString("tnum"), 1)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def _large_size(self, font: QFont, style: tokens.Type) -> int:
        """The px of large text: the token's, or more where the panel's dots are small."""
        capital = QFontMetricsF(font).capHeight() / font.pixelSize()
        least = math.ceil(tokens.LARGE_CAPITAL_MM * self._px_per_mm / capital)
        return max(self.px(tokens.LARGE[style.value.size]), least)

    def stylesheet(self) -> str:
        """Every template of ``assets/qss`` in order, filled: ``$token`` and lengths in ``dp``."""
        if self._templates is None:
            self._templates = _read_templates(assets_dir() / "qss")
        colours = asdict(self.colours)
        filled = _TOKEN.sub(lambda match: str(colours[match.group(1)]), self._templates)
        return _LENGTH.sub(lambda match: f"{self.px(int(match.group(1)))}px", filled)

    def fit(
        self, layout: QLayout, margins: tuple[int, int, int, int], spacing: int | None = None
    ) -> None:
        """Keep the margins (left, top, right, bottom) and spacing of ``layout``, in design px, at
        this scale for as long as the layout lives."""
        follow(self, layout, lambda: _fit(self, layout, margins, spacing))

    def shadow(self, radius: int) -> QPixmap:
        """A nine-patch of the one shadow for corners of ``radius`` design px, painted once."""
        if radius not in self._shadows:
            self._shadows[radius] = _paint_shadow(self, radius)
        return self._shadows[radius]


class _Follower(QObject):
    """Lives and dies with its parent, so that the connection does too."""

    def __init__(self, parent: QObject, theme: Theme, apply: Callable[[], None]) -> None:
        super().__init__(parent)
        self._apply = apply
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self._apply()


def follow(theme: Theme, owner: QObject, apply: Callable[[], None]) -> None:
    """Call ``apply`` now and after every change of ``theme``, until ``owner`` is gone."""
    _Follower(owner, theme, apply)
    apply()


def row_or_column(theme: Theme, layout: QBoxLayout) -> None:
    """Let ``layout`` be a row, and in large text a column: words need the width."""
    beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
    follow(theme, layout, lambda: layout.setDirection(below if theme.large else beside))


def _fit(
    theme: Theme, layout: QLayout, margins: tuple[int, int, int, int], spacing: int | None
) -> None:
    layout.setContentsMargins(*(theme.px(margin) for margin in margins))
    if spacing is not None:
        layout.setSpacing(theme.px(spacing))


def _read_templates(directory: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(directory.glob("*.qss")))


SHADOW_SPREAD = 40  # design px that the shadow reaches beyond what floats
_SHADOW_DROP = 10
_SHADOW_LAYERS = 14


def _paint_shadow(theme: Theme, radius: int) -> QPixmap:
    spread, corner = theme.px(SHADOW_SPREAD), theme.px(radius)
    side = 2 * (spread + corner) + 2
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    layer = theme.colour("shadow")
    peak = layer.alpha()
    # A few translucent shapes, each smaller and stronger: a soft edge without a blur filter.
    for step in range(1, _SHADOW_LAYERS + 1):
        layer.setAlpha(round(2 * peak * step / (_SHADOW_LAYERS * (_SHADOW_LAYERS + 1))))
        painter.setBrush(layer)
        inset = spread * (step - 1) // _SHADOW_LAYERS
        round_by = corner + spread - inset
        box = image.rect().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, round_by, round_by)
    painter.end()
    return QPixmap.fromImage(image)


def paint_shadow(painter: QPainter, rect: QRect, theme: Theme, radius: int) -> None:
    """Paint the shadow of something at ``rect`` with corners of ``radius`` design px.

    Called by the parent of what floats, before it is drawn.
    """
    if theme.colour("shadow").alpha() == 0:
        return
    patch = theme.shadow(radius)
    spread = theme.px(SHADOW_SPREAD)
    edge = spread + theme.px(radius)
    target = rect.adjusted(-spread, -spread, spread, spread).translated(0, theme.px(_SHADOW_DROP))
    side = patch.width()
    middle = side - 2 * edge
    columns = (
        (target.left(), edge, 0, edge),
        (target.left() + edge, target.width() - 2 * edge, edge, middle),
        (target.left() + target.width() - edge, edge, side - edge, edge),
    )
    rows = (
        (target.top(), edge, 0, edge),
        (target.top() + edge, target.height() - 2 * edge, edge, middle),
        (target.top() + target.height() - edge, edge, side - edge, edge),
    )
    for x, width, from_x, from_width in columns:
        for y, height, from_y, from_height in rows:
            painter.drawPixmap(
                QRect(x, y, width, height), patch, QRect(from_x, from_y, from_width, from_height)
            )
