"""The cart: one row a line, and how to take one out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.cart import Row
from kiosk_app.till.shop import unbroken
from kiosk_app.ui.announce import announce
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Type
from kiosk_app.ui.widgets.card import Card, Separator
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.scroll import ContentScroll

_REMOVE = 72
_ROW_PADDING = 10


class CartRow(QWidget):
    """One line: how many, what, what it costs, and the key that takes one away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.line = theme, ""
        box = QVBoxLayout(self)
        theme.fit(box, (0, 0, 0, 0), 0)
        self._rule = Separator(theme)
        box.addWidget(self._rule)
        inner = QHBoxLayout()
        theme.fit(inner, (24, _ROW_PADDING, 20, _ROW_PADDING), 14)
        box.addLayout(inner)
        self._quantity = PlainLabel(theme, "", Type.SECOND, tone="second", tabular=True)
        self._lock = IconView(theme, "lock", "ink", 40)
        self._name = PlainLabel(theme, "", Type.SECOND_STRONG, wrap=True)
        self._amount = PlainLabel(theme, "", Type.SECOND_STRONG, tabular=True)
        self.remove = Key(theme, "", KeyKind.SOFT, height=_REMOVE, width=_REMOVE, icon="remove")
        inner.addWidget(self._quantity)
        inner.addWidget(self._lock)
        words = self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.fit(words, (0, 0, 0, 0), 14)
        words.addWidget(self._name, 1)
        words.addWidget(self._amount)
        inner.addLayout(words, 1)
        inner.addWidget(self.remove)
        follow(theme, self, self._fit)

    def _fit(self) -> None:
        """Large words in a narrow column stand above what they cost."""
        narrow = self._theme.large and self._theme.landscape
        way = QBoxLayout.Direction
        self._words.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        wide = QFontMetrics(self._theme.font(Type.SECOND, tabular=True)).horizontalAdvance("10×")  # noqa: RUF001 -- the sign of a receipt
        self._quantity.setFixedWidth(max(self._theme.px(54), wide))

    def show_row(self, row: Row, say: Words, *, first: bool, removable: bool) -> None:
        self.line = row.line
        self._rule.setVisible(not first)
        self._quantity.setText(f"{row.quantity}×")  # noqa: RUF001 -- the sign of a receipt
        self._lock.setVisible(row.locked)
        self._name.setText(unbroken(row.article.name))
        self._amount.setText(say.money(row.amount_ore))
        self.remove.setVisible(removable)
        taking = say("Remove one {name}") if row.quantity > 1 else say("Remove {name}")
        self.remove.setAccessibleName(taking.format(name=row.article.name))
        # Whoever goes through the rows by their keys hears each row whole.
        self.remove.setAccessibleDescription(f"{row.quantity}, {say.money(row.amount_ore)}")

    @property
    def name(self) -> str:
        return self._name.text()

    def clear(self) -> None:
        """Hide, and keep no words of what was bought."""
        self.line = ""
        self._name.setText("")
        self._amount.setText("")
        self.remove.setAccessibleName("")
        self.remove.setAccessibleDescription("")
        self.hide()


class EmptyCart(QWidget):
    """What a shopper reads before the first article."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        theme.fit(box, (48, 40, 48, 40), 16)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._heading = PlainLabel(theme, "", Type.HEADING, wrap=True)
        self._second = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        box.addStretch(1)
        self._icon = IconView(theme, "bag", "spruce", 112)
        box.addWidget(self._icon, 0, middle)
        for label in (self._heading, self._second):
            label.setAlignment(middle)
            box.addWidget(label)
        box.addStretch(1)
        follow(theme, self, lambda: self._fit(crowded=theme.large and theme.landscape))

    def _fit(self, *, crowded: bool) -> None:
        self._icon.setVisible(not crowded)
        self._second.setVisible(not crowded)

    def retranslate(self, say: Words) -> None:
        self._heading.setText(say("Scan your first item"))
        self._second.setText(say("Or tap it in the list of goods."))


class CartPane(QWidget):
    """The cart's card, scrolling when it is long; the newest line is kept in sight.

    Signals: ``remove_pressed(str)`` with the line.
    """

    remove_pressed = Signal(str)

    def __init__(
        self, theme: Theme, till: BuiltInTill, say: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("cart")
        self._theme, self._till, self._say = theme, till, say
        self._rows: list[CartRow] = []
        self._last_line = ""
        outer = QVBoxLayout(self)
        theme.fit(outer, (0, 0, 0, 0), 0)
        self._card = Card()
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        outer.addWidget(self._card)
        self._empty = EmptyCart(theme)
        outer.addWidget(self._empty, 1)
        self._rest = QWidget()
        outer.addWidget(self._rest, 1)
        inside = QVBoxLayout(self._card)
        theme.fit(inside, (2, 10, 2, 10), 0)
        page = QWidget()
        self._list = QVBoxLayout(page)
        theme.fit(self._list, (0, 0, 0, 0), 0)
        self._scroll = ContentScroll(page)
        follow(theme, self, self._keep_one_row)
        inside.addWidget(self._scroll)
        till.watch(self.refresh)
        self.retranslate(say)

    def _keep_one_row(self) -> None:
        """However little room there is: one whole row can be read and taken away."""
        theme = self._theme
        row = theme.touch(_REMOVE) + 2 * theme.px(_ROW_PADDING)
        self._scroll.setMinimumHeight(row + theme.px(Size.LINE))

    def retranslate(self, say: Words) -> None:
        self._say = say
        self._empty.retranslate(say)
        self.refresh()

    def refresh(self) -> None:
        """Draw the cart as the till has it."""
        rows = self._till.rows
        step = self._till.state.step
        removable = step in (PaymentStep.IDLE, PaymentStep.CART)
        while len(self._rows) < len(rows):
            self._add_row()
        for at, widget in enumerate(self._rows):
            if at < len(rows):
                widget.show_row(rows[at], self._say, first=at == 0, removable=removable)
                widget.show()
            else:
                widget.clear()
        self._card.setVisible(bool(rows))
        self._rest.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._scroll.updateGeometry()
        last = rows[-1].line if rows else ""
        if last != self._last_line:
            self._last_line = last
            self._scroll.to_end()

    def _add_row(self) -> None:
        row = CartRow(self._theme)
        row.remove.clicked.connect(lambda _=False, pressed=row: self._on_remove_clicked(pressed))
        self._list.addWidget(row)
        self._rows.append(row)

    def _on_remove_clicked(self, row: CartRow) -> None:
        name, say = row.name, self._say
        self.remove_pressed.emit(row.line)
        total = say.money(self._till.state.cart.total_ore)
        removed, to_pay = say("{name} removed", name=name), say("To pay {total}", total=total)
        announce(self, f"{removed}. {to_pay}")
