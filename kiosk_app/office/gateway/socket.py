"""A WebSocket of the office's: capped frames in, one writer out, a last word before it ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import WSCloseCode, WSMsgType, web

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.protocol import limits

logger = logging.getLogger(__name__)

_WAITING_FRAMES = 2_000  # a peer that is this far behind does not read
_LINGER_SECONDS = 1.0  # for the peer to read why, before a socket with unread bytes is reset
CLOSE_SECONDS = 2.0

BAD_DATA = frozenset(
    {WSCloseCode.PROTOCOL_ERROR, WSCloseCode.INVALID_TEXT, WSCloseCode.MESSAGE_TOO_BIG}
)


class SilentError(Exception):
    """Nothing came for too long."""


class ClosedError(Exception):
    """The peer is gone, or the office has said its last word."""


class NotTextError(Exception):
    """A frame was not text, not UTF-8 or over the cap; the close code says which."""

    def __init__(self, code: int) -> None:
        super().__init__(f"close code {code}")
        self.code = code


class CappedWebSocket(web.WebSocketResponse):
    """Says ``last_words(code)`` before it closes by itself over a frame that it will not read."""

    def __init__(
        self,
        last_words: Callable[[int], str],
        *,
        protocols: tuple[str, ...] = (),
        heartbeat: float | None = None,
    ) -> None:
        super().__init__(
            protocols=protocols,
            heartbeat=heartbeat,
            compress=False,
            # aiohttp refuses a frame of exactly this size too.
            max_msg_size=limits.FRAME_BYTES + 1,
            timeout=CLOSE_SECONDS,
        )
        self._last_words = last_words

    async def close(
        self, *, code: int = WSCloseCode.OK, message: bytes = b"", drain: bool = True
    ) -> bool:
        if code in BAD_DATA and not self.closed:
            try:
                await self.send_str(self._last_words(code))
                await asyncio.sleep(_LINGER_SECONDS)
            except ConnectionError:
                drain = False
        return await super().close(code=code, message=message, drain=drain)


class Socket:
    """Sends in order without ever blocking the sender; :meth:`write` is to be run as a task."""

    def __init__(self, ws: web.WebSocketResponse, *, ping: str | None = None) -> None:
        self._ws = ws
        self._ping = ping
        self._frames: asyncio.Queue[tuple[str | None, int]] = asyncio.Queue()
        self.closing = False

    def send(self, frame: str) -> None:
        """Send soon. A socket that is closing, or whose peer does not read, forgets it."""
        if self.closing:
            return
        if self._frames.qsize() >= _WAITING_FRAMES:
            logger.info("a peer does not read; its connection is closed")
            self.finish(None, WSCloseCode.TRY_AGAIN_LATER)
            return
        self._frames.put_nowait((frame, 0))

    def finish(self, last_frame: str | None, code: int) -> None:
        """Send ``last_frame`` after what waits, then close with ``code``."""
        if self.closing:
            return
        self.closing = True
        self._frames.put_nowait((last_frame, int(code)))

    async def write(self) -> None:
        """Send until finished or the peer is gone."""
        try:
            while True:
                try:
                    async with asyncio.timeout(limits.PING_SECONDS):
                        frame, code = await self._frames.get()
                except TimeoutError:
                    if self._ping is not None:
                        await self._ws.send_str(self._ping)
                    continue
                if frame is not None:
                    await self._ws.send_str(frame)
                if code:
                    break
            await self._ws.close(code=code)
        except ConnectionError:
            self.closing = True

    async def receive(self, within: float | None = None) -> str:
        """The next text frame. ClosedError, SilentError or NotTextError instead of one."""
        if self.closing:
            raise ClosedError
        try:
            async with asyncio.timeout(within):
                message = await self._ws.receive()
        except TimeoutError:
            raise SilentError from None
        if message.type is WSMsgType.TEXT:
            if self.closing:
                raise ClosedError
            return str(message.data)
        if message.type is WSMsgType.BINARY:
            raise NotTextError(WSCloseCode.UNSUPPORTED_DATA)
        if message.type is WSMsgType.ERROR and self._ws.close_code in BAD_DATA:
            raise NotTextError(self._ws.close_code or WSCloseCode.PROTOCOL_ERROR)
        raise ClosedError


async def serve(
    socket: Socket,
    tasks: TaskOwner,
    body: Callable[[], Awaitable[None]],
    last_word: Callable[[Exception], bool],
) -> None:
    """Run ``body`` over ``socket`` with a writer beside it, until both have ended.

    ``last_word`` says to the peer why ``body`` failed, and whether that was foreseen; any other
    failure is raised again once the socket is closed.
    """
    writer = tasks.start(socket.write(), name="socket-writer")
    try:
        await body()
    except ClosedError:
        socket.finish(None, WSCloseCode.OK)
    except SilentError:
        socket.finish(None, WSCloseCode.GOING_AWAY)
    except Exception as error:
        if not last_word(error):
            raise
    finally:
        socket.finish(None, WSCloseCode.INTERNAL_ERROR)
        await asyncio.wait([writer])
