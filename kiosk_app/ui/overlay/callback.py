"""A number to call: typed on a pad, shown as people write it, left with one press."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.base.phone import Phone, as_typed, country_code, read_phone
from kiosk_app.case.events import CallbackNumberEntered, ClosePressed
from kiosk_app.case.view.ending import CallbackStep, CallbackView
from kiosk_app.case.view.screen import View
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.sensitive import mark_sensitive
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Type
from kiosk_app.ui.widgets.field import TextField
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.number_pad import NumberPad

_MOST_DIGITS = 16  # E.164 has fifteen at the most, and its plus
_TYPED = "+0123456789"


def promise_text(call: CallbackView, say: Words) -> str:
    """What may be promised of a number that was left; empty while it is not safe."""
    match call.step:
        case CallbackStep.SENT:
            return say("We call the number that ends in {tail}.", tail=call.tail)
        case CallbackStep.KEPT:
            return say(
                "The number that ends in {tail} is saved. We call when contact is back.",
                tail=call.tail,
            )
        case _:
            return ""


class NumberField(TextField):
    """Shows what is typed in groups; everything but digits and a plus is left out."""

    def __init__(self, theme: Theme, region: str) -> None:
        super().__init__(theme)
        self._region = region
        self.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.textEdited.connect(lambda _text: self._group())

    @property
    def typed(self) -> str:
        return "".join(sign for sign in self.text() if sign in _TYPED)[:_MOST_DIGITS]

    def press(self, sign: str) -> None:
        """A key of the pad, which always writes at the end."""
        self.setText(self.text() + sign)
        self._group()

    def erase(self) -> None:
        self.setText(as_typed(self.typed[:-1], self._region))

    def _group(self) -> None:
        grouped = as_typed(self.typed, self._region)
        if grouped != self.text():
            self.setText(grouped)


class CallbackScreen(SheetScreen):
    """The pad and the number; once it is left, what is promised.

    ``region`` is the country (ISO 3166) of a number without a country code.
    """

    tall = False

    def __init__(
        self, theme: Theme, clock: Clock, feed: Feed, say: Words, *, region: str = "SE"
    ) -> None:
        super().__init__(theme, clock, feed, say)
        self._region = region
        self._call: CallbackView | None = None
        self._announcer, self._typed = Announcer(self), Announcer(self)
        self.number = NumberField(theme, region)
        self.number.setObjectName("callback_number")
        self._reads = PlainLabel(theme, "", Type.SECOND_STRONG, tone="spruce_deep", wrap=True)
        self._reads.setObjectName("callback_reads")
        self.pad = NumberPad(theme, say, extra="+", key_height=Size.KEY)
        self.send = Key(theme, "", KeyKind.PRIMARY, height=Size.KEY_LARGE, style=Type.NAME)
        self.send.setObjectName("callback_send")
        self._said = PlainLabel(theme, "", Type.BODY, wrap=True)
        self._said.setObjectName("callback_said")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._mark = IconView(theme, "check", "spruce", 140)
        self.back = Key(theme, "", KeyKind.QUIET, height=Size.KEY_LARGE)
        self.back.setObjectName("callback_back")
        # Whoever shares the screen, or looks at a share, must not learn it.
        mark_sensitive(self.number)
        mark_sensitive(self._reads)
        mark_sensitive(self.pad)
        self._entry = QWidget()
        entry = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._entry)
        theme.fit(entry, (0, 0, 0, 0), 28)
        left = QVBoxLayout()
        theme.fit(left, (0, 0, 0, 0), 16)
        left.addWidget(self.number)
        left.addWidget(self._reads)
        left.addStretch(1)
        entry.addLayout(left, 1)
        entry.addWidget(self.pad, 1)
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 8, 0, 0), 24)
        layout.addWidget(self._entry)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._said)
        layout.addWidget(self.send)
        layout.addWidget(self.back)
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        follow(theme, self, lambda: entry.setDirection(beside if theme.landscape else below))
        self.number.textChanged.connect(lambda _text: self._tell_number())
        self.number.returnPressed.connect(self._on_send_clicked)
        self.pad.digit_pressed.connect(self.number.press)
        self.pad.erase_pressed.connect(self.number.erase)
        self.send.clicked.connect(lambda _=False: self._on_send_clicked())
        self.back.clicked.connect(lambda _=False: feed(ClosePressed()))
        self.retranslate(say)

    @property
    def _phone(self) -> Phone | None:
        return read_phone(self.number.typed, self._region)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self.pad.retranslate(say)
        self.number.set_placeholder(say("Your phone number"))
        self.send.setText(say("Call me"))
        self._tell_number()
        self._tell_step()

    def show_part(self, view: View) -> None:
        self._call = view.callback
        if view.callback is not None and view.callback.step is not CallbackStep.ENTER:
            self.number.forget()  # it is on its way; nobody who comes by needs to read it
        self._tell_step()

    def heading(self, view: View) -> str:
        if view.callback is not None and promise_text(view.callback, self._say):
            return self._say("We will call you")
        return self._say("Where can we call you?")

    def second(self, view: View) -> str:
        return self._say("We use it for this call only, and then forget it.")

    def first_focus(self) -> QWidget:
        return self.back

    def wipe(self) -> None:
        self._call = None
        self.number.forget()
        self._said.setText("")
        self._announcer.tell("")
        self._typed.tell("")

    def _on_send_clicked(self) -> None:
        phone = self._phone
        if phone is not None and self._entering:
            self._feed(CallbackNumberEntered(phone.e164))

    @property
    def _entering(self) -> bool:
        return self._call is not None and self._call.step is CallbackStep.ENTER

    def _tell_number(self) -> None:
        say, phone, typed = self._say, self._phone, self.number.typed
        if phone is not None:
            self._reads.setText(say("We call {number}", number=phone.shown))
            # Whoever stands near must not learn it; whoever types it blind must be sure of it.
            self._typed.tell(self._reads.text(), private=True)
        elif len(typed) >= _MOST_DIGITS - 4:
            self._reads.setText(say("That is not a number we can call. Check the digits."))
        else:
            code = country_code(self._region)
            self._reads.setText(say("A number without a country code gets {code}.", code=code))
        self.send.setEnabled(phone is not None and self._entering)

    def _tell_step(self) -> None:
        say, call = self._say, self._call
        entering = call is None or call.step is CallbackStep.ENTER
        text = promise_text(call, say) if call is not None else ""
        promised = bool(text)
        if call is not None and call.step is CallbackStep.KEEPING:
            text = say("We are saving your number…")
        elif call is not None and call.step is CallbackStep.UNSAFE:
            text = say("Your number could not be saved here. Stay until we have it.")
        self._entry.setVisible(entering)
        self.send.setVisible(entering)
        self._mark.setVisible(promised)
        self._said.setVisible(not entering)
        self._said.setText(text)
        self.back.setText(say("Back to the till") if promised else say("Back"))
        self.send.setEnabled(entering and self._phone is not None)
        self._announcer.tell(text)
