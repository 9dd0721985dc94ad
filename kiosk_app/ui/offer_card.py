"""Help that is offered: one sentence that fits what happened, a yes and a no."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.case.presses import OfferAccepted, OfferDismissed
from kiosk_app.case.view.visit import OfferView
from kiosk_app.protocol.shared import HelpReason
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Space, Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel


def offer_text(reason: HelpReason, say: Words) -> str:
    """What is offered, in the shopper's words."""
    match reason:
        case HelpReason.DECLINES:
            return say("The card was declined twice. Would you like help?")
        case HelpReason.PAYMENT_IDLE:
            return say("Would you like help to pay?")
        case HelpReason.SCANS:
            return say("Does the item not scan? We can help you.")
        case HelpReason.AGE:
            return say("One item has an age limit. We can check it now.")


class OfferCard(Card):
    """Above Hjälp while help is offered. It takes no focus: nothing may happen by itself."""

    def __init__(self, theme: Theme, feed: Feed, say: Words, parent: QWidget) -> None:
        super().__init__("help", parent)
        self.setObjectName("help_offer")
        self._say = say
        self._view: OfferView | None = None
        self._announcer = Announcer(self)
        self._text = PlainLabel(theme, "", Type.NAME, wrap=True)
        self.yes = Key(theme, "", KeyKind.HELP)
        self.yes.setObjectName("help_offer_yes")
        self.no = Key(theme, "", KeyKind.EDGED)
        self.no.setObjectName("help_offer_no")
        head = QHBoxLayout()
        theme.fit(head, (0, 0, 0, 0), 24)
        icon = IconView(theme, "chat", "ink", 64)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._text, 1)
        keys = QHBoxLayout()
        theme.fit(keys, (0, 0, 0, 0), Space.GAP)
        keys.addWidget(self.no, 1)
        keys.addWidget(self.yes, 1)
        box = QVBoxLayout(self)
        theme.fit(box, (32, 28, 32, 28), 24)
        box.addLayout(head)
        box.addLayout(keys)
        self.yes.clicked.connect(lambda _=False: feed(OfferAccepted()))
        self.no.clicked.connect(lambda _=False: feed(OfferDismissed()))
        self.hide()
        self.retranslate(say)
        follow(theme, self, lambda: self._fit(theme, icon))

    def _fit(self, theme: Theme, icon: IconView) -> None:
        """In large text the words need all of it."""
        icon.setVisible(not theme.large)
        self._text.set_style(Type.SMALL_STRONG if theme.large else Type.NAME)
        for key in (self.no, self.yes):
            key.set_style(Type.SMALL_STRONG if theme.large else Type.KEY)

    def retranslate(self, say: Words) -> None:
        self._say = say
        self.yes.setText(say("Yes, help me"))
        self.no.setText(say("No, thank you"))
        self._tell()

    def show_offer(self, view: OfferView | None) -> None:
        """Draw ``view``; None takes the card away."""
        self._view = view
        self._tell()
        self.setVisible(view is not None)
        if view is not None:
            self.raise_()

    def _tell(self) -> None:
        text = offer_text(self._view.reason, self._say) if self._view is not None else ""
        self._text.setText(text)
        self._announcer.tell(text)
