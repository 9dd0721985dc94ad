"""A line to write in, with its key beside it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kiosk_app.protocol.limits import CHAT_CHARS
from kiosk_app.ui.sensitive import OPENS_KEYS
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Space
from kiosk_app.ui.widgets.field import TextField
from kiosk_app.ui.widgets.key import Key, KeyKind

# A scanner's pause is shorter (see the wedge). With the 0.3 s in which letters are collected it
# must stay within the 0.5 s that EN 301 549 6.2.4 leaves.
_SCAN_MS = 130
_LATE_MS = 20  # keys that wait behind a late screen are seen to before it is said that none came
_Modifier = Qt.KeyboardModifier


class WritingLine(TextField):
    """A line of the sheet.

    Signals: ``pressed()`` at any press on it; ``touched()`` when that was a finger's and not a
    mouse's: there may be no keyboard; ``keys_wanted()`` at Enter while it is empty, for whoever
    has a keypad and no letters. ``wrote(str)`` with what stands in it after each change that
    is not the program's own, also by assistive programs; never with figures of a scan.
    """

    pressed = Signal()
    touched = Signal()
    wrote = Signal(str)
    keys_wanted = Signal()

    def __init__(self, theme: Theme, name: str, *, longest: int = CHAT_CHARS) -> None:
        super().__init__(theme)
        self.setObjectName(name)
        self.setMaxLength(longest)
        self._own = False
        self._before_scan: str | None = None
        self._hold = QTimer(self, singleShot=True, interval=_SCAN_MS)
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._hold.timeout.connect(self._late.start)
        self._late.timeout.connect(self._on_no_scan)
        self.textChanged.connect(self._on_text_changed)
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

    def put(self, text: str) -> None:
        """Let ``text`` stand here, as what was written elsewhere."""
        self._own = True
        self.hold_back(None)
        self.setText(text)
        self._own = False

    def forget(self) -> None:
        self.put("")

    def hold_back(self, before: str | None) -> None:
        self._before_scan = before
        self._hold.stop()
        self._late.stop()
        if before is not None:
            self._hold.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.text() and self.property(OPENS_KEYS):
            self.keys_wanted.emit()
            return
        plain = event.modifiers() in (_Modifier.NoModifier, _Modifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Backspace and plain and not self.hasSelectedText():
            # Qt takes half of an emoji or of a letter with its accent; a reader would not.
            self.cursorBackward(True)
        super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        if not self._own:
            self.wrote.emit(text if self._before_scan is None else self._before_scan)

    def _on_no_scan(self) -> None:
        self._before_scan = None
        self.wrote.emit(self.text())

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
