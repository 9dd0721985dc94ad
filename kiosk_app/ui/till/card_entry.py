"""The card terminal's own screen, played. Marked sensitive: never in a frame that is sent.

What is pressed here is only counted. The digits are in no widget, no text and no name, so that
neither a screen reader's bus nor a picture can carry them.
"""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from kiosk_app.base.language import Words
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.terminal import Behaviour, SimulatedTerminal
from kiosk_app.ui.announce import announce
from kiosk_app.ui.sensitive import mark_private, mark_sensitive
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.till.page import Page
from kiosk_app.ui.widgets.card import Separator
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.number_pad import NumberPad

PATIENCE_SECONDS = 120  # the played terminal's, for each digit; real ones have theirs


class CodeDots(QWidget):
    """Four places, filled as the code is pressed; more digits than that do not show."""

    PLACES = 4

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._filled = theme, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(theme, self, self.updateGeometry)

    def set_filled(self, filled: int) -> None:
        self._filled = min(self.PLACES, filled)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, gap = self._theme.px(28), self._theme.px(36)
        left = (self.width() - self.PLACES * side - (self.PLACES - 1) * gap) // 2
        pen = painter.pen()
        pen.setColor(self._theme.colour("edge"))
        pen.setWidth(self._theme.px(3))
        painter.setPen(pen)
        for at in range(self.PLACES):
            filled = self._theme.colour("ink") if at < self._filled else Qt.GlobalColor.transparent
            painter.setBrush(filled)
            painter.drawEllipse(left + at * (side + gap), (self.height() - side) // 2, side, side)
        painter.end()


class CardEntryPage(Page):
    """Code, number keys, and what the played terminal shall answer.

    Signals: ``back_pressed()``.
    """

    back_pressed = Signal()

    def __init__(
        self, theme: Theme, till: BuiltInTill, terminal: SimulatedTerminal, say: Words
    ) -> None:
        super().__init__(theme, till, say, "lock")
        self.setObjectName("card_entry")
        mark_sensitive(self)
        mark_private(self, False)  # the digits are in no widget, and the words must be heard
        self._terminal = terminal
        self._hung = False
        self.patience = QTimer(self)
        self.patience.setSingleShot(True)
        self.patience.setInterval(1000 * PATIENCE_SECONDS)
        self.patience.timeout.connect(terminal.give_up)
        self._dots = CodeDots(theme)
        self._pad = NumberPad(theme, say, key_height=100)
        self._pad.digit_pressed.connect(lambda _digit: self._on_digit())
        self._pad.erase_pressed.connect(self._on_erase)
        self._keys = QWidget()
        keys = QHBoxLayout(self._keys)
        theme.fit(keys, (0, 0, 0, 0), 20)
        self._cancel = Key(theme, "", KeyKind.EDGED)
        self._cancel.setObjectName("card_cancel")
        self._cancel.clicked.connect(lambda _=False: self.back_pressed.emit())
        self._confirm = Key(theme, "", KeyKind.PRIMARY)
        self._confirm.setObjectName("card_confirm")
        self._confirm.clicked.connect(lambda _=False: self._on_confirm())
        for key in (self._cancel, self._confirm):
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            keys.addWidget(key, 1)
        self._body = QGridLayout()
        theme.fit(self._body, (0, 0, 0, 0), 20)
        self.box.addLayout(self._body)
        follow(theme, self._body, self._arrange)
        self.box.addWidget(Separator(theme))
        self._played = PlainLabel(theme, "", Type.SMALL, tone="second", wrap=True)
        self.box.addWidget(self._played)
        self._choices = {behaviour: self._choice(theme, behaviour) for behaviour in Behaviour}
        chooser = QHBoxLayout()
        theme.fit(chooser, (0, 0, 0, 0), 16)
        for key in self._choices.values():
            chooser.addWidget(key, 1)
        self.box.addLayout(chooser)
        self.retranslate(say)

    def _arrange(self) -> None:
        """Code, digits and keys below one another; in landscape the digits stand beside."""
        for widget in (self._dots, self._pad, self._keys):
            self._body.removeWidget(widget)
        wide = self._theme.landscape and not self._theme.large
        self._body.addWidget(self._dots, 0, 0)
        self._body.addWidget(self._pad, 0 if wide else 1, 1 if wide else 0, 2 if wide else 1, 1)
        self._body.addWidget(self._keys, 1 if wide else 2, 0)
        for column in range(2):
            self._body.setColumnStretch(column, 1 if wide or column == 0 else 0)

    def _choice(self, theme: Theme, behaviour: Behaviour) -> Key:
        key = Key(theme, "", height=80, style=Type.SMALL_STRONG, padding=16)
        key.setObjectName(f"terminal_{behaviour.value}")
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        key.clicked.connect(lambda _=False: self._on_chosen(behaviour))
        return key

    def retranslate(self, say: Words) -> None:
        self._pad.retranslate(say)
        super().retranslate(say)

    def refresh(self) -> None:
        say, terminal = self._say, self._terminal
        if terminal.waiting:
            self.heading.setText(say("The terminal does not answer"))
            # Whether it has taken money only the terminal knows.
            self.second.setText(say("Your cart stays. Cancel, or press Help."))
        else:
            self.heading.setText(say("Enter your card's code"))
            self.second.setText(say("Nobody else can see what you press here."))
        self.set_icon(*("warning", "stop") if terminal.waiting else ("lock", "spruce"))
        if terminal.waiting and not self._hung:
            announce(self, f"{self.heading.text()}. {self.second.text()}", urgent=True)
        self._hung = terminal.waiting
        self._dots.set_filled(terminal.digits)
        self._pad.set_usable(not terminal.waiting)
        # As on every terminal Enter is the green key, as soon as the code is whole.
        became_ready = terminal.ready and not self._confirm.isEnabled()
        self._confirm.setEnabled(terminal.ready)
        if became_ready and not self._pad.isAncestorOf(self.focusWidget() or self):
            self._confirm.setFocus(Qt.FocusReason.OtherFocusReason)
        self._confirm.setText(say("Confirm"))
        self._cancel.setText(say("Cancel"))
        self._played.setText(say("Practice terminal. Choose what it answers:"))
        names = {
            Behaviour.APPROVE: say("Approves"),
            Behaviour.DECLINE: say("Declines"),
            Behaviour.HANG: say("Hangs"),
        }
        for behaviour, key in self._choices.items():
            key.setText(names[behaviour])
            chosen = behaviour is terminal.behaviour
            key.set_kind(KeyKind.CHOSEN if chosen else KeyKind.QUIET)

    def showEvent(self, event: QShowEvent) -> None:
        self.patience.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.patience.stop()
        super().hideEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """A key of a keyboard while this page is up. True when it was a digit of the code."""
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isdigit():
            self._on_digit()
            return True
        if event.key() == Qt.Key.Key_Backspace:
            self._on_erase()
            return True
        return False

    def _on_digit(self) -> None:
        self._terminal.press_digit()
        self.patience.start()
        self.refresh()
        # How many, and never which (EN 301 549 V3.2.1, 5.1.3.8).
        announce(self, self._say("Digit {n}", n=self._terminal.digits), urgent=True)

    def _on_erase(self) -> None:
        self._terminal.erase()
        self.refresh()

    def _on_confirm(self) -> None:
        self._terminal.confirm()
        self.refresh()

    def _on_chosen(self, behaviour: Behaviour) -> None:
        self._terminal.behaviour = behaviour
        self.refresh()
