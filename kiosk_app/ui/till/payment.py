"""The steps round a payment: before it, after a no, after a yes, and the receipt."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Type
from kiosk_app.ui.till.page import ABOVE, SIDE, Page
from kiosk_app.ui.widgets.card import Separator
from kiosk_app.ui.widgets.key import Key
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.scroll import ContentScroll


class PaymentPage(Page):
    """A last look at the cart. The way forward is the key in the foot.

    Signals: ``back_pressed()``.
    """

    with_cart = True
    back_pressed = Signal()

    def __init__(self, theme: Theme, till: BuiltInTill, say: Words) -> None:
        super().__init__(theme, till, say, "card")
        self._back = Key(theme, "")
        self._back.setObjectName("payment_back")
        self._back.clicked.connect(lambda _=False: self.back_pressed.emit())
        self.add_keys(self._back)
        self.retranslate(say)

    def refresh(self) -> None:
        say = self._say
        total = say.money(self._till.state.cart.total_ore)
        self.heading.setText(say("You pay {total}", total=total))
        self.second.setText(say("Check your goods, then go on to the card terminal."))
        self._back.setText(say("Back to the goods"))


class DeclinedPage(Page):
    """The terminal said no: what is safe, and what to do.

    Signals: ``back_pressed()``.
    """

    with_cart = True
    back_pressed = Signal()

    def __init__(self, theme: Theme, till: BuiltInTill, say: Words) -> None:
        super().__init__(theme, till, say, "warning", "stop")
        self._back = Key(theme, "")
        self._back.setObjectName("declined_back")
        self._back.clicked.connect(lambda _=False: self.back_pressed.emit())
        self.add_keys(self._back)
        self.retranslate(say)

    def refresh(self) -> None:
        say = self._say
        self.heading.setText(say("The card was declined"))
        self.second.setText(
            say("No money was taken and your cart stays. Try again, or press Help.")
        )
        self._back.setText(say("Back to the goods"))


class PaidPage(Page):
    """It is paid.

    Signals: ``receipt_pressed()``.
    """

    receipt_pressed = Signal()

    def __init__(self, theme: Theme, till: BuiltInTill, say: Words) -> None:
        super().__init__(theme, till, say, "check")
        self._receipt = Key(theme, "")
        self._receipt.setObjectName("show_receipt")
        self._receipt.clicked.connect(lambda _=False: self.receipt_pressed.emit())
        self.add_keys(self._receipt)
        self.retranslate(say)

    def refresh(self) -> None:
        say = self._say
        total = say.money(self._till.state.cart.total_ore)
        self.heading.setText(say("Thank you! {total} is paid.", total=total))
        self.second.setText(say("Do not forget your goods. Press Finish when you are done."))
        self._receipt.setText(say("Show the receipt"))

    def first_focus(self) -> QWidget | None:
        return self._receipt


class ReceiptPage(Page):
    """What was bought, line by line.

    The scroll bar has a lane of its own beside the rows, in the page's margin, so that prices and
    total end in one line whether or not the list is long enough to scroll.
    """

    def __init__(self, theme: Theme, till: BuiltInTill, say: Words, store: str) -> None:
        super().__init__(theme, till, say, "check")
        self._store = store
        self._rows: list[tuple[QWidget, PlainLabel, PlainLabel]] = []
        theme.fit(self.box, (SIDE, ABOVE, SIDE - Size.SCROLL_BAR, ABOVE))
        theme.fit(self.head, (0, 0, Size.SCROLL_BAR, 0))
        self._add_line()
        page = QWidget()
        self._list = QVBoxLayout(page)
        theme.fit(self._list, (0, 0, 0, 0), 10)
        self._scroll = ContentScroll(page)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._keep_lane)
        follow(theme, self._list, self._keep_lane)
        self.box.addWidget(self._scroll)
        self._add_line()
        self._sum = self._add_row(self.box, Type.KEY, lane=Size.SCROLL_BAR)
        self.retranslate(say)

    def _keep_lane(self) -> None:
        """Leave the lane free beside the rows while there is no scroll bar in it."""
        scrolls = self._scroll.verticalScrollBar().maximum() > 0
        lane = 0 if scrolls else self._theme.px(Size.SCROLL_BAR)
        self._list.setContentsMargins(0, 0, lane, 0)

    def _add_line(self) -> None:
        row = QHBoxLayout()
        self._theme.fit(row, (0, 0, Size.SCROLL_BAR, 0))
        row.addWidget(Separator(self._theme))
        self.box.addLayout(row)

    def _add_row(
        self, where: QVBoxLayout, style: Type, *, lane: int = 0
    ) -> tuple[QWidget, PlainLabel, PlainLabel]:
        row = QWidget()
        box = QHBoxLayout(row)
        self._theme.fit(box, (0, 0, lane, 0), 24)
        what = PlainLabel(self._theme, "", style, wrap=True)
        amount = PlainLabel(self._theme, "", style, tabular=True)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(what, 1)
        box.addWidget(amount)
        where.addWidget(row)
        return row, what, amount

    def refresh(self) -> None:
        say, cart = self._say, self._till.state.cart
        self.heading.setText(say("Receipt"))
        self.second.setText(self._store)
        while len(self._rows) < len(cart.lines):
            self._rows.append(self._add_row(self._list, Type.SECOND))
        for at, (row, what, amount) in enumerate(self._rows):
            row.setVisible(at < len(cart.lines))
            # A hidden row keeps no words of the last shopper's cart either.
            line = cart.lines[at] if at < len(cart.lines) else None
            what.setText(f"{line.quantity} {line.name}" if line else "")
            amount.setText(say.money(line.amount_ore) if line else "")
        self._sum[1].setText(say("Paid by card"))
        self._sum[2].setText(say.money(cart.total_ore))
