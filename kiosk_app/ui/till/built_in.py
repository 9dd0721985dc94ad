"""The built-in till in the window: goods or a step of the payment, the cart, and the foot."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk_app.base.language import Words
from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.till.builtin import BuiltInTill, ScanKind
from kiosk_app.till.shop import Article
from kiosk_app.ui.announce import announce
from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.placing import Places
from kiosk_app.ui.scan_text import scan_text
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.columns import CartColumn, MainColumn
from kiosk_app.ui.till.foot import Foot
from kiosk_app.ui.till.surface import Surface

_LEAST_CART = 160  # with less than a row's height there is nothing to be read in it


class BuiltInSurface(Surface):
    """What the shopper does here goes to ``till``. ``store`` is the name on the receipt."""

    def __init__(
        self,
        theme: Theme,
        say: Words,
        help_button: HelpButton,
        window: QWidget,
        *,
        till: BuiltInTill,
        store: str,
    ) -> None:
        self._till, self._say = till, say
        self._main = MainColumn(theme, till, say, store, window)
        self._column = CartColumn(theme, till, say, window)
        foot = Foot(theme, till, help_button, say, window)
        super().__init__(theme, foot, (self._main, self._column))
        self._foot = foot
        foot.pay_pressed.connect(self._on_pay_pressed)
        self._main.goods.article_pressed.connect(self._on_article_pressed)
        self._main.room_changed.connect(self.room_changed)

    @property
    def shopping(self) -> bool:
        return self._main.shopping

    def refresh(self) -> None:
        self._main.refresh()
        self._column.refresh()

    def retranslate(self, say: Words) -> None:
        self._say = say
        for part in (self._main, self._column, self._foot):
            part.retranslate(say)

    def wipe(self) -> None:
        self._main.goods.collapse()

    def scan(self, untrusted_text: str) -> None:
        result = self._till.scan(untrusted_text)
        self._tell_scan(result.kind, result.article)

    def take_key(self, event: QKeyEvent) -> bool:
        page = self._main.card_entry
        return page is not None and page.take_key(event)

    def cover(self, covered: bool) -> None:
        self._main.setEnabled(not covered)
        # In landscape the cart is beside the sheet and stays in use.
        self._column.setEnabled(not covered or self.theme.landscape)

    def place(self, places: Places, *, restoring: bool) -> Places:
        theme = self.theme
        room = places.content.height()
        goods = self._main.goods
        high = self._main.wanted_height(places.content.width(), room)
        if theme.landscape:
            rows = max(goods.one_row(), goods.whole_rows(room))
            places = places.with_main(rows if restoring else high)
        else:
            self._column.setVisible(self._main.shows_cart())
            if restoring:
                # The kept cart comes first; goods give way by whole rows, down to one.
                rows_room = room - self._column.least_height()
                high = max(goods.one_row(), goods.whole_rows(min(high, rows_room)))
            places = places.with_column_below(high, theme.px(24) if high else 0)
            if theme.large and places.column.height() < theme.px(_LEAST_CART):
                self._column.hide()
        self._main.setGeometry(places.main)
        self._column.setGeometry(places.column)
        return super().place(places, restoring=restoring)

    def _on_article_pressed(self, article: Article) -> None:
        self._tell_scan(self._till.add(article).kind, article)

    def _tell_scan(self, kind: ScanKind, article: Article | None) -> None:
        text = scan_text(kind, self._till.state.step, self._say)
        self.told.emit(text)
        if kind in (ScanKind.UNKNOWN, ScanKind.MISREAD):
            self.happened.emit("scan_failed")
        if not text and article is not None:
            price = self._say.money(article.price_ore)
            announce(self._main, f"{article.name}, {price}. {self._sum()}")

    def _sum(self) -> str:
        total = self._say.money(self._till.state.cart.total_ore)
        return self._say("To pay {total}", total=total)

    def _on_pay_pressed(self) -> None:
        self.till_wanted.emit()
        match self._till.state.step:
            case PaymentStep.CART:
                self._till.pay()
            case PaymentStep.PAYMENT:
                self._till.open_card_entry()
            case PaymentStep.DECLINED:
                self._till.try_again()
            case PaymentStep.PAID | PaymentStep.RECEIPT:
                self.finish_pressed.emit()
            case _:
                return
