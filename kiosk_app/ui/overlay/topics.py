"""The keys of the menu: topics, or what a question has found."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from kiosk_app.case.view.menu import MenuItem
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Space, Type
from kiosk_app.ui.widgets.icon import along, paint_icon
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.scroll import ContentScroll

_TOPIC = 140
_BADGE = 72
_ARROW = 36
_LEAST = 72


class TopicKey(Key):
    """A topic: its number on a tile, its name, and an arrow that says there is more."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__(
            theme, "", KeyKind.QUIET, height=_TOPIC, style=Type.VALUE, align_left=True
        )
        self._number = number
        self.setObjectName(f"menu_item_{number}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def words_room(self, width: int) -> int:
        theme = self.theme
        aside = theme.px(28) + theme.px(_BADGE) + theme.px(28) + theme.px(_ARROW) + theme.px(42)
        return max(1, width - aside)

    def paint_content(self, painter: QStylePainter) -> None:
        theme, whole, direction = self.theme, self.rect(), self.layoutDirection()
        side, pad, arrow = theme.px(_BADGE), theme.px(28), theme.px(_ARROW)

        def place(left: int, width: int, height: int) -> QRect:
            box = QRect(left, (self.height() - height) // 2, width, height)
            return QStyle.visualRect(direction, whole, box)

        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("spruce_tint"))
        badge = place(pad, side, side)
        painter.drawRoundedRect(badge, theme.px(20), theme.px(20))
        painter.setPen(theme.colour("spruce_deep"))
        painter.setFont(theme.font(Type.KEY))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        left = pad + side + pad
        right = whole.width() - pad - arrow
        words = place(left, right - left - pad // 2, self.height())
        painter.setPen(self.text_colour())
        painter.setFont(self.font_that_fits(words.width()))
        begin = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        flags = Qt.AlignmentFlag.AlignVCenter | begin | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(words, int(flags) | int(Qt.TextFlag.TextWordWrap), self.text())
        icon = along("arrow_right", direction)
        paint_icon(painter, icon, theme.colour("ink_2").name(), QRectF(place(right, arrow, arrow)))


class TopicList(QWidget):
    """Keys one under the other, or two abreast where the window is wide, under a line that says
    what they are.

    Signals: ``chosen(str)`` with the item's id; ``back_pressed()``.
    """

    chosen = Signal(str)
    back_pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._items: tuple[MenuItem, ...] = ()
        self.keys: list[TopicKey] = []
        self.back = Key(theme, "", KeyKind.QUIET, height=88, icon="arrow_left", icon_size=36)
        self.back.setObjectName("menu_back")
        self.back.clicked.connect(lambda _=False: self.back_pressed.emit())
        self._title = PlainLabel(theme, "", Type.SECOND_STRONG, wrap=True)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        theme.fit(head, (0, 0, 0, 0), Space.GAP)
        head.addWidget(self.back)
        head.addWidget(self._title, 1)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        theme.fit(self._grid, (0, 0, 0, 0), 20)
        self._scroll = ContentScroll(inner)
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), 12)
        layout.addWidget(self._head)
        layout.addWidget(self._scroll)
        layout.addStretch(1)
        # Where there is hardly any room half a key may be scrolled; what is under it stays.
        # Large ones scroll with all of the page.
        follow(theme, self, self._arrange)

    def set_title(self, title: str) -> None:
        """What the keys are; empty for nothing."""
        self._title.setText(title)
        self._head.setVisible(self.back.isVisibleTo(self._head) or bool(title))

    def show_items(self, items: tuple[MenuItem, ...], *, deep: bool) -> None:
        """``deep``: there is a way back."""
        self.back.setVisible(deep)
        if items == self._items:
            return
        self._items = items
        missing = len(items) > len(self.keys)
        while len(self.keys) < len(items):
            self._add()
        if missing:
            self._arrange()
        for at, key in enumerate(self.keys):
            key.setVisible(at < len(items))
            key.setText(items[at].title if at < len(items) else "")
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.setVisible(bool(items))
        self._scroll.updateGeometry()

    def key_of(self, item: str) -> TopicKey | None:
        """The key of ``item``, if it is there."""
        for key, shown in zip(self.keys, self._items, strict=False):
            if shown.id == item:
                return key
        return None

    def first(self) -> QWidget | None:
        """The first key to choose from."""
        return self.keys[0] if self._items else None

    def _add(self) -> None:
        at = len(self.keys)
        key = TopicKey(self._theme, at + 1)
        key.clicked.connect(lambda _=False: self._on_clicked(at))
        self.keys.append(key)

    def _on_clicked(self, at: int) -> None:
        if at < len(self._items):
            self.chosen.emit(self._items[at].id)

    def _arrange(self) -> None:
        large = self._theme.large
        self._scroll.set_whole(large)
        self._scroll.setMinimumHeight(0 if large else self._theme.px(_LEAST))
        columns = 2 if self._theme.landscape and not self._theme.large else 1
        for key in self.keys:
            self._grid.removeWidget(key)
        for at, key in enumerate(self.keys):
            self._grid.addWidget(key, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
