"""The kiosk's own window as frames for a share: never the desktop, never a sensitive widget.

What Qt has painted is read from the window's backing store, so a grab costs one copy and no
painting of its own (about 1 ms for 1080x1920 here; QWidget.render, the way out where there is no
raster backing store, paints everything again). Popups, menus and other windows are not in it.
"""

import logging
import math
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from kiosk_app.media.ports import FrameSink
from kiosk_app.ui.painted import painted
from kiosk_app.ui.sensitive import sensitive_rects
from kiosk_app.ui.till.surface import AreasTold

logger = logging.getLogger(__name__)

# About 15 frames a second: enough for a till, and twice as many would cost it its smoothness. A
# little under a fifteenth, or what changes 15 times a second would be taken ever later.
FRAME_SECONDS = 0.06
MASK = QColor(0x60, 0x60, 0x60)  # of no theme: plainly not part of the picture
_MARGIN = 1  # px around a mask, for what antialiasing and rounding put next to a widget


class Grabber(QObject):
    """Puts ``window`` into a sink whenever it is repainted, about 15 times a second at most.

    The last change is never left out: it follows as a trailing frame. ``ask_areas`` is asked of
    each frame for what is sensitive beside the marked widgets; a frame waits for the answer.
    """

    def __init__(
        self,
        window: QWidget,
        ask_areas: Callable[[AreasTold], None] = lambda told: told([], False),
    ) -> None:
        super().__init__(window)
        self._window = window
        self._ask_areas = ask_areas
        self._run = 0
        self._waiting = False
        self._again = False
        self._sink: FrameSink | None = None
        self._grabbed_at = 0.0
        self._painting = False
        self._masked: list[QRect] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one is 5 % late
        self._timer.timeout.connect(self._grab)

    def start(self, sink: FrameSink) -> None:
        """From now on ``sink`` gets frames, the first one at once."""
        self.stop()
        self._sink = sink
        self._masked = []
        self._window.installEventFilter(self)
        self.grab_whole()

    def stop(self) -> None:
        """No frame leaves after this returns. Safe to repeat."""
        self._sink = None
        self._run += 1
        self._waiting = self._again = False
        self._timer.stop()
        self._window.removeEventFilter(self)

    def grab_whole(self) -> None:
        """A frame of the window as it is, also if nothing changed."""
        if self._sink is not None:
            self._timer.stop()
            self._grab()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # UpdateRequest comes before the painting, the timer after it: one frame for one paint.
        if event.type() == QEvent.Type.UpdateRequest and not self._painting:
            self._schedule()
        return False

    def _schedule(self) -> None:
        if self._sink is not None and not self._timer.isActive():
            left = self._grabbed_at + FRAME_SECONDS - time.monotonic()
            self._timer.start(max(0, math.ceil(left * 1000)))

    def _grab(self) -> None:
        if self._sink is None or not self._window.isVisible():
            return
        if self._waiting:
            self._again = True
            return
        self._grabbed_at = time.monotonic()
        self._paint_what_waits()
        image = painted(self._window)
        marked = sensitive_rects(self._window)
        run, held = self._run, image

        def told(areas: list[QRect], unsure: bool) -> None:
            if run == self._run:
                self._waiting = False
                self._publish(held, [*marked, *areas], unsure)

        self._waiting = True
        self._ask_areas(told)
        if self._waiting:
            # What is told later is of this picture, and Qt paints on meanwhile.
            held = image.copy()

    def _publish(self, image: QImage, sensitive: list[QRect], unsure: bool) -> None:
        """Hand ``image`` on without what is ``sensitive``. ``unsure``: less may be, soon."""
        if self._sink is None:
            return
        again, self._again = self._again, False
        slot = self._sink.begin(image.width(), image.height())
        if slot is not None:
            rects = _in_pixels(sensitive, image.devicePixelRatio())
            _copy(image, slot, [*rects, *self._masked])
            self._sink.publish()
            # Something sensitive moved: this frame masks both places, the next only the new one.
            again = again or unsure or rects != self._masked
            self._masked = rects
        if again:
            self._schedule()

    def _paint_what_waits(self) -> None:
        """Bring the backing store up to the widgets' places as they are at this moment.

        Else a widget that has moved but is not painted yet would be masked where it is not.
        """
        self._painting = True
        try:
            QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        finally:
            self._painting = False


def _in_pixels(rects: list[QRect], ratio: float) -> list[QRect]:
    """``rects`` in a frame's pixels, and a little round them."""
    return [
        QRect(
            math.floor(rect.x() * ratio) - _MARGIN,
            math.floor(rect.y() * ratio) - _MARGIN,
            math.ceil(rect.width() * ratio) + 2 * _MARGIN + 1,
            math.ceil(rect.height() * ratio) + 2 * _MARGIN + 1,
        )
        for rect in rects
    ]


def _copy(image: QImage, slot: memoryview, masks: list[QRect]) -> None:
    """``image`` into ``slot``, all but what is under ``masks``: that is never in shared memory."""
    if not masks:
        slot[:] = image.constBits()
        return
    width, height = image.width(), image.height()
    frame = QImage(slot, width, height, width * 4, QImage.Format.Format_RGB32)
    whole = QRect(0, 0, width, height)
    hidden = QRegion()
    for mask in masks:
        hidden += mask
    painter = QPainter(frame)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.setClipRegion(QRegion(whole) - hidden)
    painter.drawImage(whole, image, whole)
    painter.setClipRegion(hidden)
    painter.fillRect(whole, MASK)
    painter.end()
