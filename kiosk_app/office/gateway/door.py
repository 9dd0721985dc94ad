"""What every door of the office does alike: sockets from their start to their end, and pages."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Generic, TypeVar

from aiohttp import WSCloseCode, web

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.office.gateway.socket import CappedWebSocket, Socket, serve
from kiosk_app.protocol.codec import Codec, FrameTooLargeError

logger = logging.getLogger(__name__)

PAGE_HEARTBEAT_SECONDS = 15.0  # a browser that was unplugged is noticed in twice this

M = TypeVar("M")


class Sockets:
    """The WebSockets that have come in by one door and are open."""

    def __init__(self, tasks: TaskOwner) -> None:
        self._tasks = tasks
        self._open: set[Socket] = set()

    async def host(
        self,
        request: web.Request,
        ws: CappedWebSocket,
        body: Callable[[Socket], Awaitable[None]],
        last_word: Callable[[Socket, Exception], bool],
        *,
        ping: str | None = None,
    ) -> web.StreamResponse:
        """``ws`` from ``request`` to its end; see :func:`serve` for the two callables."""
        await ws.prepare(request)
        socket = Socket(ws, ping=ping)
        self._open.add(socket)
        try:
            await serve(socket, self._tasks, partial(body, socket), partial(last_word, socket))
        finally:
            self._open.discard(socket)
        return ws

    def close(self) -> None:
        """Tell everyone that the office goes away."""
        for socket in self._open:
            socket.finish(None, WSCloseCode.GOING_AWAY)


class Page(Generic[M]):
    """A browser's page at the other end of ``socket``, which is told messages by ``codec``."""

    def __init__(self, socket: Socket, codec: Codec[M]) -> None:
        self._socket = socket
        self._codec = codec

    def send(self, message: M) -> None:
        """Send soon, in order. What is over the cap is not sent, and says so in the log."""
        try:
            self._socket.send(self._codec.encode(message))
        except FrameTooLargeError as error:
            logger.error("%s", error)


def check_origin(request: web.Request, origins: frozenset[str], what_to_do: str) -> None:
    """HTTPForbidden for a page that is not of this office; ``what_to_do`` is a sentence."""
    if request.headers.get("Origin", "").lower() not in origins:
        raise web.HTTPForbidden(
            text=f"This page is not of this office, and its request was refused. {what_to_do}\n"
        )
