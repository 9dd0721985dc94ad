"""The agents' door: ``GET /console/ws``, after a login."""

import logging
from functools import partial

from aiohttp import WSCloseCode, web

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.office.agent_desk import AgentDesk
from kiosk_app.office.gateway.door import PAGE_HEARTBEAT_SECONDS, Page, Sockets, check_origin
from kiosk_app.office.gateway.login import Logins
from kiosk_app.office.gateway.socket import CappedWebSocket, NotTextError, Socket
from kiosk_app.office.record import Agent
from kiosk_app.office.wording import say
from kiosk_app.protocol.codec import WireError, console_commands, console_events
from kiosk_app.protocol.to_console import ConsoleRefused, ToConsole

logger = logging.getLogger(__name__)

NOT_LOGGED_IN = 4401  # private use, after HTTP's 401


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


class BrowserTab(Page[ToConsole]):
    """See :class:`kiosk_app.office.agents.Tab`."""

    def __init__(self, agent: str, socket: Socket) -> None:
        super().__init__(socket, console_events)
        self.agent = agent


class ConsoleDoor:
    """Lets agents' browsers in and reads what they ask for."""

    def __init__(
        self, desk: AgentDesk, logins: Logins, origins: frozenset[str], tasks: TaskOwner
    ) -> None:
        self._desk = desk
        self._logins = logins
        self._origins = origins
        self._sockets = Sockets(tasks)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The route's handler: one browser window from its snapshot to its end."""
        check_origin(
            request,
            self._origins,
            "Open the console by the office's own address (public_host in its settings).",
        )
        agent = await self._logins.agent(request)
        ws = CappedWebSocket(_last_words, heartbeat=PAGE_HEARTBEAT_SECONDS)
        return await self._sockets.host(request, ws, partial(self._serve, agent), _say_why)

    def close(self) -> None:
        """Tell every browser that the office goes away."""
        self._sockets.close()

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
