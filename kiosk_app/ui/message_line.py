"""One line that tells what just happened, above the foot, gone by itself."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk_app.ui.announce import announce
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.label import PlainLabel

SHOWN_MS = 8_000  # two sentences read slowly; a screen reader has heard them by then too


class MessageLine(Card):
    """Shows a sentence with an icon beside it, and has it spoken."""

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
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; empty when nothing is."""
        return self._label.text() if not self.isHidden() else ""

    def say(self, text: str, icon: str = "warning") -> None:
        """Show ``text`` for a while, from the start if it is the same."""
        self._icon.set_icon(icon)
        self._label.setText(text)
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, text, urgent=True)

    def clear(self) -> None:
        """Say nothing any more, and keep nothing of it."""
        self._timer.stop()
        self._label.setText("")
        self.hide()
