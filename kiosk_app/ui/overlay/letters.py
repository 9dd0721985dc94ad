"""What is being written, letter by letter: the agent's above the line, the shopper's below it.

Each is a text of its own with its own name, so that programs that read the screen can tell the
directions apart and hear of every change (EN 301 549 6.2.2).
"""

import math

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from kiosk_app.base.language import Words
from kiosk_app.case.view.chat import LettersView
from kiosk_app.protocol.t140 import LOSS
from kiosk_app.ui.announce import Announcer, announce
from kiosk_app.ui.sensitive import mark_private
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.label import PlainLabel, repolish

_SLACK = 4  # px; a line that is cut off by one of them counts as scrolled out
_ALERT_MS = 1_000  # once, not blinking: nothing flashes more than three times a second (2.3.1)


class LiveText(QPlainTextEdit):
    """A text that somebody is writing: plain, not to be edited, its last lines in sight.

    Only what is different is changed, so that a screen reader says the new letters and not all of
    them again.
    """

    def __init__(self, theme: Theme, name: str, style: Type, *, most_lines: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("live", True)
        mark_private(self)
        self._theme, self._style, self._most = theme, style, most_lines
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)  # nothing that was erased is kept
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        if most_lines == 1:
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        follow(theme, self, self._on_theme_changed)

    def show_text(self, text: str) -> None:
        """Make it say ``text``."""
        old = self.toPlainText()
        if text == old:
            return
        pairs = enumerate(zip(old, text, strict=False))
        same = next((at for at, (a, b) in pairs if a != b), min(len(old), len(text)))
        cursor = QTextCursor(self.document())
        cursor.setPosition(_utf16(text[:same]))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[same:])
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_most_lines(self, most: int) -> None:
        self._most = most
        self._fit()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._style))
        self._fit()

    def _fit(self) -> None:
        """As high as its lines, up to the most of them; the newest in sight."""
        lines = int(self.document().size().height())  # of a plain text it is counted in lines
        block = self.document().firstBlock()
        line = self.blockBoundingRect(block).height() / max(1, block.lineCount())
        height = math.ceil(min(max(1, lines), self._most) * line) + _SLACK
        if height != self.height():
            self.setFixedHeight(height)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setValue(bar.maximum())


class RemoteLetters(QFrame):
    """What the agent is writing now, or only that they are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.typing = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        self.typing.setObjectName("agent_typing")
        self.text = LiveText(theme, "rtt_remote", Type.BODY, most_lines=3)
        self._tight = False
        self._alerts = 0
        self._alert = QTimer(self, singleShot=True, interval=_ALERT_MS)
        self._alert.timeout.connect(self._paint_ground)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        theme.fit(self._parts, (30, 10, 30, 10), 4)
        self._parts.addWidget(self.typing)
        self._parts.addWidget(self.text, 1)

    def set_room(self, lines: int) -> None:
        """Show no more than so many lines of the text; one is one for all of it."""
        tight = lines == 1
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if tight else direction.TopToBottom)
        self.text.set_most_lines(lines)
        self._tight = tight
        self._paint_ground()
        side, above = self._theme.px(30), self._theme.px(4 if tight else 10)
        self._parts.setContentsMargins(side, above, side, above)

    def show_letters(
        self, letters: LettersView | None, agent: str, typing: bool, say: Words
    ) -> None:
        text = _shown(letters.remote, say) if letters else ""
        self.text.setVisible(letters is not None)
        self.text.setAccessibleName(say("What {name} is writing now", name=agent))
        self.text.show_text(text)
        writing = typing or bool(text)
        self.typing.setText(say("{name} is writing…", name=agent) if writing else " ")
        alerts = letters.alerts if letters else 0
        if alerts > self._alerts:
            self._alert.start()
            announce(self, say("{name} wants your attention.", name=agent), urgent=True)
        self._alerts = alerts
        self._paint_ground()

    def wipe(self) -> None:
        self._alerts = 0
        self._alert.stop()
        self.text.show_text("")
        self.typing.setText(" ")
        self._paint_ground()

    def _paint_ground(self) -> None:
        ground = "" if not self.text.toPlainText() else "line" if self._tight else "theirs"
        if self._alert.isActive():
            ground = "alert"
        if self.property("bubble") != ground:
            self.setProperty("bubble", ground)
            repolish(self)


class LocalLetters(QWidget):
    """That the agent sees what the shopper writes, and what of it they have."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._told = Announcer(self)
        self.status = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        self.status.setObjectName("rtt_status")
        self.text = LiveText(theme, "rtt_local", Type.SECOND, most_lines=1)
        self._parts = QHBoxLayout(self)
        theme.fit(self._parts, (30, 0, 30, 0), 12)
        self._parts.addWidget(self.status)
        self._parts.addWidget(self.text)

    def show_letters(self, letters: LettersView | None, say: Words) -> None:
        self.setVisible(letters is not None)
        if letters is None:
            self.wipe()
            return
        name = letters.agent_name
        text = _shown(letters.local, say)
        status = _status(letters, say)
        self._told.tell(status)
        seen = bool(text) and letters.live
        self.status.setText(say("{name} sees:", name=name) if seen else status)
        self._parts.setStretch(0, 0 if seen else 1)
        self._parts.setStretch(1, 1 if seen else 0)
        self.text.setAccessibleName(say("What {name} sees of your text", name=name))
        # What is cut off by a break may not be there any more: no word of it until it is.
        self.text.show_text(text if seen else "")

    def wipe(self) -> None:
        self._told.tell("")
        self.status.setText("")
        self.text.show_text("")


def _status(letters: LettersView, say: Words) -> str:
    name = letters.agent_name
    if not letters.on:
        return say("{name} sees your text when you send it.", name=name)
    if not letters.live:
        return say("{name} cannot see what you write right now.", name=name)
    return say("{name} sees what you write as you write it.", name=name)


def _shown(text: str, say: Words) -> str:
    """``text`` with the mark of loss in words."""
    return text.strip().replace(LOSS, say("[text missing]"))


def _utf16(text: str) -> int:
    """How long Qt takes ``text`` to be."""
    return len(text.encode("utf-16-le")) // 2
