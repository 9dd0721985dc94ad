"""What the till's full pages share: an icon, a sentence, the line that says why, and keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key
from kiosk_app.ui.widgets.label import PlainLabel

SIDE, ABOVE = 48, 36  # design px of a page's margins


class Page(Card):
    """One step of the payment. ``with_cart`` pages leave room for the cart in portrait."""

    with_cart = False

    def __init__(
        self, theme: Theme, till: BuiltInTill, say: Words, icon: str, tone: str = "spruce"
    ) -> None:
        super().__init__()
        self._theme, self._till, self._say = theme, till, say
        self.box = QVBoxLayout(self)
        theme.fit(self.box, (SIDE, ABOVE, SIDE, ABOVE), 20)
        self.head = head = QHBoxLayout()
        theme.fit(head, (0, 0, 0, 0), 28)
        self._icon = IconView(theme, icon, tone, 88)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 8)
        self.heading = PlainLabel(theme, "", Type.HEADING, wrap=True)
        self.second = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        words.addWidget(self.heading)
        words.addWidget(self.second)
        head.addLayout(words, 1)
        self.box.addLayout(head)

    def set_icon(self, icon: str, tone: str) -> None:
        self._icon.set_icon(icon, tone)

    def add_keys(self, *keys: Key) -> None:
        """A row of keys at the foot of the page."""
        row = QHBoxLayout()
        self._theme.fit(row, (0, 0, 0, 0), 24)
        for key in keys:
            row.addWidget(key)
        row.addStretch(1)
        self.box.addLayout(row)

    def retranslate(self, say: Words) -> None:
        """Say everything in the language of ``say``."""
        self._say = say
        self.refresh()

    def refresh(self) -> None:
        """Draw what the till says now."""

    def first_focus(self) -> QWidget | None:
        """Where the focus goes when the page comes up."""
        return None
