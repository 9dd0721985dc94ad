"""One line that tells what just happened, above the foot, gone by itself."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk_app.ui.announce import announce
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.label import PlainLabel

SHOWN_MS = 8_000  # two sentences read slowly; a screen reader has heard them by then too


class MessageLine(Card):
    """Shows a sentence with an icon beside it, and has it spoken.

    Signals: ``tapped()`` when a line of the agent's was tapped.
    """

    tapped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("message", parent)
        self.setObjectName("message_line")
        box = QHBoxLayout(self)
        theme.fit(box, (32, 24, 32, 24), 24)
        self._icon = IconView(theme, "warning", "on_ink", 48)
        self._label = PlainLabel(theme, "", Type.SECOND_STRONG, tone="on_ink", wrap=True)
        box.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self._label, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.clear)
        self._from_agent = False
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; empty when nothing is."""
        return self._label.text() if not self.isHidden() else ""

    @property
    def from_agent(self) -> bool:
        """Whether it is a line of the agent's that is shown."""
        return self._from_agent and not self.isHidden()

    def say(self, text: str, icon: str = "warning") -> None:
        """Show ``text`` for a while, from the start if it is the same."""
        self._from_agent = False
        self._show(text, text, icon, private=False)

    def quote(self, name: str, untrusted_text: str, width: int) -> None:
        """Show what the agent wrote, on two lines at most in a line ``width`` px wide; all of it
        is spoken."""
        text = f"{name}: {' '.join(untrusted_text.split())}"
        margins = self.contentsMargins()
        layout = self.layout()
        beside = self._icon.sizeHint().width() + margins.left() + margins.right()
        if layout is not None:
            inside = layout.contentsMargins()
            beside += inside.left() + inside.right() + layout.spacing()
        self._from_agent = True
        self._label.ensurePolished()
        room = max(1, width - beside)
        self._show(two_lines(text, self._label.fontMetrics(), room), text, "chat", private=True)

    def _show(self, shown: str, text: str, icon: str, *, private: bool) -> None:
        self._icon.set_icon(icon)
        self._label.setText(shown)
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, text, urgent=True, private=private)

    def stand_in(self, room: QRect) -> None:
        """At the foot of ``room``, as high as the words need."""
        layout = self.layout()
        high = layout.totalHeightForWidth(room.width()) if layout is not None else 0
        self.setGeometry(room.left(), room.bottom() - high, room.width(), high)

    def clear(self) -> None:
        """Say nothing any more, and keep nothing of it."""
        self._timer.stop()
        self._from_agent = False
        self._label.setText("")
        self.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.from_agent and self.rect().contains(event.position().toPoint()):
            self.tapped.emit()


def two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """``text``, cut with … where it takes more than two lines of ``width`` px."""
    room = QRect(0, 0, width, 9999)
    flags = int(Qt.TextFlag.TextWordWrap)  # as a label breaks its lines
    # Two lines measured: they are a little higher than twice the distance from line to line.
    high = metrics.boundingRect(room, flags, "x\nx").height()

    def fits(end: int) -> bool:
        shown = text if end == len(text) else f"{text[:end].rstrip()}…"
        box = metrics.boundingRect(room, flags, shown)
        return box.height() <= high and box.width() <= width

    low, top = 0, len(text)
    while low < top:
        middle = (low + top + 1) // 2
        if fits(middle):
            low = middle
        else:
            top = middle - 1
    return text if low == len(text) else f"{text[:low].rstrip()}…"
