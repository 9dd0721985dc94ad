"""The office's end of every kiosk's link: numbers, acknowledgements, and what to send again."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field

from aiohttp import WSCloseCode

from kiosk_app.office.cases import Cases
from kiosk_app.office.gateway.hello import RETRY_SECONDS, RefusedError
from kiosk_app.office.gateway.socket import Socket
from kiosk_app.office.presence import KioskPresence
from kiosk_app.protocol import limits, to_kiosk
from kiosk_app.protocol.codec import office_frames
from kiosk_app.protocol.frames import Ack, Hello, OfficeNumbered, Refused, Welcome

logger = logging.getLogger(__name__)

# Worth nothing once they are old: a kiosk that comes back is told anew.
_OF_THE_MOMENT = (to_kiosk.QueueChanged, to_kiosk.PromiseChanged, to_kiosk.KnowledgeChanged)

CLOSE_CODES = {
    "version": WSCloseCode.PROTOCOL_ERROR,
    "unknown_kiosk": WSCloseCode.POLICY_VIOLATION,
    "bad_signature": WSCloseCode.POLICY_VIOLATION,
    "replaced": WSCloseCode.POLICY_VIOLATION,
    "bad_frame": WSCloseCode.INVALID_TEXT,
    "too_large": WSCloseCode.MESSAGE_TOO_BIG,
    "out_of_order": WSCloseCode.PROTOCOL_ERROR,
    "busy": WSCloseCode.TRY_AGAIN_LATER,
}


def refuse(socket: Socket, frame: Refused) -> None:
    """Say why not, and close."""
    socket.finish(office_frames.encode(frame), CLOSE_CODES[frame.code])


@dataclass(eq=False)
class Line:
    """One kiosk's stream. ``unacknowledged`` holds (number, frame) until the kiosk has it."""

    kiosk: str
    stream: str
    socket: Socket | None = None
    received: int = 0
    sent: int = 0
    unacknowledged: deque[tuple[int, str]] = field(default_factory=deque)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def acknowledge(self, received: int) -> None:
        """The kiosk has everything up to ``received``. RefusedError if that was never sent."""
        if received > self.sent:
            raise RefusedError(
                "out_of_order",
                "The kiosk acknowledged what was never sent. It connects anew; nothing is lost.",
                RETRY_SECONDS,
            )
        while self.unacknowledged and self.unacknowledged[0][0] <= received:
            self.unacknowledged.popleft()

    def takes(self, number: int) -> bool:
        """Is ``number`` the next one? False for a repeat; RefusedError if one is missing."""
        if number > self.received + 1:
            raise RefusedError(
                "out_of_order",
                "A message of the kiosk's is missing before this one. It connects anew and sends "
                "again what was not acknowledged.",
                RETRY_SECONDS,
            )
        return number == self.received + 1


class Streams:
    """See :class:`kiosk_app.office.lines.KioskLines`. One line per kiosk, the newest."""

    def __init__(self, cases: Cases, presence: KioskPresence) -> None:
        self._cases = cases
        self._presence = presence
        self._lines: dict[str, Line] = {}

    def send(self, kiosk: str, message: to_kiosk.ToKiosk) -> None:
        """Number and send; keep until acknowledged. FrameTooLargeError: it was not sent.

        A kiosk that has not been here since the office started asks for its case by itself.
        """
        line = self._lines.get(kiosk)
        if line is None or (line.socket is None and isinstance(message, _OF_THE_MOMENT)):
            return
        frame = office_frames.encode(OfficeNumbered(number=line.sent + 1, body=message))
        line.sent += 1
        line.unacknowledged.append((line.sent, frame))
        if len(line.unacknowledged) > limits.IN_FLIGHT:
            # Too far behind to catch up: with the stream forgotten it asks how its case stands.
            del self._lines[kiosk]
            if line.socket is not None:
                text = "The kiosk did not acknowledge for too long. It connects anew."
                refuse(line.socket, Refused("busy", text, RETRY_SECONDS))
                self._went(line)
        elif line.socket is not None:
            line.socket.send(frame)

    def send_all(self, message: to_kiosk.ToKiosk) -> None:
        """To every kiosk that is connected now."""
        for line in list(self._lines.values()):
            if line.socket is not None:
                self.send(line.kiosk, message)

    async def connect(self, hello: Hello, socket: Socket, promise: int | None) -> Line:
        """Take ``socket`` as the kiosk's line, welcome it, send again what it lacks."""
        line = self._lines.get(hello.kiosk)
        if line is not None and line.socket is not None:
            self._replace(line, hello.stream)
        resumed = line is not None and line.stream == hello.stream and hello.received <= line.sent
        if line is None or not resumed:
            line = Line(kiosk=hello.kiosk, stream=hello.stream)
            self._lines[hello.kiosk] = line
        line.socket = socket
        # A message that the older connection brought may still be on its way into the store.
        async with line.lock:
            line.acknowledge(hello.received if resumed else 0)
            socket.send(
                office_frames.encode(
                    Welcome(resumed=resumed, received=line.received, promise_seconds=promise)
                )
            )
            for _, frame in line.unacknowledged:
                socket.send(frame)
        self._presence.came(hello.kiosk)
        self._cases.look_at_kiosk(hello.kiosk)
        logger.info("kiosk %r connected, %s", hello.kiosk, "resumed" if resumed else "anew")
        return line

    def disconnect(self, line: Line, socket: Socket) -> None:
        """``socket`` has ended. The stream stays, to be resumed."""
        if line.socket is socket:
            self._went(line)

    def processed(self, line: Line, number: int) -> None:
        line.received = max(line.received, number)
        if line.socket is not None:
            line.socket.send(office_frames.encode(Ack(received=line.received)))

    def _went(self, line: Line) -> None:
        line.socket = None
        self._presence.went(line.kiosk)
        self._cases.look_at_kiosk(line.kiosk)
        logger.info("kiosk %r disconnected", line.kiosk)

    def _replace(self, line: Line, stream: str) -> None:
        if line.socket is None:
            return
        if line.stream != stream:
            logger.warning(
                "two connections as kiosk %r: the newer (stream %s) replaces the older (stream "
                "%s). If both run at once, enroll one of them under another name.",
                line.kiosk,
                stream,
                line.stream,
            )
        text = (
            "Another connection has come with this kiosk's identity, and this one is closed. "
            "If two kiosks share one identity, run kiosk-app enroll on one of them."
        )
        refuse(line.socket, Refused("replaced", text, None))
        line.socket = None
