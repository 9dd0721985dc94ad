"""The till in two columns: what is done now, and the cart with what belongs to it.

In portrait they stand one above the other, in landscape side by side; the window places them.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.terminal import SimulatedTerminal
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.till.card_entry import CardEntryPage
from kiosk_app.ui.till.cart_pane import CartPane
from kiosk_app.ui.till.goods import Goods
from kiosk_app.ui.till.page import Page
from kiosk_app.ui.till.payment import DeclinedPage, PaidPage, PaymentPage, ReceiptPage
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.scroll import WholeScroll


class MainColumn(QWidget):
    """Goods while shopping, then one page a payment step, each built when it is first needed.

    Signals: ``room_changed()`` when another height is wanted.
    """

    room_changed = Signal()

    def __init__(
        self, theme: Theme, till: BuiltInTill, say: Words, store: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("till")
        self._theme, self._till, self._say, self._store = theme, till, say, store
        self._stack = QStackedLayout(self)
        self.goods = Goods(theme, till.shop, say)
        self.goods.expanded.connect(lambda _expanded: self.room_changed.emit())
        self._stack.addWidget(self.goods)
        self._pages: dict[PaymentStep, Page] = {}
        self._scrolls: dict[PaymentStep, WholeScroll] = {}

    @property
    def page(self) -> Page | None:
        """The payment step's page; None while shopping."""
        current = self._stack.currentWidget()
        page = current.widget() if isinstance(current, WholeScroll) else None
        return page if isinstance(page, Page) else None

    @property
    def card_entry(self) -> CardEntryPage | None:
        """The terminal's page, while it is up."""
        return self.page if isinstance(self.page, CardEntryPage) else None

    def shows_cart(self) -> bool:
        """Whether the cart is wanted beside what is shown, where there is little room."""
        return self.page is None or self.page.with_cart

    @property
    def shopping(self) -> bool:
        """Whether goods are shown, and no step of a payment."""
        return self.page is None

    def wanted_height(self, width: int, room: int) -> int:
        """How much of ``room`` px to take, at ``width`` px."""
        page = self.page
        if page is not None:
            page.box.activate()
            return min(room, page.box.totalHeightForWidth(width))
        if self._theme.landscape:
            return room
        return room * 62 // 100 if self.goods.is_expanded else self.goods.first_page_height()

    def refresh(self) -> None:
        """Show the page of the till's step, with what the till says now."""
        step = self._till.state.step
        before = self.page
        page = self._page(step)
        if page is not None:
            page.refresh()
        elif step is PaymentStep.IDLE:
            # A page that is not up keeps no word of the last shopper's purchase either.
            for each in self._pages.values():
                each.refresh()
        if page is before:
            return
        self.goods.collapse()
        self._stack.setCurrentWidget(self._scrolls[step] if page is not None else self.goods)
        self.room_changed.emit()
        focus = page.first_focus() if page is not None else None
        if focus is not None and self.isEnabled():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, say: Words) -> None:
        self._say = say
        self.goods.retranslate(say)
        for page in self._pages.values():
            page.retranslate(say)

    def _page(self, step: PaymentStep) -> Page | None:
        if step in (PaymentStep.IDLE, PaymentStep.CART):
            return None
        if step not in self._pages:
            self._pages[step] = self._make(step)
            self._scrolls[step] = WholeScroll(self._pages[step])
            self._stack.addWidget(self._scrolls[step])
        return self._pages[step]

    def _make(self, step: PaymentStep) -> Page:
        theme, till, say = self._theme, self._till, self._say
        match step:
            case PaymentStep.PAYMENT:
                payment = PaymentPage(theme, till, say)
                payment.back_pressed.connect(till.back_to_cart)
                return payment
            case PaymentStep.CARD_ENTRY:
                if not isinstance(till.terminal, SimulatedTerminal):
                    raise TypeError("a terminal with its own screen brings its own page")
                entry = CardEntryPage(theme, till, till.terminal, say)
                entry.back_pressed.connect(till.back_to_cart)
                return entry
            case PaymentStep.DECLINED:
                declined = DeclinedPage(theme, till, say)
                declined.back_pressed.connect(till.back_to_cart)
                return declined
            case PaymentStep.PAID:
                paid = PaidPage(theme, till, say)
                paid.receipt_pressed.connect(till.show_receipt)
                return paid
            case PaymentStep.RECEIPT:
                return ReceiptPage(theme, till, say, self._store)
        raise ValueError(f"step {step} has no page")


class AgeNotice(Card):
    """Why the payment is locked and what unlocks it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("help", parent)
        self.setObjectName("age_notice")
        box = QHBoxLayout(self)
        theme.fit(box, (32, 24, 32, 24), 24)
        icon = IconView(theme, "lock", "ink", 52)
        box.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._label = PlainLabel(theme, "", Type.SECOND_STRONG, wrap=True)
        box.addWidget(self._label, 1)
        self.hide()
        follow(theme, self, lambda: self._fit(theme, icon))

    def _fit(self, theme: Theme, icon: IconView) -> None:
        """In large text the words need all of it."""
        icon.setVisible(not theme.large)
        self._label.set_style(Type.SMALL_STRONG if theme.large else Type.SECOND_STRONG)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            # The cart above it gives way, for it can be scrolled.
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def show_names(self, names: list[str], say: Words) -> None:
        """Name what is locked; an empty list hides the notice."""
        text = ""
        if names:
            text = say("{name} has an age limit. Remove the item or press Help.", name=names[0])
        self._label.setText(text)
        self.setVisible(bool(names))


class CartColumn(QWidget):
    """The cart, and why it cannot be paid, if so."""

    def __init__(self, theme: Theme, till: BuiltInTill, say: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._till, self._say = till, say
        self.cart = CartPane(theme, till, say)
        self.cart.remove_pressed.connect(till.take_one)
        self._age = AgeNotice(theme)
        outer, inner = QVBoxLayout(self), QWidget()
        theme.fit(outer, (0, 0, 0, 0), 0)
        outer.addWidget(WholeScroll(inner))
        box = self._box = QVBoxLayout(inner)
        theme.fit(box, (0, 0, 0, 0), 20)
        box.addWidget(self.cart, 1)
        box.addWidget(self._age)

    def least_height(self) -> int:
        """With less it has to be scrolled."""
        return self._box.totalMinimumSize().height()

    def refresh(self) -> None:
        names = [row.article.name for row in self._till.locked_rows]
        self._age.show_names(names, self._say)

    def retranslate(self, say: Words) -> None:
        self._say = say
        self.cart.retranslate(say)
        self.refresh()
