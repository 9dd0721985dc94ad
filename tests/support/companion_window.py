"""A till's program with a window of its own, covering the screen: ``python -m … SOCKET``.

What it says to the kiosk is the sample's, assets/till/companion.py; here are keys to press and a
place to read. It takes the whole screen and comes to the front, as such programs do.
"""

import importlib.util
import json
import socket
import sys
from typing import Any

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk_app.base.paths import assets_dir

COLOUR = (32, 64, 255)


def _sample() -> Any:
    spec = importlib.util.spec_from_file_location(
        "companion", assets_dir() / "till" / "companion.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Window(QWidget):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.setStyleSheet(f"QWidget {{ background: rgb{COLOUR}; font-size: 30px; color: white }}")
        self.till: Any  # made once the window can show what it has
        self._cart = QLabel()
        self._cart.setObjectName("their_cart")
        self._typed = ""
        box = QVBoxLayout(self)
        box.addWidget(self._cart)
        for name in ("Kaffe", "Folköl"):
            key = QPushButton(name)
            key.setObjectName(f"sell_{name}")
            key.setMinimumHeight(120)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.clicked.connect(lambda _=False, what=name: self.till.sell(what))
            box.addWidget(key)
        front = QPushButton("To the front")
        front.setObjectName("to_the_front")
        front.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        front.clicked.connect(lambda _=False: self.raise_())
        box.addWidget(front)
        box.addStretch(1)
        wire = socket.socket(socket.AF_UNIX)
        wire.connect(path)
        self.till = _sample().Till(wire)
        self._wire, self._unread = wire, b""
        changed = self.till.changed

        def tell() -> None:
            changed()
            lines = [
                f"{line['name']}{' (unlocked)' if line['unlocked'] else ''}"
                for line in self.till.lines
            ]
            self._cart.setText(", ".join(lines) or "nothing")

        self.till.changed = tell
        tell()
        self._notifier = QSocketNotifier(wire.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda *_: self._hear())

    def _hear(self) -> None:
        came = self._wire.recv(65536)
        if not came:
            QApplication.quit()
            return
        *whole, self._unread = (self._unread + came).split(b"\n")
        for line in whole:
            message = json.loads(line)
            if message["type"] == "covered" and not message["covered"]:
                self.activateWindow()  # the keyboard is ours again
            self.till.hear(message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit():
            self._typed += event.text()
        elif event.key() == Qt.Key.Key_Return and self._typed:
            self.till.sell(self._typed)
            self._typed = ""


def main(path: str) -> None:
    application = QApplication([])
    window = Window(path)
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.setGeometry(window.screen().geometry())
    window.show()
    window.raise_()
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1])
