"""Goods to tap: the usual ones, and all of them by group."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from kiosk_app.base.language import Words
from kiosk_app.till.shop import GROUPS, Article, Shop, unbroken
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.icon import along, paint_icon
from kiosk_app.ui.widgets.key import Key, KeyKind

_TILE = 196
_TILE_LARGE = 264
_GROUP = 88
_GAP = 20


def _tile_height(theme: Theme) -> int:
    return theme.touch(_TILE_LARGE if theme.large else _TILE)


class Tile(Key):
    """An article: its name at the top, its price at the foot."""

    def __init__(self, theme: Theme, article: Article | None = None) -> None:
        super().__init__(theme, "", KeyKind.QUIET, height=_TILE, style=Type.SECOND_STRONG)
        self.article = article
        self.back = False
        self._price = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, name: str, price: str) -> None:
        self.setText(unbroken(name))
        self._price = price
        self.setAccessibleName(f"{name}, {price}" if price else name)
        self.update()

    def sizeHint(self) -> QSize:
        # The same for each, whatever its name: the columns share the width alike.
        return QSize(self._side(0), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _high(self) -> int:
        return _tile_height(self.theme)

    def hasHeightForWidth(self) -> bool:
        return False

    def paint_content(self, painter: QStylePainter) -> None:
        theme = self.theme
        if self.article is None:
            arrow = theme.px(44)
            corner = self.rect().bottomRight() - QPoint(arrow + theme.px(20), arrow + theme.px(20))
            direction = self.layoutDirection()
            name = along("arrow_left" if self.back else "arrow_right", direction)
            box = QStyle.visualRect(direction, self.rect(), QRect(corner, QSize(arrow, arrow)))
            paint_icon(painter, name, self.text_colour().name(), QRectF(box))
        side = theme.px(22)
        area = self.rect().adjusted(side, side, -side, -side)
        painter.setFont(self.font_that_fits(area.width()))
        painter.setPen(self.text_colour())
        side_first = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        begin = int(side_first | Qt.AlignmentFlag.AlignAbsolute)
        flags = begin | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(area, flags | int(Qt.AlignmentFlag.AlignTop), self.text())
        small = theme.font(Type.SMALL, tabular=True)
        painter.setFont(small)
        painter.setPen(theme.colour("ink_2"))
        foot = QRect(area)
        foot.setTop(area.bottom() - QFontMetrics(small).height())
        painter.drawText(foot, begin, self._price)


class Goods(QWidget):
    """The first page's tiles, or, once "Fler varor" is pressed, every group.

    Signals: ``article_pressed(object)`` with the Article; ``expanded(bool)`` when the room that
    is needed changes.
    """

    article_pressed = Signal(object)
    expanded = Signal(bool)

    def __init__(
        self, theme: Theme, shop: Shop, say: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._shop, self._say = theme, shop, say
        self._group: str | None = None
        self._tiles: list[Tile] = []
        self._groups: dict[str, Key] = {}
        box = QVBoxLayout(self)
        theme.fit(box, (0, 0, 0, 0), _GAP)
        self._head = QWidget()
        self._head_grid = QGridLayout(self._head)
        theme.fit(self._head_grid, (0, 0, 0, 0), 16)
        box.addWidget(self._head)
        self._page = QWidget()
        self._grid = QGridLayout(self._page)
        theme.fit(self._grid, (0, 0, 0, 0), _GAP)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._page)
        box.addWidget(self._scroll, 1)
        self._columns = 0
        follow(theme, self, self._on_theme_changed)

    @property
    def is_expanded(self) -> bool:
        return self._group is not None

    def collapse(self) -> None:
        """Back to the first page."""
        if self._group is not None:
            self._show_group(None)

    def first_page_height(self) -> int:
        """What the first page needs, in px of this window."""
        rows = self._first_page_rows()
        return self.whole_rows(rows * (_tile_height(self._theme) + self._theme.px(_GAP)))

    def _first_page_rows(self) -> int:
        return 4 if self._theme.landscape else 2

    def _first_page(self) -> tuple[Article, ...]:
        """The usual articles, then others in the shop's order, as many as there is room for."""
        others = tuple(article for article in self._shop.articles if not article.tile)
        room = self._first_page_rows() * self._columns - 1  # one tile is the way to the rest
        return (*self._shop.tiles, *others)[:room]

    def whole_rows(self, room: int) -> int:
        """The height of as many whole rows of tiles as ``room`` px take."""
        gap = self._theme.px(_GAP)
        row = _tile_height(self._theme) + gap
        rows = max(0, room + gap) // row
        return rows * row - gap if rows else 0

    def one_row(self) -> int:
        """The least height that goods can be tapped in."""
        return self.whole_rows(_tile_height(self._theme))

    def retranslate(self, say: Words) -> None:
        self._say = say
        self._fill()

    def _on_theme_changed(self) -> None:
        columns = 2 if self._theme.large else 4 if self._theme.landscape else 3
        if columns != self._columns:
            self._columns = columns
            self._fill()

    def _show_group(self, group: str | None) -> None:
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._group = group
        self._fill()
        self._scroll.verticalScrollBar().setValue(0)
        if had_focus and self._tiles:
            self._tiles[0].setFocus()
        self.expanded.emit(self.is_expanded)

    def _fill(self) -> None:
        self._head.setVisible(self.is_expanded)
        if self.is_expanded:
            self._fill_groups()
        articles = self._shop.group(self._group) if self._group else self._first_page()
        self._put_tiles(articles)

    def _fill_groups(self) -> None:
        if not self._groups:
            for group in GROUPS:
                key = Key(self._theme, "", height=_GROUP, style=Type.SMALL_STRONG, padding=12)
                key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                key.clicked.connect(lambda _=False, name=group: self._show_group(name))
                self._groups[group] = key
        names = group_names(self._say)
        for at, (group, key) in enumerate(self._groups.items()):
            self._head_grid.addWidget(key, at // self._columns, at % self._columns)
            key.setText(names[group])
            key.set_kind(KeyKind.CHOSEN if group == self._group else KeyKind.QUIET)

    def _put_tiles(self, articles: Iterable[Article]) -> None:
        wanted = [None, *articles] if self.is_expanded else [*articles, None]
        while len(self._tiles) < len(wanted):
            tile = Tile(self._theme)
            tile.clicked.connect(lambda _=False, pressed=tile: self._on_tile_clicked(pressed))
            self._tiles.append(tile)
        for at, tile in enumerate(self._tiles):
            self._grid.removeWidget(tile)
            if at >= len(wanted):
                tile.hide()
                continue
            tile.article = wanted[at]
            self._label(tile)
            self._grid.addWidget(tile, at // self._columns, at % self._columns)
            tile.show()
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def _label(self, tile: Tile) -> None:
        say, article = self._say, tile.article
        tile.back = article is None and self.is_expanded
        tile.set_kind(KeyKind.SOFT if article is None else KeyKind.QUIET)
        if article is None:
            # The way between the two pages is a tile like the others.
            tile.set_words(say("Fewer goods") if self.is_expanded else say("More goods"), "")
            return
        if article.kilo_ore:
            price = say("{price} per kg", price=say.money(article.kilo_ore))
        else:
            price = say.money(article.price_ore)
        tile.set_words(article.tile_name, price)

    def _on_tile_clicked(self, tile: Tile) -> None:
        if tile.article is not None:
            self.article_pressed.emit(tile.article)
        else:
            self._show_group(None if self.is_expanded else GROUPS[0])


def group_names(say: Words) -> dict[str, str]:
    """What each group is called."""
    return {
        "coffee": say("Coffee and snacks"),
        "fruit": say("Fruit and vegetables"),
        "dairy": say("Dairy and eggs"),
        "pantry": say("Bread and pantry"),
        "drinks": say("Drinks"),
        "household": say("Household"),
    }
