"""The agents' door: ``GET /console/ws``, after a login."""

import logging
from functools import partial

from aiohttp import WSCloseCode, web

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.office.agent_desk import AgentDesk
from kiosk_app.office.gateway.login import Logins
from kiosk_app.office.gateway.socket import (
    CappedWebSocket,
    NotTextError,
    Socket,
    serve,
)
from kiosk_app.office.record import Agent
from kiosk_app.office.wording import say
from kiosk_app.protocol.codec import (
    FrameTooLargeError,
    WireError,
    console_commands,
    console_events,
)
from kiosk_app.protocol.to_console import ConsoleRefused, ToConsole

logger = logging.getLogger(__name__)

NOT_LOGGED_IN = 4401  # private use, after HTTP's 401
_HEARTBEAT_SECONDS = 15.0  # a browser that was unplugged is noticed in twice this


def _refused(code: str, message: str) -> str:
    return console_events.encode(ConsoleRefused(command=None, code=code, message=message))


def _last_words(code: int) -> str:
    if code == WSCloseCode.MESSAGE_TOO_BIG:
        return _refused(
            "too_large", say("This is too large to send. Nothing was sent; make it shorter.")
        )
    return _refused("bad_frame", say("The page said something unknown. Load it again."))


def _say_why(socket: Socket, error: Exception) -> bool:
    match error:
        case NotTextError(code=code):
            socket.finish(_last_words(code), code)
        case WireError(code=code):
            logger.info("a console was refused: %s", code)
            text = say("The page said something unknown. Load it again.")
            socket.finish(_refused(code, text), WSCloseCode.POLICY_VIOLATION)
        case _:
            return False
    return True


class BrowserTab:
    """See :class:`kiosk_app.office.agents.Tab`."""

    def __init__(self, agent: str, socket: Socket) -> None:
        self.agent = agent
        self._socket = socket

    def send(self, message: ToConsole) -> None:
        try:
            self._socket.send(console_events.encode(message))
        except FrameTooLargeError as error:
            logger.error("%s", error)


class ConsoleDoor:
    """Lets agents' browsers in and reads what they ask for."""

    def __init__(
        self, desk: AgentDesk, logins: Logins, origins: frozenset[str], tasks: TaskOwner
    ) -> None:
        self._desk = desk
        self._logins = logins
        self._origins = origins
        self._tasks = tasks
        self._open: set[Socket] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The route's handler: one browser window from its snapshot to its end."""
        if request.headers.get("Origin", "").lower() not in self._origins:
            raise web.HTTPForbidden(
                text="This page is not of this office, and its request was refused. Open the "
                "console by the office's own address (public_host in its settings).\n"
            )
        agent = await self._logins.agent(request)
        ws = CappedWebSocket(_last_words, heartbeat=_HEARTBEAT_SECONDS)
        await ws.prepare(request)
        socket = Socket(ws)
        self._open.add(socket)
        try:
            await serve(
                socket,
                self._tasks,
                partial(self._serve, agent, socket),
                partial(_say_why, socket),
            )
        finally:
            self._open.discard(socket)
        return ws

    def close(self) -> None:
        """Tell every browser that the office goes away."""
        for socket in self._open:
            socket.finish(None, WSCloseCode.GOING_AWAY)

    async def _serve(self, agent: Agent | None, socket: Socket) -> None:
        if agent is None:
            text = say("You are not logged in. Ask for a new login link and open it.")
            socket.finish(_refused("not_logged_in", text), NOT_LOGGED_IN)
            return
        tab = BrowserTab(agent.agent, socket)
        try:
            await self._desk.welcome(tab, agent)
            while True:
                command = console_commands.decode(await socket.receive())
                await self._desk.handle(tab, agent, command)
        finally:
            self._desk.left(tab)
