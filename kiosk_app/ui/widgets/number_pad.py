"""Number keys, for those without a keyboard at the kiosk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kiosk_app.base.language import Words
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Size, Type
from kiosk_app.ui.widgets.key import Key, KeyKind


class NumberPad(QWidget):
    """Twelve keys: 1 to 9, an extra one or a gap, 0, erase.

    Signals: ``digit_pressed(str)`` with one digit or the extra key's text; ``erase_pressed()``.
    """

    digit_pressed = Signal(str)
    erase_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        say: Words,
        *,
        extra: str = "",
        key_height: int = Size.KEY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys: list[Key] = []
        # Digits stand as on every keypad, also in a language that is read from right to left.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid = QGridLayout(self)
        theme.fit(grid, (0, 0, 0, 0), 16)
        for at, text in enumerate((*"123456789", extra, "0")):
            if not text:
                continue
            key = Key(theme, text, KeyKind.SOFT, height=key_height, style=Type.NAME)
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            key.clicked.connect(lambda _=False, digit=text: self.digit_pressed.emit(digit))
            grid.addWidget(key, at // 3, at % 3)
            self._keys.append(key)
        self._erase = Key(theme, "", KeyKind.SOFT, height=key_height, icon="backspace")
        self._erase.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._erase.clicked.connect(lambda _=False: self.erase_pressed.emit())
        grid.addWidget(self._erase, 3, 2)
        self._keys.append(self._erase)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self.retranslate(say)

    def set_usable(self, usable: bool) -> None:
        """Turn each key on or off, and let it look so."""
        for key in self._keys:
            key.setEnabled(usable)

    def retranslate(self, say: Words) -> None:
        self._erase.setAccessibleName(say("Erase the last digit"))
