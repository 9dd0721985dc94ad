"""The product's own kiosk, with a sign in its window that turns 60 times a second.

Run by ``tests.bench.call`` as ``python -m tests.bench.call_kiosk SETTINGS FILE``; at the end the
times of all paints are in FILE, as JSON, in seconds of the monotonic clock:

* ``sign``: each paint of the sign, a square of 24 px driven as Qt drives its animations, every
  16 ms. One list.
* ``work``: what the window's thread had worked by then, in seconds of a processor. One list.
* ``slide``: each paint of the sheet while it slides. A list for each time that it slid.
* ``picture``: each paint of the call's pictures. One list.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk_app.cli import run as kiosk
from kiosk_app.ui.shell import Shell

FRAME_MS = 16  # of QAbstractAnimation, without a screen's own beat to follow
SIDE = 24


class Sign(QWidget):
    """A hand that goes round, above everything."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.painted_at: list[float] = []
        self.worked: list[float] = []
        self.setGeometry(0, 0, SIDE, SIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.update)
        self._timer.start(FRAME_MS)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted_at.append(time.monotonic())
        self.worked.append(time.thread_time())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        painter.translate(SIDE / 2, SIDE / 2)
        painter.rotate(len(self.painted_at) * 6 % 360)
        painter.fillRect(-2, -10, 4, 10, QColor("black"))
        painter.end()


class Watch(QObject):
    """Notes when the sheet's slide and the call's pictures are painted."""

    def __init__(self, window: Shell) -> None:
        super().__init__(window)
        self.slide: list[list[float]] = []
        self.picture: list[float] = []
        for widget in window.findChildren(QWidget):
            # By their names: what they are built of is the window's own affair.
            if type(widget).__name__ == "Slide" or widget.objectName() == "call_pictures":
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched.objectName() == "call_pictures":
            if event.type() is QEvent.Type.Paint:
                self.picture.append(time.monotonic())
        elif event.type() is QEvent.Type.Show:
            self.slide.append([])
        elif event.type() is QEvent.Type.Paint and self.slide:
            self.slide[-1].append(time.monotonic())
        return False


class WatchedShell(Shell):
    """The window, with sign and watch once all of it is there."""

    sign: Sign | None = None
    watch: Watch | None = None

    def warm_up(self) -> None:
        super().warm_up()
        if self.sign is None:
            type(self).sign, type(self).watch = Sign(self), Watch(self)


def main(settings: Path, file: Path) -> int:
    setattr(kiosk, "Shell", WatchedShell)  # noqa: B010 -- where the kiosk looks for it
    code = kiosk.run(settings)
    sign, watch = WatchedShell.sign, WatchedShell.watch
    assert sign is not None and watch is not None, "the window was never whole"
    found = {"sign": sign.painted_at, "work": sign.worked}
    file.write_text(json.dumps(found | {"slide": watch.slide, "picture": watch.picture}))
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
