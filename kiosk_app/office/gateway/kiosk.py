"""The kiosks' door: ``GET /kiosk``."""

import logging
from functools import partial

from aiohttp import WSCloseCode, web

from kiosk_app.base.clock import Clock
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.office.errors import StoreError
from kiosk_app.office.estimate import Estimates
from kiosk_app.office.gateway.door import Sockets
from kiosk_app.office.gateway.hello import (
    RETRY_SECONDS,
    RefusedError,
    challenge,
    check_hello,
)
from kiosk_app.office.gateway.socket import CappedWebSocket, ClosedError, NotTextError, Socket
from kiosk_app.office.gateway.streams import Line, Streams, refuse
from kiosk_app.office.kiosk_desk import KioskDesk
from kiosk_app.office.kiosk_keys import KioskKeys
from kiosk_app.office.knowledge.desk import KnowledgeDesk
from kiosk_app.office.pauses import Pauses
from kiosk_app.office.pushes import Pushes
from kiosk_app.office.store.ports import KioskStore
from kiosk_app.protocol import limits
from kiosk_app.protocol.codec import WireError, kiosk_frames, office_frames
from kiosk_app.protocol.frames import Ack, Hello, KioskNumbered, Ping, Pong, Refused

logger = logging.getLogger(__name__)

_PING = office_frames.encode(Ping())
_PONG = office_frames.encode(Pong())


def _last_words(code: int) -> str:
    return office_frames.encode(_of_bad_data(code).frame)


def _of_bad_data(code: int) -> RefusedError:
    if code == WSCloseCode.MESSAGE_TOO_BIG:
        return RefusedError(
            "too_large",
            f"A frame has at most {limits.FRAME_BYTES} bytes. It was not read, and the "
            f"connection is closed; nothing else is lost.",
            RETRY_SECONDS,
        )
    return RefusedError(
        "bad_frame",
        "A frame is UTF-8 text. The connection is closed; nothing else is lost.",
        RETRY_SECONDS,
    )


def _say_why(socket: Socket, error: Exception) -> bool:
    match error:
        case RefusedError(frame=frame):
            pass
        case NotTextError(code=code):
            frame = _of_bad_data(code).frame
        case WireError():
            frame = Refused(error.code, str(error)[:300], RETRY_SECONDS)
        case StoreError():
            logger.error("%s", error)
            text = "The office cannot write just now. Nothing is lost; the kiosk sends it again."
            frame = Refused("busy", text, RETRY_SECONDS)
        case _:
            return False
    if not isinstance(error, StoreError):
        logger.info("a kiosk was refused: %s", frame.code)
    refuse(socket, frame)
    return True


class KioskDoor:
    """Lets kiosks in and reads what they say, one after the other."""

    def __init__(
        self,
        streams: Streams,
        desk: KioskDesk,
        pushes: Pushes,
        estimates: Estimates,
        knowledge: KnowledgeDesk,
        pauses: Pauses,
        store: KioskStore,
        keys: KioskKeys,
        clock: Clock,
        hosts: frozenset[str],
        tasks: TaskOwner,
    ) -> None:
        self._streams = streams
        self._desk = desk
        self._pushes = pushes
        self._estimates = estimates
        self._knowledge = knowledge
        self._pauses = pauses
        self._store = store
        self._keys = keys
        self._clock = clock
        self._hosts = hosts
        self._sockets = Sockets(tasks)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The route's handler: one connection from its challenge to its end."""
        ws = CappedWebSocket(_last_words, protocols=(limits.SUBPROTOCOL,))
        body = partial(self._serve, ws)
        return await self._sockets.host(request, ws, body, _say_why, ping=_PING)

    def close(self) -> None:
        """Tell every kiosk that the office goes away."""
        self._sockets.close()

    async def _serve(self, ws: CappedWebSocket, socket: Socket) -> None:
        line = await self._let_in(ws, socket)
        try:
            self._pushes.forget_told(line.kiosk)
            newest_help = self._knowledge.newest
            if newest_help is not None:
                self._streams.send(line.kiosk, newest_help)
            self._pauses.tell(line.kiosk)
            while True:
                await self._read(line, socket)
        finally:
            self._streams.disconnect(line, socket)

    async def _let_in(self, ws: CappedWebSocket, socket: Socket) -> Line:
        if ws.ws_protocol != limits.SUBPROTOCOL:
            raise RefusedError(
                "version",
                f"The office speaks {limits.SUBPROTOCOL}. Update the older of the two.",
            )
        now = self._clock.wall()
        asked = challenge(now)
        socket.send(office_frames.encode(asked))
        hello = kiosk_frames.decode(await socket.receive(limits.LINK_GONE_SECONDS))
        if not isinstance(hello, Hello):
            raise RefusedError("bad_frame", "The first frame is hello.", RETRY_SECONDS)
        kiosk = await check_hello(
            hello, nonce=asked.nonce, hosts=self._hosts, store=self._store, now=now
        )
        self._keys.learn(kiosk)
        return await self._streams.connect(hello, socket, self._estimates.promise())

    async def _read(self, line: Line, socket: Socket) -> None:
        frame = kiosk_frames.decode(await socket.receive(limits.LINK_GONE_SECONDS))
        match frame:
            case Ping():
                socket.send(_PONG)
            case Pong():
                pass
            case Ack():
                line.acknowledge(frame.received)
            case KioskNumbered():
                async with line.lock:
                    if line.socket is not socket:
                        raise ClosedError
                    if line.takes(frame.number):
                        await self._desk.handle(line.kiosk, frame.body)
                    self._streams.processed(line, frame.number)
            case Hello():
                raise RefusedError(
                    "bad_frame", "A connection has one hello, its first frame.", RETRY_SECONDS
                )
