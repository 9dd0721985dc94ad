"""The top bar: which shop, which till, which language, and the next customer."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words, languages, words
from kiosk_app.case.view.visit import Loss
from kiosk_app.ui.announce import announce
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import ElidedLabel

_PADDING = 18
_ROOM = 740  # what the shop's name leaves of the upright bar
_KEY = 88  # 24 mm on a 24-inch panel: big enough, and quieter than what the shopper came for
ASKING_SECONDS = 5.0  # long enough to read two words and decide, and gone for who comes after
ARM_SECONDS = 0.7  # as with the consent: the second half of a double tap is no yes


class StoreName(QWidget):
    """The shop's name and the till's."""

    def __init__(
        self, theme: Theme, store: str, till_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        theme.fit(box, (0, 0, 0, 0), 2)
        box.addStretch(1)
        name = ElidedLabel(theme, store, Type.NAME, tone="shop")
        # In large text the keys beside it need the room.
        follow(
            theme, name, lambda: name.set_style(Type.SMALL_STRONG if theme.large else Type.NAME)
        )
        box.addWidget(name)
        box.addWidget(ElidedLabel(theme, till_name, Type.SMALL, tone="second"))
        box.addStretch(1)


class TopKeys(QWidget):
    """One key a language, each in its own words, and "Ny kund".

    Where "Ny kund" would take something it asks first; a second press is the yes.

    Signals: ``language_chosen(str)``, ``new_customer_pressed()``, ``looks_pressed()``.
    """

    language_chosen = Signal(str)
    looks_pressed = Signal()
    new_customer_pressed = Signal()

    def __init__(
        self, theme: Theme, clock: Clock, say: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._clock, self._say = theme, clock, say
        self._loss = Loss.NONE
        self._asked_at: float | None = None
        self._timer = QTimer(self, singleShot=True, interval=int(ASKING_SECONDS * 1000))
        self._timer.timeout.connect(self._ask_no_more)
        self._box = QGridLayout(self)
        theme.fit(self._box, (0, 0, 0, 0))
        self._box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._languages: dict[str, Key] = {}
        for language in languages():
            # The name of a language in that language, so that whoever needs it can read it.
            key = self._key(theme, _own_name(language))
            key.setObjectName(f"language_{language}")
            key.clicked.connect(lambda _=False, code=language: self.language_chosen.emit(code))
            self._languages[language] = key
        self._looks = self._key(theme, "Aa")
        self._looks.setObjectName("looks_key")
        self._looks.clicked.connect(lambda _=False: self.looks_pressed.emit())
        self._new = self._key(theme, "")
        self._new.setObjectName("new_customer")
        self._new.clicked.connect(lambda _=False: self._on_new_clicked())
        follow(theme, self, self._arrange)
        self.retranslate(say)

    @staticmethod
    def _key(theme: Theme, text: str) -> Key:
        return Key(
            theme,
            text,
            KeyKind.QUIET,
            height=_KEY,
            style=Type.SECOND_STRONG,
            padding=_PADDING,
        )

    @property
    def asking(self) -> bool:
        """Whether the next press of "Ny kund" is the yes."""
        return self._asked_at is not None

    def set_loss(self, loss: Loss) -> None:
        """What a press would take now; where it takes nothing it needs no question."""
        if loss is not self._loss:
            self._loss = loss
            self._ask_no_more()

    def retranslate(self, say: Words) -> None:
        self._say = say
        self._looks.setAccessibleName(say("How the screen is shown"))
        self._ask_no_more()
        self._fit()
        for language, key in self._languages.items():
            key.set_kind(KeyKind.CHOSEN if language == say.language else KeyKind.QUIET)

    def _arrange(self) -> None:
        """In one row, or in two where the text is large."""
        keys = (*self._languages.values(), self._looks, self._new)
        columns = -(-len(keys) // 2) if self._theme.large else len(keys)
        for key in keys:
            self._box.removeWidget(key)
        for at, key in enumerate(keys):
            self._box.addWidget(key, at // columns, at % columns)
        self._fit()

    def _fit(self) -> None:
        """Each key is as wide as its own words, so that the question moves nothing.

        In a wide window they stand over the cart's column, which neither sheet nor banner covers,
        and are tighter, to end where it begins. So they are where words are long or many.
        """
        room = self._theme.px(_ROOM)
        self._put(tight=self._theme.landscape or self._theme.large)
        if self._box.sizeHint().width() > room:
            self._put(tight=True)

    def _put(self, *, tight: bool) -> None:
        self._box.setSpacing(self._theme.px(12 if tight else 16))
        for key in (*self._languages.values(), self._looks, self._new):
            key.set_padding(14 if tight else _PADDING)
            key.set_style(Type.SMALL_STRONG if tight else Type.SECOND_STRONG)
            if key.text() and not (key is self._new and self.asking):
                key.setFixedWidth(key.sizeHint().width())
        if self._theme.large and not self.asking:
            self._align()

    def _align(self) -> None:
        """In two rows those below each other are as wide as the wider one."""
        for column in range(self._box.columnCount()):
            items = (self._box.itemAtPosition(row, column) for row in range(2))
            keys = [key for item in items if item is not None and (key := item.widget())]
            for key in keys:
                key.setFixedWidth(max(other.sizeHint().width() for other in keys))

    def _on_new_clicked(self) -> None:
        now = self._clock.monotonic()
        since = None if self._asked_at is None else now - self._asked_at
        if self._loss is not Loss.NONE and (since is None or since > ASKING_SECONDS):
            self._ask(self._loss, now)
        elif since is None or since >= ARM_SECONDS:
            self._ask_no_more()
            self.new_customer_pressed.emit()

    def _ask(self, loss: Loss, now: float) -> None:
        say = self._say
        self._asked_at = now
        question = say("Empty the cart?") if loss is Loss.CART else say("End the help?")
        again = say("Press once more for yes.")
        self._new.setText(question)
        self._new.setAccessibleName(f"{question} {again}")
        self._new.set_kind(KeyKind.STOP)
        self._timer.start()
        announce(self._new, f"{question} {again}", urgent=True)

    def _ask_no_more(self) -> None:
        self._timer.stop()
        self._asked_at = None
        text = self._say("New customer")
        self._new.setText(text)
        self._new.setAccessibleName(text)
        self._new.set_kind(KeyKind.QUIET)


def _own_name(language: str) -> str:
    say = words(language)
    return say("Name of this language")
