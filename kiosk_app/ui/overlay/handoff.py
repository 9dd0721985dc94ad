"""On to the phone: the code to point it at, and that the case is there now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import ClosePressed, HandoffPressed
from kiosk_app.case.view.handoff import HandoffState, HandoffView
from kiosk_app.case.view.screen import View
from kiosk_app.protocol.handoff import LeftCart
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.overlay.qr import QrCode
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.sensitive import mark_sensitive
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Space, Type
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring


class HandoffScreen(SheetScreen):
    """The code with the time it is good for, and what happens when it is used.

    Never in a shared picture: whoever reads the code has the case.
    """

    tall = False

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self._handoff: HandoffView | None = None
        self._announcer = Announcer(self)
        self.qr = QrCode(theme, "handoff_qr", 460)
        mark_sensitive(self.qr)
        self._none = IconView(theme, "mobile", "spruce", 220)
        self.state = PlainLabel(theme, "", Type.HEADING, wrap=True)
        self.state.setObjectName("handoff_state")
        self.ring = Ring(theme, clock, size=150, width=14, style=Type.SECOND_STRONG)
        self._how = PlainLabel(theme, "", Type.BODY, wrap=True)
        self._then = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        time = QHBoxLayout()
        theme.fit(time, (0, 0, 0, 0), 28)
        time.addWidget(self.ring)
        time.addWidget(self._how, 1)
        beside = QWidget()
        beside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout(beside)
        theme.fit(words, (0, 0, 0, 0), 24)
        words.addStretch(1)
        words.addWidget(self.state)
        words.addLayout(time)
        words.addWidget(self._then)
        words.addStretch(1)
        self._middle = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        theme.fit(self._middle, (0, 0, 0, 0), 40)
        self._middle.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignCenter)
        self._middle.addWidget(self._none, 0, Qt.AlignmentFlag.AlignCenter)
        self._middle.addWidget(beside, 1)
        self.again = Key(theme, "", KeyKind.HELP, height=Size.KEY_LARGE, icon="retry")
        self.again.setObjectName("handoff_again")
        self.back = Key(theme, "", KeyKind.QUIET)
        self.back.setObjectName("handoff_back")
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 8, 0, 0), 32)
        layout.addLayout(self._middle)
        keys = QHBoxLayout()
        theme.fit(keys, (0, 0, 0, 0), Space.GAP)
        keys.addWidget(self.again, 1)
        keys.addWidget(self.back, 1)
        layout.addLayout(keys)
        self.again.clicked.connect(lambda: feed(HandoffPressed()))
        self.back.clicked.connect(lambda: feed(ClosePressed()))
        self.retranslate(say)
        follow(theme, self, self._arrange)

    def _arrange(self) -> None:
        """The words under the code, or beside it where the window is wide."""
        direction = QBoxLayout.Direction
        wide = self._theme.landscape and not self._theme.large
        self._middle.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self.qr.setAccessibleName(say("Code for the phone's camera"))
        self.ring.set_label(say("Time that the code is good for"))
        self._how.setText(say("Open the camera and point it at the square. Then press the link."))
        self._then.setText(say("Your case and your chat move along. This screen is then cleared."))
        self.again.setText(say("Show a new code"))
        self.back.setText(say("Go on here"))

    def show_part(self, view: View) -> None:
        handoff = self._handoff = view.handoff
        if handoff is None:
            return
        ready = handoff.state is HandoffState.READY
        self.qr.set_text(handoff.url if ready else "")
        self.qr.setVisible(ready)
        self._none.setVisible(not ready)
        self.ring.setVisible(ready)
        self._how.setVisible(ready)
        self.ring.set_countdown(handoff.left)
        text = self._state_text(handoff.state)
        self.state.setText(text)
        self.state.setVisible(bool(text))
        stuck = handoff.state in (HandoffState.EXPIRED, HandoffState.FAILED)
        self.again.setVisible(stuck)
        self._announcer.tell(text or self._how.text())

    def _state_text(self, state: HandoffState) -> str:
        match state:
            case HandoffState.ASKING:
                return self._say("We are making a code…")
            case HandoffState.EXPIRED:
                return self._say("The code has run out. Your case is still here.")
            case HandoffState.FAILED:
                return self._say("No code came. Your case is still here.")
            case HandoffState.READY:
                return ""

    def heading(self, view: View) -> str:
        return self._say("Continue on your phone")

    def second(self, view: View) -> str:
        return self._say("The code works once, for 5 minutes.")

    def first_focus(self) -> QWidget:
        return self.back

    def wipe(self) -> None:
        self._handoff = None
        self.qr.set_text("")
        self.ring.set_countdown(None)
        self._announcer.tell("")


class MovedScreen(SheetScreen):
    """The shopper looks at the phone by now: what happens to the goods, and good-bye."""

    tall = False
    closable = False

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self.setObjectName("moved_notice")
        self._announcer = Announcer(self)
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 40, 0, 60), 32)
        layout.addWidget(IconView(theme, "mobile", "spruce", 180), 0, Qt.AlignmentFlag.AlignCenter)
        self._text = PlainLabel(theme, "", Type.BODY, wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._text)

    def show_part(self, view: View) -> None:
        cart = view.moved.cart if view.moved else None
        if cart is LeftCart.HELD:
            text = self._say("Your cart waits here for 5 min. The code for it is on the phone.")
        elif cart is LeftCart.LOST:
            text = self._say("Your cart could not be saved. Please scan your goods again.")
        elif cart is LeftCart.NONE:
            text = self._say("This screen is cleared for the next customer.")
        else:
            text = self._say("We are saving your cart…")
        self._text.setText(text)
        self._announcer.tell(f"{self.heading(view)}. {text}")

    def heading(self, view: View) -> str:
        return self._say("Continues on the phone")

    def second(self, view: View) -> str:
        name = view.moved.agent_name if view.moved else ""
        if name:
            return self._say("{name} is with you there.", name=name)
        return self._say("You keep your place in the queue.")

    def wipe(self) -> None:
        self._announcer.tell("")
