"""The kiosk's half of the share benchmark: a real Qt window, the real grabber and media process.

Run by ``tests.bench.share``; reads commands as JSON lines and answers each with one.
"""

import asyncio
import json
import sys
import time
from typing import Any

import qasync
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk_app.base.log import set_up_logging
from kiosk_app.media.ports import Picture, Whose
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import ChatMessage
from kiosk_app.ui.grabber import Grabber
from tests.bench.timecode import BITS, CELL, code_of

STEP_MS = 66  # 15 changes a second


class MovingPage(QWidget):
    """Rows of text that scroll under a time code of the moment they were painted."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.setFixedSize(width, height)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)

    def move_on(self, moving: bool) -> None:
        self._timer.start(STEP_MS) if moving else self._timer.stop()

    def _on_timer(self) -> None:
        self._step += 1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#f4f4f0"))
        painter.setFont(QFont("DejaVu Sans", 18))
        for row in range(-1, self.height() // 60 + 1):
            number = row + self._step * 12 // 60
            y = row * 60 + 60 - self._step * 12 % 60
            painter.fillRect(
                QRect(20, y, self.width() - 40, 52),
                QColor.fromHsv(number * 37 % 360, 60, 240),
            )
            painter.setPen(QColor("#202020"))
            painter.drawText(40, y + 36, f"Rad {number}: Mjölk 1,5 l, 15,90 kr, Kaffe 54,90 kr")
        painter.fillRect(QRect(0, 0, self.width(), CELL), QColor("white"))
        for bit, one in enumerate(code_of(time.time())):
            if one:
                painter.fillRect(QRect(bit * CELL, 0, CELL, CELL), QColor("black"))
        painter.fillRect(QRect(BITS * CELL, 0, CELL, CELL), QColor("white"))
        painter.end()


class Listener:
    """Turns what the media process reports into futures that commands wait for."""

    def __init__(self) -> None:
        self.reports: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    def media_ready(self) -> None:
        self.reports.put_nowait(("media_ready", None))

    def media_died(self, reason: str) -> None:
        raise SystemExit(reason)

    def answer_made(self, generation: int, sdp: str, fingerprint: str) -> None:
        self.reports.put_nowait(("answer_made", sdp))

    def peer_connected(self, generation: int) -> None:
        self.reports.put_nowait(("peer_connected", generation))

    def peer_lost(self, generation: int, reason: str) -> None:
        """A page that was closed; one that is missed shows as a command without an answer."""

    def peer_chat_received(self, message: ChatMessage) -> None:
        pass

    def agent_typed(self, typing: bool) -> None:
        pass

    def agent_pointed(self, x: float, y: float) -> None: ...

    def device_failed(self, device: CallDevice, reason: str) -> None: ...

    def sound_heard(self, shopper: int, agent: int) -> None: ...

    def picture_arrived(self, whose: Whose, picture: Picture) -> None: ...

    def picture_gone(self, whose: Whose) -> None: ...

    def share_live(self, live: bool) -> None:
        self.reports.put_nowait(("share_live", live))

    def t140_opened(self, generation: int) -> None: ...

    def t140_received(self, generation: int, text: str) -> None: ...

    def share_wants_frame(self) -> None:
        self.reports.put_nowait(("share_wants_frame", None))

    async def until(self, wanted: str) -> Any:
        while True:
            name, value = await asyncio.wait_for(self.reports.get(), 20)
            if name == wanted:
                return value


async def serve(page: MovingPage) -> None:
    media, listener, grabber = MediaProcess(), Listener(), Grabber(page)
    media.listen(listener)
    await media.start("benchmark")
    await listener.until("media_ready")
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop.add_reader(sys.stdin.fileno(), lambda: lines.put_nowait(sys.stdin.readline()))
    say({"media_pid": media.pid})
    while line := await lines.get():
        command = json.loads(line)
        match command["do"]:
            case "offer":
                media.answer_offer(command["generation"], command["sdp"])
                say({"sdp": await listener.until("answer_made")})
            case "connected":
                await listener.until("peer_connected")
                say({})
            case "share":
                at = time.time()
                grabber.start(media.start_share(300))
                say({"at": at})
            case "unshare":
                grabber.stop()
                media.stop_share()
                while await listener.until("share_live"):
                    pass
                say({})
            case "move":
                page.move_on(command["moving"])
                say({})
            case "end":
                break
    loop.remove_reader(sys.stdin.fileno())
    await media.stop()
    say({})


def say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def main() -> None:
    set_up_logging("WARNING")
    app = QApplication(sys.argv)
    page = MovingPage(int(sys.argv[1]), int(sys.argv[2]))
    page.move(0, 0)
    page.show()
    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(serve(page))


if __name__ == "__main__":
    main()
