"""When it cannot go on: what happened, what is safe, what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import CallbackPressed, CallKioskPressed, ClosePressed, RetryPressed
from kiosk_app.case.view.ending import FailureView
from kiosk_app.case.view.screen import View
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.opening import opening_text
from kiosk_app.ui.overlay.callback import promise_text
from kiosk_app.ui.overlay.safety import SafetyKey
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.sensitive import mark_private
from kiosk_app.ui.theme.theme import Theme, follow, row_or_column
from kiosk_app.ui.theme.tokens import Size, Space, Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring


class SavingScreen(SheetScreen):
    """What happened, at once; the promise about the cart follows when that is on disk."""

    tall = False

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self.setObjectName("saving_notice")
        self._announcer = Announcer(self)
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 60, 0, 80), 28)
        layout.addWidget(IconView(theme, "bag", "spruce", 140), 0, Qt.AlignmentFlag.AlignHCenter)
        self._text = PlainLabel(theme, "", Type.BODY, tone="second", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._text)
        self.retranslate(say)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self._text.setText(say("We are saving your cart…"))

    def show_part(self, view: View) -> None:
        self._announcer.tell(self.heading(view), urgent=True)

    def heading(self, view: View) -> str:
        return self._say("Technical fault, we call you.")

    def wipe(self) -> None:
        self._announcer.tell("")


class FailureScreen(SheetScreen):
    """The notice with the cart's code and the time it is kept."""

    tall = False
    lasts_when_low = True

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self.setObjectName("failure_notice")
        self._failure: FailureView | None = None
        self._announcer = Announcer(self)
        self._what = PlainLabel(theme, "", Type.NAME, wrap=True)
        self.kept = Card("help")
        self.ring = Ring(theme, clock, size=220, width=18, style=Type.TITLE, track="line")
        self._code_is = PlainLabel(theme, "", Type.SECOND, wrap=True)
        self.code = PlainLabel(theme, "", Type.TOTAL, tabular=True)
        self.code.setObjectName("cart_code_shown")
        mark_private(self.code)
        kept = QHBoxLayout(self.kept)
        theme.fit(kept, (40, 36, 40, 36), 48)
        kept.addWidget(self.ring)
        words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 8)
        words.addStretch(1)
        words.addWidget(self._code_is)
        words.addWidget(self.code)
        words.addStretch(1)
        kept.addLayout(words, 1)
        self._where = PlainLabel(theme, "", Type.BODY, wrap=True)
        self._safe = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        self.callback = Key(
            theme, "", KeyKind.HELP, height=Size.KEY_LARGE, style=Type.SECOND_STRONG, icon="phone"
        )
        self.callback.setObjectName("callback_open")
        self.call_here = Key(
            theme, "", KeyKind.QUIET, height=Size.KEY_LARGE, style=Type.SECOND_STRONG
        )
        self.call_here.setObjectName("callback_kiosk")
        self.retry = Key(theme, "", KeyKind.QUIET, height=Size.KEY_LARGE, icon="retry")
        self.retry.setObjectName("failure_retry")
        self.back = Key(theme, "", KeyKind.PRIMARY, height=Size.KEY_LARGE)
        self.back.setObjectName("failure_back")
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 8, 0, 0), 24)
        layout.addWidget(self._what)
        layout.addWidget(self.kept)
        layout.addWidget(self._where)
        layout.addWidget(self._safe)
        ways = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        theme.fit(ways, (0, 8, 0, 0), Space.GAP)
        calls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row_or_column(theme, calls)
        theme.fit(calls, (0, 0, 0, 0), Space.GAP)
        calls.addWidget(self.callback, 4)
        calls.addWidget(self.call_here, 5)
        ways.addLayout(calls, 7)
        keys = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row_or_column(theme, keys)
        theme.fit(keys, (0, 0, 0, 0), Space.GAP)
        keys.addWidget(self.retry, 1)
        keys.addWidget(self.back, 1)
        ways.addLayout(keys, 6)
        layout.addLayout(ways)
        self.safety = self.lasting = SafetyKey(theme, feed)
        layout.addWidget(self.safety)
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        follow(
            theme,
            self,
            lambda: ways.setDirection(beside if theme.landscape and not theme.large else below),
        )
        self.callback.clicked.connect(lambda: feed(CallbackPressed()))
        self.call_here.clicked.connect(lambda: feed(CallKioskPressed()))
        self.retry.clicked.connect(lambda: feed(RetryPressed()))
        self.back.clicked.connect(lambda: feed(ClosePressed()))
        self.retranslate(say)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self.safety.retranslate(say)
        self._code_is.setText(say("Your code, if someone else comes before you"))
        self.call_here.setText(say("Call the kiosk's screen"))
        self.retry.setText(say("Try again"))
        self.back.setText(say("Back to the till"))
        self.ring.set_label(say("Time that your cart is kept"))

    def show_part(self, view: View) -> None:
        failure = self._failure = view.failure
        say = self._say
        if failure is None:
            self._announcer.tell("")
            return
        saved = failure.hold is not None
        self.kept.setVisible(saved)
        self.ring.set_countdown(failure.hold)
        self.code.setText(" ".join(failure.code or ""))
        if saved:
            self._what.setText(say("Technical fault, we call you. Your cart is kept for 5 min."))
            self._where.setText(say('You find "Fetch your cart" on the start screen.'))
        elif view.paid:
            self._what.setText(say("Technical fault, we call you."))
            self._where.setText(say("You have paid, and your receipt stays."))
        elif failure.empty_cart:
            self._what.setText(say("Technical fault, we call you."))
            self._where.setText(say("Your cart is empty, so nothing is lost."))
        else:
            self._what.setText(say("Technical fault, we call you. Your cart could not be saved."))
            self._where.setText(say("Your goods are still on the screen. Stay here if you can."))
        call = promise_text(failure.call, say) if failure.call else ""
        safe = call or self._safe_text(view, retry=failure.retry)
        opening = "" if failure.retry else opening_text(view.opening, say)
        self._safe.setText(" ".join(filter(None, (safe, opening))))
        self.callback.setText(say("Change the number") if call else say("Leave a number"))
        self.call_here.setVisible(not call)
        self.retry.setVisible(failure.retry)
        # Without the code: who stands behind must not learn it.
        self._announcer.tell(self._what.text(), urgent=True)

    def _safe_text(self, view: View, *, retry: bool) -> str:
        if retry:
            return self._say("You can try again.")
        if view.paid:
            return self._say("Do not forget your goods. Press Finish when you are done.")
        return self._say("You can keep shopping and pay as usual.")

    def heading(self, view: View) -> str:
        back = view.failure is not None and view.failure.retry
        return self._say("Contact is back") if back else self._say("We have lost contact")

    def second(self, view: View) -> str:
        return self._say("It is not your fault.")

    def first_focus(self) -> QWidget:
        return self.retry if self._failure and self._failure.retry else self.callback

    def wipe(self) -> None:
        self._failure = None
        self._announcer.tell("")
        self.code.setText("")
        self.ring.set_countdown(None)
