"""How the shopper wants the screen: its state, and the panel with a key for each."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.scroll import WholeScroll


@dataclass(frozen=True, slots=True)
class Looks:
    """``low``: everything in the lower part of the screen; ``steady``: one and the same key on
    the screen counts once within half a second; ``aloud``: it is read aloud."""

    large: bool = False
    contrast: bool = False
    low: bool = False
    steady: bool = False
    aloud: bool = False


class LooksPanel(Card):
    """One key for each, down while it holds.

    Signals: ``chosen(object)`` with the Looks that are wanted; ``closed()``.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(
        self, theme: Theme, say: Words, parent: QWidget, *, low: bool, aloud: bool
    ) -> None:
        """``low`` and ``aloud``: whether this kiosk has these at all."""
        super().__init__("tint", parent)  # yellow is for help alone
        self.setObjectName("looks")
        self._theme, self._looks = theme, Looks()
        self._heading = PlainLabel(theme, "", Type.NAME)
        self._close = Key(theme, "", KeyKind.SOFT, height=88, icon="close", icon_size=36)
        self._close.setObjectName("looks_close")
        self._close.clicked.connect(lambda _=False: self.close_panel())
        head = QHBoxLayout()
        theme.fit(head, (0, 0, 0, 0), 20)
        head.addWidget(self._heading, 1)
        head.addWidget(self._close)
        self._keys: dict[str, Key] = {}
        for name, here in (
            ("large", True),
            ("contrast", True),
            ("low", low),
            ("steady", True),
            ("aloud", aloud),
        ):
            if here:
                self._keys[name] = self._key(name)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        theme.fit(self._grid, (0, 0, 0, 0), 16)
        outer = QVBoxLayout(self)
        theme.fit(outer, (36, 28, 36, 32), 20)
        outer.addLayout(head)
        outer.addWidget(WholeScroll(inside), 1)
        self.hide()
        self.retranslate(say)
        follow(theme, self, self._arrange)

    def _key(self, name: str) -> Key:
        key = Key(self._theme, "", KeyKind.QUIET)
        key.setObjectName(f"looks_{name}")
        key.setCheckable(True)
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        key.clicked.connect(lambda on=False: self._on_clicked(name, on))
        return key

    def _arrange(self) -> None:
        columns = 1 if self._theme.large and not self._theme.landscape else 2
        for key in self._keys.values():
            self._grid.removeWidget(key)
        for at, key in enumerate(self._keys.values()):
            self._grid.addWidget(key, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def retranslate(self, say: Words) -> None:
        self._heading.setText(say("How the screen is shown"))
        self._close.setText(say("Done"))
        for name, text in {
            "large": say("Larger text"),
            "contrast": say("High contrast"),
            "low": say("Move down"),
            "steady": say("Steady keys"),
            "aloud": say("Read aloud"),
        }.items():
            if name in self._keys:
                self._keys[name].setText(text)
        self.setAccessibleName(self._heading.text())

    def show_looks(self, looks: Looks) -> None:
        """Draw which of them hold."""
        self._looks = looks
        for name, key in self._keys.items():
            on = bool(getattr(looks, name))
            key.setChecked(on)
            key.set_kind(KeyKind.CHOSEN if on else KeyKind.QUIET)
            key.set_icon("check" if on else "")  # not by colour alone (WCAG 1.4.1)

    def open_panel(self) -> None:
        self.show()
        self.raise_()
        next(iter(self._keys.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def wanted_height(self) -> int:
        """What all of it needs."""
        margins, spacing = 2 * self._theme.px(30), self._theme.px(20)
        columns = 1 if self._theme.large and not self._theme.landscape else 2
        rows = -(-len(self._keys) // columns)
        high = max(key.sizeHint().height() for key in self._keys.values())
        keys = rows * high + (rows - 1) * self._theme.px(16)
        return margins + self._close.sizeHint().height() + spacing + keys + self._theme.px(8)

    def event(self, event: QEvent) -> bool:
        # Escape is this panel's while the focus is in it, and not the help sheet's below.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, name: str, on: bool) -> None:
        self.chosen.emit(replace(self._looks, **{name: on}))
