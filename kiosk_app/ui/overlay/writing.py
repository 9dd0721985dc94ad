"""A line to write in, with its key beside it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kiosk_app.protocol.limits import CHAT_CHARS
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Space
from kiosk_app.ui.widgets.field import TextField
from kiosk_app.ui.widgets.key import Key, KeyKind


class WritingLine(TextField):
    """A line of the sheet.

    Signals: ``pressed()`` at any press on it; ``touched()`` when that was a finger's and not a
    mouse's: there may be no keyboard.
    """

    pressed = Signal()
    touched = Signal()

    def __init__(self, theme: Theme, name: str, *, longest: int = CHAT_CHARS) -> None:
        super().__init__(theme)
        self.setObjectName(name)
        self.setMaxLength(longest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, placeholder: str, name: str) -> None:
        """What is asked for, and what it is called for those who do not see it."""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)

    def take(self) -> str:
        """What was written, without blank ends; the line is empty and its undo gone after."""
        text = self.text().strip()
        self.forget()
        return text

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed.emit()
        if _by_finger(event):
            self.touched.emit()


def _by_finger(event: QMouseEvent) -> bool:
    device = event.device()
    return device is not None and device.type() == QInputDevice.DeviceType.TouchScreen


class WritingRow(QWidget):
    """A writing line and the key that sends it; Enter does the same.

    Signals: ``submitted(str)`` with what was written, never blank; ``edited(str)`` at each change
    by the shopper.
    """

    submitted = Signal(str)
    edited = Signal(str)

    def __init__(self, theme: Theme, line: str, key: str, *, longest: int = CHAT_CHARS) -> None:
        super().__init__()
        self.line = WritingLine(theme, line, longest=longest)
        self.key = Key(theme, "", KeyKind.PRIMARY)
        self.key.setObjectName(key)
        layout = QHBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), Space.GAP - 4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.key)
        self.line.returnPressed.connect(self._submit)
        self.key.clicked.connect(self._submit)
        self.line.textEdited.connect(self.edited)

    def set_words(self, placeholder: str, name: str, key: str) -> None:
        self.line.set_words(placeholder, name)
        self.key.setText(key)

    def _submit(self) -> None:
        text = self.line.take()
        if text:
            self.submitted.emit(text)
