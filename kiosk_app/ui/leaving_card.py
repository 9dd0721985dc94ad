"""Is anyone there? Said by a ring that empties, by a soft sound and in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.presses import StayPressed
from kiosk_app.case.view.visit import LeavingView
from kiosk_app.ui.announce import announce
from kiosk_app.ui.chime import Chime
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Size, Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring, time_left_text

_AGAIN_SECONDS = 10.0  # half the time: once more, for whoever looked away


class LeavingCard(Card):
    """Over everything but Hjälp while the visit runs out. Any touch or key is a yes; the key
    that says so has the focus meanwhile."""

    def __init__(
        self, theme: Theme, clock: Clock, feed: Feed, say: Words, chime: Chime, parent: QWidget
    ) -> None:
        super().__init__("asking", parent)
        self.setObjectName("leaving")
        self._clock, self._say, self._chime = clock, say, chime
        self._view: LeavingView | None = None
        self._before: QWidget | None = None
        self._again = False
        self.ring = Ring(theme, clock, size=180, width=14, style=Type.HEADING)
        self._question = PlainLabel(theme, "", Type.HEADING, wrap=True)
        self._why = PlainLabel(theme, "", Type.BODY, tone="second", wrap=True)
        self.stay = Key(theme, "", KeyKind.PRIMARY, height=Size.KEY_LARGE)
        self.stay.setObjectName("stay")
        words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 8)
        words.addStretch(1)
        words.addWidget(self._question)
        words.addWidget(self._why)
        words.addStretch(1)
        head = QHBoxLayout()
        theme.fit(head, (0, 0, 0, 0), 40)
        head.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(words, 1)
        box = QVBoxLayout(self)
        theme.fit(box, (40, 36, 40, 36), 28)
        box.addLayout(head)
        box.addWidget(self.stay)
        self.ring.ticked.connect(self._on_ring_ticked)
        self.stay.clicked.connect(lambda _=False: feed(StayPressed()))
        self.hide()
        self.retranslate(say)

    def retranslate(self, say: Words) -> None:
        self._say = say
        self._question.setText(say("Are you still there?"))
        self.stay.setText(say("I am still here"))
        self.ring.set_label(say("Time until the screen starts over"))
        self._tell()

    def show_leaving(self, view: LeavingView | None) -> None:
        """Draw ``view``; None takes the card away and gives the focus back."""
        before, self._view = self._view, view
        self.ring.set_countdown(view.left if view is not None else None)
        self._tell()
        if view is None:
            self._leave()
        elif before is None:
            self._come(view)

    def _come(self, view: LeavingView) -> None:
        self._before = QApplication.focusWidget()
        self._again = False
        self.show()
        self.raise_()
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)
        self._call(view)

    def _leave(self) -> None:
        had_focus = self.stay.hasFocus()
        self.hide()
        before, self._before = self._before, None
        if had_focus and before is not None and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _call(self, view: LeavingView) -> None:
        self._chime.play()
        left = time_left_text(view.left.left(self._clock.monotonic()))
        say = self._say
        now = say("Touch the screen or press a key within {time}.", time=left)
        announce(self, f"{self._question.text()} {now}", urgent=True)

    def _tell(self) -> None:
        say, cart = self._say, self._view is not None and self._view.cart
        self._why.setText(
            say("Soon we empty the cart for the next customer.")
            if cart
            else say("Soon we start over for the next customer.")
        )

    def _on_ring_ticked(self, left: float) -> None:
        view = self._view
        if view is not None and 0 < left <= _AGAIN_SECONDS and not self._again:
            self._again = True
            self._call(view)
