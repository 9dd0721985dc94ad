""" "Hämta din korg": the kept cart, with one tap in its own visit and by its code in another.

What is in the cart is not told before it is back.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import CartCodeEntered, CartRestorePressed
from kiosk_app.case.view.visit import RestoreView, RestoreWay
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.sensitive import mark_sensitive
from kiosk_app.ui.theme.theme import Theme, follow, row_or_column
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.field import TextField
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.number_pad import NumberPad
from kiosk_app.ui.widgets.ring import Ring

_CODE_DIGITS = 4


class RestoreCard(Card):
    """Shown on the till while a cart is kept. Feeds CartRestorePressed or CartCodeEntered.

    Beside a cart that has been begun the way by code is one line, until its key is pressed.

    Signals: ``room_changed()`` when another height is needed.
    """

    room_changed = Signal()

    def __init__(
        self, theme: Theme, clock: Clock, feed: Feed, say: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__("plain", parent)
        self._theme, self._feed, self._say = theme, feed, say
        self._view: RestoreView | None = None
        self._wrong = self._begun = self._opened = False
        outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        theme.fit(outer, (36, 32, 36, 32), 20)
        box = QVBoxLayout()
        theme.fit(box, (0, 0, 0, 0), 20)
        outer.addLayout(box, 2)
        self._head = head = QHBoxLayout()
        theme.fit(head, (0, 0, 0, 0), 28)
        self._ring = Ring(theme, clock, size=132, width=10, style=Type.SECOND_STRONG)
        head.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 4)
        self._heading = PlainLabel(theme, "", Type.NAME, wrap=True)
        self._second = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        words.addStretch(0)
        words.addWidget(self._heading)
        words.addWidget(self._second)
        words.addStretch(1)
        self._words = words
        head.addLayout(words, 1)
        box.addLayout(head)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row_or_column(theme, row)
        theme.fit(row, (0, 0, 0, 0), 20)
        self._code = TextField(theme)
        self._code.setObjectName("cart_code")
        self._code.setMaxLength(_CODE_DIGITS)
        self._code.setValidator(QRegularExpressionValidator("[0-9]{0,4}", self._code))
        self._code.textChanged.connect(self._on_code_changed)
        self._code.returnPressed.connect(self._on_fetch_clicked)
        self._fetch = Key(theme, "", KeyKind.PRIMARY)
        self._fetch.setObjectName("cart_restore")
        self._fetch.clicked.connect(lambda _=False: self._on_fetch_clicked())
        row.addWidget(self._code, 1)
        row.addWidget(self._fetch, 1)
        box.addLayout(row)
        self._pad = NumberPad(theme, say, key_height=88)
        self._pad.digit_pressed.connect(self._code.insert)
        self._pad.erase_pressed.connect(self._code.backspace)
        outer.addWidget(self._pad, 2)
        # A wide window has no height to spare for the keys below.
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        follow(theme, outer, lambda: outer.setDirection(beside if theme.landscape else below))
        # Digits can be narrower than large words.
        follow(theme, outer, lambda: outer.setStretch(0, 3 if theme.large else 2))
        # It may be another shopper's cart, and a share may be running: four digits are its key.
        mark_sensitive(self._code)
        mark_sensitive(self._pad)
        self.hide()
        self.retranslate(say)

    def show_restore(self, view: RestoreView | None, *, wrong: bool = False) -> None:
        """Draw ``view``; None hides the card. ``wrong``: the code just entered was not it."""
        if view is None or (self._view is not None and wrong and not self._wrong):
            self._code.forget()
        self._view, self._wrong = view, wrong
        self._ring.set_countdown(view.hold if view else None)
        if view is not None:
            self._arrange(view)
            self._tell()
        else:
            self._opened = False

    def set_begun(self, begun: bool) -> None:
        """Whether the shopper at the till has goods of their own in it."""
        if begun != self._begun:
            self._begun, self._opened = begun, False
            if self._view is not None:
                self._arrange(self._view)

    @property
    def _brief(self) -> bool:
        by_code = self._view is not None and self._view.way is RestoreWay.CODE
        return by_code and self._begun and not self._opened

    def _arrange(self, view: RestoreView) -> None:
        by_code, brief = view.way is RestoreWay.CODE, self._brief
        self._code.setVisible(by_code and not brief)
        self._pad.setVisible(by_code and not brief)
        # Large words beside the digits leave no room for it.
        crowded = by_code and self._theme.large and self._theme.landscape
        self._ring.setVisible(not brief and not crowded)
        self._second.set_style(Type.SMALL if crowded else Type.SECOND)
        self._second.setVisible(not brief)
        # One line stands level with the key beside it, two begin level with the ring.
        self._words.setStretch(0, 1 if brief else 0)
        if brief:
            self._head.addWidget(self._fetch)
        else:
            self._row.addWidget(self._fetch, 1)
        self._on_code_changed()

    def height_for(self, width: int) -> int:
        """What the card needs at ``width`` px."""
        layout = self.layout()
        if layout is None:
            return 0
        layout.activate()
        return layout.totalHeightForWidth(width)

    def forget(self) -> None:
        """Drop what was typed."""
        self._code.forget()
        self._opened = False

    def retranslate(self, say: Words) -> None:
        self._say = say
        self._pad.retranslate(say)
        self._ring.set_label(say("How long your cart is kept"))
        self._code.set_placeholder(say("Your four digits"))
        self._fetch.setText(say("Fetch your cart"))
        self._heading.setText(say("A cart is waiting here"))
        self._tell()

    def _tell(self) -> None:
        say, view = self._say, self._view
        by_code = view is not None and view.way is RestoreWay.CODE
        if view is None or not by_code:
            self._second.setText(say("It is kept for five minutes."))
        elif self._wrong:
            self._second.setText(
                say.count(
                    "That code is not right. You have {n} try left.",
                    "That code is not right. You have {n} tries left.",
                    view.tries_left,
                )
            )
        else:
            self._second.setText(say("Enter the code that you were given."))
        self._second.set_tone("stop" if by_code and self._wrong else "second")
        self._on_code_changed()

    def _on_code_changed(self) -> None:
        by_code = self._view is not None and self._view.way is RestoreWay.CODE
        self._fetch.setEnabled(
            not by_code or self._brief or len(self._code.text()) == _CODE_DIGITS
        )

    def _on_fetch_clicked(self) -> None:
        if self._view is None or not self._fetch.isEnabled():
            return
        if self._brief:
            self._opened = True
            self._arrange(self._view)
            self.room_changed.emit()
            self._code.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._view.way is RestoreWay.ONE_TAP:
            self._feed(CartRestorePressed())
        else:
            code = self._code.text()
            self._code.forget()
            self._feed(CartCodeEntered(code))
