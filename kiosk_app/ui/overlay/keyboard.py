"""A keyboard on the screen, for kiosks that have none: letters, figures, signs."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.ui.sensitive import TYPES
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
    """Types into the line that it was opened for, as keys of a keyboard would.

    ``guard`` is the time in seconds after a key was let go in which the same key does not count
    again (EN 301 549 V3.2.1, 5.8: adjustable up to 0.5). A hand that trembles lets go for some
    hundredths of a second; whoever writes a double letter takes a tenth at least.

    Nothing repeats while it is held (5.7). With a keypad the focus goes in by Tab or arrows.

    Signals: ``hidden_by_shopper()``.
    """

    hidden_by_shopper = Signal()

    def __init__(
        self, theme: Theme, clock: Clock, say: Words, *, repeat_guard: float = 0.0
    ) -> None:
        super().__init__()
        self.setObjectName("keyboard")
        self.setProperty(TYPES, True)
        self._theme, self._clock, self._say, self.guard = theme, clock, say, repeat_guard
        self._target: QWidget | None = None
        self._shifted = self._signs = False
        self._last: Key | None = None
        self._let_go = 0.0
        self._bounced = False
        self._letters: list[Key] = []
        self._layout = QVBoxLayout(self)
        theme.fit(self._layout, (0, 0, 0, 0), 10)
        self._rows: list[QWidget] = []
        self.hide()

    def open_for(self, line: QWidget, *, by_keys: bool = False) -> None:
        """Show it for ``line``; ``by_keys`` puts the focus on its first key."""
        self._target = line
        self.show()
        if by_keys and self._rows:
            keys = self._keys_of(self._rows[0])
            keys[0].setFocus(Qt.FocusReason.TabFocusReason)

    def neighbour(self, key: QWidget, way: Qt.Key) -> QWidget | None:
        """What an arrow leads to from ``key``: the next in the row, or the nearest in the row
        above or below; the line above the first row; None where it leads out."""
        rows = [self._keys_of(row) for row in self._rows]
        at = next((at for at, row in enumerate(rows) if key in row), None)
        if at is None:
            return None
        if way in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            place = rows[at].index(key) + (1 if way == Qt.Key.Key_Right else -1)
            return rows[at][place % len(rows[at])]
        to = at + (1 if way == Qt.Key.Key_Down else -1)
        if to < 0:
            return self._target
        if to >= len(rows):
            return None
        middle = key.mapTo(self, key.rect().center()).x()
        return min(rows[to], key=lambda k: abs(k.mapTo(self, k.rect().center()).x() - middle))

    @staticmethod
    def _keys_of(row: QWidget) -> list[QWidget]:
        layout = row.layout()
        found = [layout.itemAt(n) for n in range(layout.count())] if layout is not None else []
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if widget is not None]

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
        # Typing by hand must not take the focus from where it goes.
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        key.setMinimumWidth(1)
        key.pressed.connect(lambda: self._on_pressed(key))
        key.released.connect(lambda: self._on_released(key))
        key.clicked.connect(lambda: self._on_clicked(act or (lambda: self._type(key.text()))))
        row.addWidget(key, stretch)
        return key

    def _show_case(self) -> None:
        for key in self._letters:
            text = key.text().upper() if self._shifted else key.text().lower()
            key.setText(text)
            key.setAccessibleName(text)

    def _on_pressed(self, key: Key) -> None:
        since = self._clock.monotonic() - self._let_go
        self._bounced = key is self._last and since < self.guard

    def _on_released(self, key: Key) -> None:
        self._last, self._let_go = key, self._clock.monotonic()

    def _on_clicked(self, act: Callable[[], None]) -> None:
        if not self._bounced:
            act()

    def _type(self, sign: str) -> None:
        self._press(Qt.Key.Key_unknown, sign)
        if self._shifted:
            self._shifted = False
            self._show_case()

    def _on_space(self) -> None:
        self._press(Qt.Key.Key_Space, " ")

    def _on_delete(self) -> None:
        self._press(Qt.Key.Key_Backspace, "")

    def _on_enter(self) -> None:
        self._press(Qt.Key.Key_Return, "\r")

    def _on_shift(self) -> None:
        self._shifted = not self._shifted
        self._show_case()

    def _on_signs(self) -> None:
        self._signs = not self._signs
        self._shifted = False
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self._build()
        if inside and self._target is not None:
            self.open_for(self._target, by_keys=True)

    def _on_hide(self) -> None:
        self.hide()
        self.hidden_by_shopper.emit()

    def _press(self, code: Qt.Key, text: str) -> None:
        focus = QApplication.focusWidget()
        target = self._target if focus is None or self.isAncestorOf(focus) else focus
        if target is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
            QApplication.sendEvent(target, event)
