"""The foot: what it costs, how to pay, and Hjälp. Lit and in place on every screen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kiosk_app.base.language import Words
from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.theme.theme import Theme, follow, paint_shadow
from kiosk_app.ui.theme.tokens import Size, Space, Type
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel


class Foot(QWidget):
    """Total and pay key at the left, Hjälp at the bottom right corner.

    Signals: ``pay_pressed()``.
    """

    pay_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        till: BuiltInTill,
        help_button: HelpButton,
        say: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._till, self._say = theme, till, say
        self._label = PlainLabel(theme, "", Type.SECOND, tone="second")
        self._total = PlainLabel(theme, "", Type.TOTAL, tabular=True)
        self._total.setObjectName("cart_total")
        self._pay = Key(theme, "", KeyKind.PRIMARY, height=Size.KEY_LARGE, style=Type.NAME)
        self._pay.setObjectName("pay_button")
        self._pay.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pay.setMinimumWidth(1)  # a long word here must never push Hjälp out of its place
        self._pay.clicked.connect(lambda _=False: self.pay_pressed.emit())
        self.help = help_button
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(0, 1)
        follow(theme, self, self._on_theme_changed)
        self.help.variant_changed.connect(self._on_theme_changed)
        till.watch(self.refresh)
        self.refresh()

    def _on_theme_changed(self) -> None:
        for widget in (self._label, self._total, self._pay, self.help):
            self._grid.removeWidget(widget)
        bottom = Qt.AlignmentFlag.AlignBottom
        side, px = Space.MARGIN, self._theme.px
        if self._theme.landscape:
            # Beside a Hjälp of full size there is no room for the sum: it stands above both.
            self._total.set_style(Type.HEADING if self._theme.large else Type.TITLE)
            self._grid.addWidget(self._label, 0, 0, bottom)
            # Over both columns, so that a long sum takes nothing from the keys below it.
            self._grid.addWidget(self._total, 0, 0, 1, 2, bottom | Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(self._pay, 1, 0)
            self._grid.addWidget(self.help, 1, 1, Qt.AlignmentFlag.AlignRight)
            self._pay.setFixedHeight(self.help.sizeHint().height())
            self._grid.setContentsMargins(0, px(16), px(side), px(side))
        else:
            self._total.set_style(Type.TOTAL)
            self._grid.addWidget(self._label, 0, 0, bottom)
            self._grid.addWidget(self._total, 1, 0)
            self._grid.addWidget(self._pay, 2, 0, bottom)
            self._grid.addWidget(self.help, 0, 1, 3, 1, bottom)
            self._pay.setFixedHeight(self._theme.touch(Size.KEY_LARGE))
            self._grid.setContentsMargins(px(side), px(24), px(side), px(side))
        self._grid.setHorizontalSpacing(px(Space.GAP))
        self._grid.setVerticalSpacing(px(16 if self._theme.landscape else 8))

    def retranslate(self, say: Words) -> None:
        self._say = say
        self.refresh()

    def refresh(self) -> None:
        """Say the sum and the next step as the till has them."""
        say, state = self._say, self._till.state
        paid = state.step.bought
        self._label.setText(say("Paid") if paid else say("To pay"))
        self._total.setText(say.money(state.cart.total_ore))
        self._pay.setText(self._pay_text(state.step))
        self._fit_pay()
        locked = bool(self._till.locked_rows) or state.cart.empty
        entering = state.step is PaymentStep.CARD_ENTRY
        self._pay.setEnabled(not entering and (paid or not locked))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pay()

    def _fit_pay(self) -> None:
        """The largest words that its height has room for: the foot does not move for them."""
        for style in (Type.NAME, Type.SECOND_STRONG, Type.SMALL_STRONG):
            self._pay.set_style(style)
            if self._pay.words_height() <= self._pay.height():
                break

    def _pay_text(self, step: PaymentStep) -> str:
        say = self._say
        match step:
            case PaymentStep.IDLE | PaymentStep.CART:
                return say("Pay by card")
            case PaymentStep.PAYMENT:
                return say("To the terminal")
            case PaymentStep.CARD_ENTRY:
                return say("Follow the terminal")
            case PaymentStep.DECLINED:
                return say("Try again")
            case PaymentStep.PAID | PaymentStep.RECEIPT:
                return say("Finish")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.help.isVisible():
            paint_shadow(painter, self.help.geometry(), self._theme, Size.RADIUS_KEY)
        painter.end()
