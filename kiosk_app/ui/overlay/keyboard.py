"""A keyboard on the screen, for kiosks that have none: letters, figures, signs."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.key import Key, KeyKind

_LETTERS = {
    "sv": ("qwertyuiopå", "asdfghjklöä", "zxcvbnm"),
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}
_SIGNS = ("1234567890", "-/:()&@\"'+", ".,?!%=")
_HEIGHT = 84


class Keyboard(QWidget):
    """Types into whatever has the focus, as keys of a keyboard would.

    ``repeat_guard`` is the time in seconds in which the same key counts once, for a trembling hand
    (EN 301 549, 5.9: adjustable, up to 0.5); 0 lets every press count, as double letters need.

    Signals: ``hidden_by_shopper()``.
    """

    hidden_by_shopper = Signal()

    def __init__(self, theme: Theme, say: Words, *, repeat_guard: float = 0.0) -> None:
        super().__init__()
        self.setObjectName("keyboard")
        self._theme, self._say, self._guard = theme, say, repeat_guard
        self._shifted = self._signs = False
        self._last, self._since = "", QElapsedTimer()
        self._letters: list[Key] = []
        self._layout = QVBoxLayout(self)
        theme.fit(self._layout, (0, 0, 0, 0), 10)
        self._rows: list[QWidget] = []
        self.hide()

    def retranslate(self, say: Words) -> None:
        if say.language != self._say.language or not self._rows:
            self._say = say
            self._build()

    def _build(self) -> None:
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows, self._letters = [], []
        letters = _SIGNS if self._signs else _LETTERS.get(self._say.language, _LETTERS["en"])
        say = self._say
        for at, signs in enumerate(letters):
            row = self._row()
            last = at == len(letters) - 1
            if last:
                self._add(row, "", say("Capitals"), self._on_shift, icon="shift", stretch=3)
            for sign in signs:
                self._letters.append(self._add(row, sign, sign, None, stretch=2))
            if last:
                self._add(row, "", say("Delete"), self._on_delete, icon="backspace", stretch=3)
        row = self._row()
        other = "abc" if self._signs else "123"
        name = say("Letters") if self._signs else say("Figures and signs")
        self._add(row, other, name, self._on_signs, stretch=3)
        self._add(row, ",", ",", None, stretch=2)
        self._add(row, say("Space"), say("Space"), self._on_space, stretch=9)
        self._add(row, ".", ".", None, stretch=2)
        hide = say("Hide the keyboard")
        self._add(row, "", hide, self._on_hide, icon="keyboard_down", stretch=3)
        enter = self._add(row, say("Send"), say("Send"), self._on_enter, stretch=4)
        enter.set_kind(KeyKind.PRIMARY)
        self._show_case()

    def _row(self) -> QHBoxLayout:
        holder = QWidget()
        layout = QHBoxLayout(holder)
        self._theme.fit(layout, (0, 0, 0, 0), 8)
        self._layout.addWidget(holder)
        self._rows.append(holder)
        return layout

    def _add(
        self,
        row: QHBoxLayout,
        text: str,
        name: str,
        act: Callable[[], None] | None,
        *,
        icon: str = "",
        stretch: int,
    ) -> Key:
        key = Key(
            self._theme,
            text,
            KeyKind.SOFT,
            height=_HEIGHT,
            icon=icon,
            icon_size=40,
            padding=4,
            style=Type.VALUE,
            name=name,
        )
        # Typing must not take the focus from where it goes.
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setMinimumWidth(1)
        if act is not None:
            key.clicked.connect(act)
        else:
            key.clicked.connect(lambda: self._type(key.text()))
        row.addWidget(key, stretch)
        return key

    def _show_case(self) -> None:
        for key in self._letters:
            text = key.text().upper() if self._shifted else key.text().lower()
            key.setText(text)
            key.setAccessibleName(text)

    def _counts(self, sign: str) -> bool:
        again = sign == self._last and self._since.isValid()
        if again and self._since.elapsed() < self._guard * 1000:
            return False
        self._last = sign
        self._since.start()
        return True

    def _type(self, sign: str) -> None:
        if self._counts(sign):
            _press(Qt.Key.Key_unknown, sign)
            if self._shifted:
                self._shifted = False
                self._show_case()

    def _on_space(self) -> None:
        if self._counts(" "):
            _press(Qt.Key.Key_Space, " ")

    def _on_delete(self) -> None:
        if self._counts("delete"):
            _press(Qt.Key.Key_Backspace, "")

    def _on_enter(self) -> None:
        if self._counts("enter"):
            _press(Qt.Key.Key_Return, "\r")

    def _on_shift(self) -> None:
        self._shifted = not self._shifted
        self._show_case()

    def _on_signs(self) -> None:
        self._signs = not self._signs
        self._shifted = False
        self._build()

    def _on_hide(self) -> None:
        self.hide()
        self.hidden_by_shopper.emit()


def _press(key: Qt.Key, text: str) -> None:
    target = QApplication.focusWidget()
    if target is None:
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(target, event)
