"""Keys: what a shopper presses.

A key acts on release, so that a finger can slide off it (WCAG 2.2, 2.5.2), and takes Enter,
Return and Space alike: keypads and readers' pads send either.
"""

from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Type
from kiosk_app.ui.widgets.icon import along, paint_icon
from kiosk_app.ui.widgets.label import repolish


class KeyKind(StrEnum):
    """What a key is for; its look is in ``10_keys.qss``."""

    PRIMARY = "primary"  # a forward step: spruce
    QUIET = "quiet"  # anything else, on a card
    SOFT = "soft"  # small and out of the way: close, remove, digits
    EDGED = "edged"  # the other answer beside a primary key
    CHOSEN = "chosen"  # the one of several that holds now
    STOP = "stop"  # stops something
    STOP_OUTLINE = "stop_outline"  # danger
    HELP = "help"  # help, and nothing else


_TEXT_TOKENS: dict[KeyKind, str] = {
    KeyKind.PRIMARY: "on_spruce",
    KeyKind.QUIET: "ink",
    KeyKind.SOFT: "ink",
    KeyKind.EDGED: "ink",
    KeyKind.CHOSEN: "on_ink",
    KeyKind.STOP: "on_stop",
    KeyKind.STOP_OUTLINE: "stop",
    KeyKind.HELP: "on_help",
}

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ICON_GAP = 20
_LARGE_ICON = 1.5  # beside words twice as large


class Key(QPushButton):
    """A key with a word, an icon, or an icon before (or after) a word.

    The word wraps to a second line where it has to. A key with an icon alone needs an accessible
    name: pass ``name`` to the constructor or call ``setAccessibleName``.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        kind: KeyKind = KeyKind.QUIET,
        *,
        height: int = Size.KEY,
        width: int | None = None,
        style: Type = Type.KEY,
        icon: str = "",
        icon_after: bool = False,
        icon_size: int = 44,
        align_left: bool = False,
        padding: int = 32,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._kind, self._style = theme, kind, style
        self._height, self._width = height, width
        self._icon, self._icon_after, self._icon_size = icon, icon_after, icon_size
        self._align_left, self._padding = align_left, padding
        self._laid_out = self._yields = False
        self.setProperty("key", kind.value)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Minimum,
            QSizePolicy.Policy.Fixed,
        )
        self.setText(text)
        if name:
            self.setAccessibleName(name)
        follow(theme, self, self._on_theme_changed)

    @property
    def kind(self) -> KeyKind:
        return self._kind

    @property
    def theme(self) -> Theme:
        return self._theme

    def set_kind(self, kind: KeyKind) -> None:
        if kind is not self._kind:
            self._kind = kind
            self.setProperty("key", kind.value)
            repolish(self)

    def set_padding(self, padding: int) -> None:
        """Room beside the words, in design px."""
        if padding != self._padding:
            self._padding = padding
            self.updateGeometry()
            self.update()

    def set_size(self, height: int, width: int | None = None) -> None:
        """In design px; without a width the words' own."""
        if (height, width) != (self._height, self._width):
            self._height, self._width = height, width
            self.updateGeometry()

    def set_style(self, style: Type) -> None:
        if style is not self._style:
            self._style = style
            self._on_theme_changed()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def text_colour(self) -> QColor:
        """What is drawn on the key is drawn in this colour."""
        return self._theme.colour(_TEXT_TOKENS[self._kind] if self._usable() else "on_disabled")

    def _usable(self) -> bool:
        # Not isEnabled(): what lies dimmed behind the sheet is off as a whole and keeps its look.
        parent = self.parentWidget()
        return self.isEnabledTo(parent) if parent is not None else self.isEnabled()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._style))
        self._yield()
        self.updateGeometry()
        self.update()

    def _yield(self) -> None:
        """Large words may take more lines where else a key is never narrower than them."""
        policy, large = self.sizePolicy(), self._theme.large
        firm, soft = QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred
        if self._yields != large and policy.horizontalPolicy() is (firm if large else soft):
            policy.setHorizontalPolicy(soft if large else firm)
            self.setSizePolicy(policy)
            self._yields = large

    def _side(self, design: int) -> int:
        return self._theme.touch(design)

    def _high(self) -> int:
        """As designed, or as much more as its lines need."""
        high = self._side(self._height)
        if not self.text():
            return high
        margin = self._theme.px(20 if self._theme.large else 8)
        return max(high, self.words_height() + margin)

    def hasHeightForWidth(self) -> bool:
        return self._theme.large and bool(self.text()) and self._width is None

    def heightForWidth(self, width: int) -> int:
        words = self._wrapped_height(self.words_room(width)) + self._theme.px(20)
        return max(self._side(self._height), words)

    def _wrapped_height(self, room: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        metrics = QFontMetrics(self.font_that_fits(room))
        return metrics.boundingRect(QRect(0, 0, room, 0), flags, self.text()).height()

    def words_height(self) -> int:
        """The px of height that its words take."""
        if self._laid_out:
            return self._wrapped_height(self.words_room(self.width()))
        # A key that may be narrower than its words has them on two lines.
        whole = self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Minimum
        lines = 1 if whole or " " not in self.text() else 2
        return lines * QFontMetrics(self.font()).height()

    def words_room(self, width: int) -> int:
        """The px across that its words have, were it ``width`` px wide."""
        icon = self._icon_side() + self._theme.px(_ICON_GAP) if self._icon else 0
        return max(1, width - 2 * self._side_margin(width) - icon)

    def _icon_side(self) -> int:
        return self._theme.px(self._icon_size * (_LARGE_ICON if self._theme.large else 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._laid_out = True
            self.updateGeometry()  # words that wrap differently need another height

    def sizeHint(self) -> QSize:
        height = self._high()
        if self._width is not None:
            return QSize(self._side(self._width), height)
        text = self.text()
        width = 2 * self._theme.px(self._padding)
        if text:
            width += QFontMetrics(self.font()).horizontalAdvance(text) + self._theme.px(4)
        if self._icon:
            width += self._icon_side()
            width += self._theme.px(_ICON_GAP) if text else 0
        return QSize(max(width, self._side(0)), height)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self._width is not None or not self.text():
            return hint
        words = self.text().split()
        metrics = QFontMetrics(self.font())
        widest = max(metrics.horizontalAdvance(word) for word in words) if words else 0
        width = widest + 2 * self._theme.px(16)
        if self._icon:
            width += self._icon_side() + self._theme.px(_ICON_GAP)
        return QSize(min(hint.width(), max(width, self._side(0))), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(_as_space(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(_as_space(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self._usable():
            option.state |= QStyle.StateFlag.State_Enabled
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        self.paint_content(painter)
        painter.end()

    def paint_content(self, painter: QStylePainter) -> None:
        """Draw icon and word. Keys with more on them draw that instead."""
        colour = self.text_colour()
        painter.setPen(colour)
        area = self._content_rect()
        side = self._icon_side()
        if not self.text():
            if self._icon:
                box = QRectF(0, 0, side, side)
                box.moveCenter(QRectF(self.rect()).center())
                paint_icon(painter, self._icon, colour.name(), box)
            return
        gap = side + self._theme.px(_ICON_GAP) if self._icon else 0
        room = QRect(0, 0, self.words_room(self.width()), area.height())
        font = self.font_that_fits(room.width())
        painter.setFont(font)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
        flags |= Qt.AlignmentFlag.AlignLeft if self._align_left else Qt.AlignmentFlag.AlignHCenter
        used = QFontMetrics(font).boundingRect(room, int(flags), self.text())
        block = used.width() + gap
        left = area.left() if self._align_left else area.center().x() - block // 2
        icon_box = QRectF(left, area.center().y() - side / 2, side, side)
        text_left = left + gap
        if self._icon_after:
            text_left = left
            icon_left = (
                area.right() - side if self._align_left else left + used.width() + gap - side
            )
            icon_box.moveLeft(icon_left)
        direction = self.layoutDirection()
        if self._icon:
            place = QStyle.visualRect(direction, self.rect(), icon_box.toRect())
            paint_icon(painter, along(self._icon, direction), colour.name(), QRectF(place))
        width = room.width() if self._align_left else used.width() + 2
        words = QRect(text_left, area.top(), width, area.height())
        painter.drawText(QStyle.visualRect(direction, self.rect(), words), int(flags), self.text())

    def font_that_fits(self, width: int) -> QFont:
        """The key's font, or a smaller one where a word is wider than ``width`` px."""
        font = self.font()
        words = self.text().replace("-", "- ").split()  # a line may end at a hyphen too
        widest = max((QFontMetrics(font).horizontalAdvance(word) for word in words), default=0)
        if widest > width:
            least = self._theme.px(Type.SMALL.value.size)
            font.setPixelSize(max(least, font.pixelSize() * width // widest))
        return font

    def _content_rect(self) -> QRect:
        side = self._side_margin(self.width())
        return self.rect().adjusted(side, 0, -side, 0)

    def _side_margin(self, width: int) -> int:
        padding = self._theme.px(self._padding)
        return padding if self._align_left else min(padding, max(4, width // 12))


def _as_space(event: QKeyEvent) -> QKeyEvent:
    if event.key() not in _ENTER:
        return event
    return QKeyEvent(
        event.type(), Qt.Key.Key_Space, event.modifiers(), " ", event.isAutoRepeat(), event.count()
    )
