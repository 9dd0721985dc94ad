"""Would you rather talk? A card in the chat, with a yes and a no that cost nothing."""

import math

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import CallOfferAccepted, CallOfferRefused
from kiosk_app.case.view.call import CallOfferView, CallView
from kiosk_app.protocol.call import CallKind, CallReason
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Space, Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring


def privacy_text(say: Words) -> str:
    """What is said wherever a call is offered or asked for: version ``call-1`` of the words."""
    return say("We use video and voice only to help in the moment.")


def question_text(call: CallView, offer: CallOfferView, say: Words) -> str:
    """What is asked, and why."""
    if not offer.by_agent:
        return say("Would you rather talk to {name}?", name=call.agent_name)
    if offer.kind is CallKind.VOICE:
        return say("{name} would like to talk with you.", name=call.agent_name)
    match offer.reason:
        case CallReason.AGE_CHECK:
            return say("{name} needs to check your age by camera.", name=call.agent_name)
        case CallReason.VISUAL_FAULT:
            return say("{name} would like to see what is wrong.", name=call.agent_name)
        case _:
            return say("{name} would like to see what you show.", name=call.agent_name)


def _opens_text(call: CallView, offer: CallOfferView, say: Words) -> str:
    if offer.kind is CallKind.VOICE:
        return say("The microphone here is opened.")
    if call.running:
        return say("The camera here is opened.")
    return say("The camera and the microphone here are opened.")


class CallOfferCard(Card):
    """Comes up by itself, where the shopper may just be tapping: until ``armed_at`` its keys are
    grey and take no press."""

    def __init__(self, theme: Theme, clock: Clock, feed: Feed) -> None:
        super().__init__("tint")
        self.setObjectName("call_offer")
        self.hide()
        self._clock, self._feed = clock, feed
        self._ask: str | None = None
        self._armed_at = 0.0
        self._arming = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._arming.timeout.connect(self._arm)
        self._announcer = Announcer(self)
        self._icon = IconView(theme, "phone", "spruce_deep", 44)
        self._question = PlainLabel(theme, "", Type.SECOND_STRONG, wrap=True)
        self._opens = PlainLabel(theme, "", Type.SMALL, wrap=True)
        self.ring = Ring(theme, clock, size=84, width=9, style=Type.SMALL_STRONG)
        self.no = Key(theme, "", KeyKind.EDGED)
        self.no.setObjectName("call_offer_no")
        self.yes = Key(theme, "", KeyKind.PRIMARY)
        self.yes.setObjectName("call_offer_yes")
        head = QHBoxLayout()
        theme.fit(head, (0, 0, 0, 0), Space.GAP)
        head.addWidget(self._icon)
        head.addWidget(self._question, 1)
        head.addWidget(self.ring)
        self._keys = keys = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.fit(keys, (0, 0, 0, 0), Space.GAP - 4)
        keys.addWidget(self.no, 1)
        keys.addWidget(self.yes, 1)
        layout = QVBoxLayout(self)
        theme.fit(layout, (28, 20, 28, 20), 16)
        layout.addLayout(head)
        layout.addWidget(self._opens)
        layout.addLayout(keys)
        self.yes.clicked.connect(self._on_yes_clicked)
        self.no.clicked.connect(self._on_no_clicked)

    def set_stacked(self, stacked: bool) -> None:
        """Whether it stands beside the chat, narrow and high."""
        direction = QBoxLayout.Direction
        self._keys.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)

    def show_offer(self, call: CallView | None, say: Words) -> None:
        """Come and go with ``call.offer``."""
        offer = call.offer if call is not None else None
        self._ask = offer.ask if offer else None
        self._armed_at = offer.armed_at if offer else 0.0
        self._arm()
        self.ring.set_countdown(offer.answer_within if offer else None)
        self.ring.setVisible(offer is not None and offer.answer_within is not None)
        if call is not None and offer is not None:
            video = offer.kind is CallKind.VIDEO
            self._icon.set_icon("camera" if video else "phone")
            self._question.setText(question_text(call, offer, say))
            self._opens.setText(f"{_opens_text(call, offer, say)} {privacy_text(say)}")
            self.no.setText(say("No thanks"))
            self.yes.setText(say("Yes, show") if video else say("Yes, talk"))
            self.ring.set_label(say("Time to answer"))
        self.setVisible(offer is not None)
        if offer is None:
            self._announcer.tell("")
        else:
            self._announcer.tell(f"{self._question.text()} {self._opens.text()}", urgent=True)

    def wipe(self) -> None:
        self._ask = None
        self._arming.stop()
        self.ring.set_countdown(None)
        self._announcer.tell("")
        self.hide()

    def _arm(self) -> None:
        """Let the keys be pressed, as soon as the question can have been seen."""
        left = self._armed_at - self._clock.monotonic()
        armed = left <= 0
        if armed or self._ask is None:
            self._arming.stop()
        else:
            self._arming.start(math.ceil(left * 1000))
        self.no.setEnabled(armed)
        self.yes.setEnabled(armed)

    def _on_yes_clicked(self) -> None:
        if self._ask is not None:
            self._feed(CallOfferAccepted(self._ask))

    def _on_no_clicked(self) -> None:
        if self._ask is not None:
            self._feed(CallOfferRefused(self._ask))
