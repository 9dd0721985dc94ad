"""One line of chat, as a bubble that is as wide as its words need and no wider."""

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.case.view.chat import ChatLine
from kiosk_app.protocol.shared import Author
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.label import PlainLabel

_LONG_WORD = re.compile(r"(\S{24})(?=\S)")
_SLACK = 8  # px; a label wraps a text that is exactly as wide as itself
_SHARE = 0.8  # of the log's width, so that one sees at a glance who says what


class Bubble(QWidget):
    """A row of the log: the shopper's to the right on ink, the agent's to the left on green."""

    def __init__(self, theme: Theme, line: ChatLine) -> None:
        super().__init__()
        self._theme = theme
        self._mine = line.author is Author.SHOPPER
        self._line = line
        box = QFrame()
        box.setProperty("bubble", "mine" if self._mine else "theirs")
        tone = "on_ink" if self._mine else ""
        self._name = PlainLabel(theme, "", Type.SMALL, tone=tone or "second")
        # A label breaks at spaces only; a zero-width one keeps a long link inside its bubble.
        text = _LONG_WORD.sub("\\1\u200b", line.text)
        self._text = PlainLabel(theme, text, Type.BODY, tone=tone, wrap=True)
        self._low = False
        self._inside = QVBoxLayout(box)
        self._inside.addWidget(self._name)
        self._inside.addWidget(self._text)
        follow(theme, self, self._fit_inside)
        layout = QHBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), 0)
        side = Qt.AlignmentFlag.AlignRight if self._mine else Qt.AlignmentFlag.AlignLeft
        layout.addWidget(box, 0, side)

    def set_low(self, low: bool) -> None:
        """Take as little height as can be."""
        if low != self._low:
            self._low = low
            self._fit_inside()

    def _fit_inside(self) -> None:
        px, side = self._theme.px, self._theme.px(30)
        above, below, between = (6, 10, 0) if self._low else (20, 24, 6)
        self._inside.setContentsMargins(side, px(above), side, px(below))
        self._inside.setSpacing(px(between))

    @property
    def line(self) -> ChatLine:
        return self._line

    def show_line(self, line: ChatLine, say: Words) -> None:
        """Say who wrote it and, of the shopper's own, whether it has arrived."""
        self._line = line
        if not self._mine:
            self._name.setText(line.name or say("Support"))
        elif line.delivered:
            self._name.setText(say("You · sent"))
        else:
            self._name.setText(say("You · sending…"))

    def fit(self, width: int) -> None:
        """Wrap the text for a log of ``width`` px."""
        metrics = QFontMetrics(self._text.font())
        most = int(width * _SHARE) - 2 * self._theme.px(30)
        room = QRect(0, 0, max(1, most), 100_000)
        used = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._text.text())
        self._text.setFixedSize(min(most, used.width()) + _SLACK, used.height())
