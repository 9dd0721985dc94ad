"""The top bar: which shop, which till, which language, and the next customer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words, languages, words
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel

_KEY = 88  # 24 mm on a 24-inch panel: big enough, and quieter than what the shopper came for


class StoreName(QWidget):
    """The shop's name and the till's."""

    def __init__(
        self, theme: Theme, store: str, till_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        theme.fit(box, (0, 0, 0, 0), 2)
        box.addStretch(1)
        box.addWidget(PlainLabel(theme, store, Type.NAME, tone="shop"))
        box.addWidget(PlainLabel(theme, till_name, Type.SMALL, tone="second"))
        box.addStretch(1)


class TopKeys(QWidget):
    """One key a language, each in its own words, and "Ny kund".

    Signals: ``language_chosen(str)``, ``new_customer_pressed()``.
    """

    language_chosen = Signal(str)
    new_customer_pressed = Signal()

    def __init__(self, theme: Theme, say: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QHBoxLayout(self)
        theme.fit(box, (0, 0, 0, 0), 16)
        box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._languages: dict[str, Key] = {}
        for language in languages():
            # The name of a language in that language, so that whoever needs it can read it.
            key = self._key(theme, _own_name(language))
            key.setObjectName(f"language_{language}")
            key.clicked.connect(lambda _=False, code=language: self.language_chosen.emit(code))
            box.addWidget(key)
            self._languages[language] = key
        self._new = self._key(theme, "")
        self._new.setObjectName("new_customer")
        self._new.clicked.connect(lambda _=False: self.new_customer_pressed.emit())
        box.addWidget(self._new)
        self.retranslate(say)

    @staticmethod
    def _key(theme: Theme, text: str) -> Key:
        return Key(theme, text, KeyKind.QUIET, height=_KEY, style=Type.SECOND_STRONG, padding=28)

    def retranslate(self, say: Words) -> None:
        self._new.setText(say("New customer"))
        for language, key in self._languages.items():
            key.set_kind(KeyKind.CHOSEN if language == say.language else KeyKind.QUIET)


def _own_name(language: str) -> str:
    say = words(language)
    return say("Name of this language")
