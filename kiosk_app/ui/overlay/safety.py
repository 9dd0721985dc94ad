"""Somebody is in danger: who is coming, and whom to call."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import ClosePressed
from kiosk_app.case.presses import SafetyPressed
from kiosk_app.case.view.screen import View
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Size, Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel


class SafetyKey(Key):
    """The way here; on every level of the menu, in the queue, and where something has failed."""

    def __init__(self, theme: Theme, feed: Feed) -> None:
        super().__init__(
            theme,
            "",
            KeyKind.STOP_OUTLINE,
            height=Size.KEY,
            style=Type.SECOND_STRONG,
            icon="warning",
            icon_size=36,
        )
        self.setObjectName("safety_lane")
        self.clicked.connect(lambda _=False: feed(SafetyPressed()))

    def retranslate(self, say: Words) -> None:
        self.setText(say("I am locked in, afraid or hurt"))


class SafetyScreen(SheetScreen):
    """What is happening first; whom to call is there whatever happens."""

    tall = False

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self.setObjectName("safety")
        self._announcer = Announcer(self)
        self._status = PlainLabel(theme, "", Type.BODY, wrap=True)
        self._status.setObjectName("safety_status")
        self.call = Card("danger")
        self.call.setObjectName("safety_call")
        self._emergency = PlainLabel(theme, "", Type.TITLE, wrap=True)
        self._shop = PlainLabel(theme, "", Type.HEADING, wrap=True)
        words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 12)
        words.addWidget(self._emergency)
        words.addWidget(self._shop)
        row = QHBoxLayout(self.call)
        theme.fit(row, (40, 36, 40, 36), 40)
        row.addWidget(IconView(theme, "phone", "stop", 120), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        self.back = Key(theme, "", KeyKind.QUIET, height=Size.KEY_LARGE)
        self.back.setObjectName("safety_back")
        self.back.clicked.connect(lambda _=False: feed(ClosePressed()))
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 8, 0, 0), 28)
        layout.addWidget(self._status)
        layout.addWidget(self.call)
        layout.addWidget(self.back)
        self.retranslate(say)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self._emergency.setText(say("In danger, call 112."))
        self.back.setText(say("Back to the queue"))

    def show_part(self, view: View) -> None:
        safety = view.safety
        if safety is None:
            self._announcer.tell("")
            return
        say = self._say
        self._shop.setText(say("The shop: {number}", number=safety.number))
        self._shop.setVisible(bool(safety.number))
        self._status.setText(
            say("You are first. A person answers here, by voice or in writing.")
            if safety.reached
            else say("Stay here if it is safe. We try again all the time.")
        )
        lines = (self.heading(view), self._emergency.text(), self._status.text())
        self._announcer.tell(" ".join(lines), urgent=True)

    def heading(self, view: View) -> str:
        if view.safety is not None and not view.safety.reached:
            return self._say("We reach nobody right now.")
        return self._say("We are getting a person for you.")

    def first_focus(self) -> QWidget:
        return self.back

    def wipe(self) -> None:
        self._announcer.tell("")
