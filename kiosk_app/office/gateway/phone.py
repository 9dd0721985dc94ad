"""The phones' door: a code is exchanged once, then ``GET /phone/ws`` carries the case."""

import logging
from functools import partial

import msgspec
from aiohttp import WSCloseCode, web

from kiosk_app.base.clock import Clock
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.office.admin import token_hash
from kiosk_app.office.errors import StoreError
from kiosk_app.office.gateway.attempts import WINDOW_SECONDS, Attempts
from kiosk_app.office.gateway.door import PAGE_HEARTBEAT_SECONDS, Page, Sockets, check_origin
from kiosk_app.office.gateway.socket import CappedWebSocket, NotTextError, Socket
from kiosk_app.office.handoff_desk import PHONE_VALID, HandoffDesk
from kiosk_app.office.phone_desk import PhoneDesk
from kiosk_app.office.store.ports import PhoneStore
from kiosk_app.protocol.codec import WireError, phone_commands, phone_events
from kiosk_app.protocol.to_phone import ToPhone

logger = logging.getLogger(__name__)

COOKIE = "hjalp_phone"
_PATH = "/phone"  # nothing else of the office gets the phone's cookie
# Private use, after HTTP's own. The page knows both.
UNKNOWN = 4401
REPLACED = 4409
_BODY_BYTES = 1024


class _Exchange(msgspec.Struct, forbid_unknown_fields=True):
    token: str


class PhonePage(Page[ToPhone]):
    """See :class:`kiosk_app.office.phones.PhoneWindow`."""

    def __init__(self, socket: Socket) -> None:
        super().__init__(socket, phone_events)

    def replace(self) -> None:
        self._socket.finish(None, REPLACED)


def _say_why(socket: Socket, error: Exception) -> bool:
    match error:
        case NotTextError(code=code):
            socket.finish(None, code)
        case WireError(code=word):
            logger.info("a phone was refused: %s", word)
            socket.finish(None, WSCloseCode.POLICY_VIOLATION)
        case StoreError():
            logger.error("%s", error)
            socket.finish(None, WSCloseCode.TRY_AGAIN_LATER)
        case _:
            return False
    return True


class PhoneDoor:
    """Lets phones in. ``behind_proxy``: the last address that a proxy names is who comes."""

    def __init__(
        self,
        desk: PhoneDesk,
        handoffs: HandoffDesk,
        store: PhoneStore,
        clock: Clock,
        tasks: TaskOwner,
        *,
        origins: frozenset[str],
        secure: bool,
        behind_proxy: bool,
    ) -> None:
        self._desk = desk
        self._handoffs = handoffs
        self._store = store
        self._clock = clock
        self._origins = origins
        self._secure = secure
        self._behind_proxy = behind_proxy
        self._attempts = Attempts(clock)
        self._sockets = Sockets(tasks)

    async def exchange(self, request: web.Request) -> web.StreamResponse:
        """``POST /phone/exchange`` with ``{"token": …}``: 204 and a cookie, once.

        By the page's own script, so that no link preview uses the code up. 410 for a code that is
        used, expired or never was: which of them is nobody's business. 429: too many of those.
        """
        self._check_origin(request)
        address = self._address(request)
        if not self._attempts.allowed(address):
            return web.Response(status=429, headers={"Retry-After": f"{WINDOW_SECONDS:.0f}"})
        untrusted_body = await request.content.read(_BODY_BYTES)
        try:
            token = msgspec.json.decode(untrusted_body, type=_Exchange).token
            session = await self._handoffs.exchange(token)
        except (msgspec.MsgspecError, UnicodeError):
            session = None
        except StoreError as error:
            logger.error("%s", error)
            return web.Response(status=503)
        if session is None:
            self._attempts.failed(address)
            return web.Response(status=410)
        response = web.Response(status=204)
        response.set_cookie(
            COOKIE,
            session,
            max_age=int(PHONE_VALID.total_seconds()),
            path=_PATH,
            httponly=True,
            samesite="Strict",
            secure=self._secure,
        )
        return response

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """``GET /phone/ws``: one page from its snapshot to its end."""
        self._check_origin(request)
        session = request.cookies.get(COOKIE, "")
        case = await self._store.phone(token_hash(session), self._clock.wall())
        ws = CappedWebSocket(lambda _code: "", heartbeat=PAGE_HEARTBEAT_SECONDS)
        return await self._sockets.host(request, ws, partial(self._serve, case), _say_why)

    def close(self) -> None:
        """Tell every phone that the office goes away."""
        self._sockets.close()

    async def _serve(self, case: str | None, socket: Socket) -> None:
        if case is None:
            socket.finish(None, UNKNOWN)
            return
        page = PhonePage(socket)
        try:
            await self._desk.welcome(case, page)
            while True:
                command = phone_commands.decode(await socket.receive())
                await self._desk.handle(case, page, command)
        finally:
            self._desk.left(case, page)

    def _check_origin(self, request: web.Request) -> None:
        what_to_do = "Read the code on the kiosk's screen again."
        check_origin(request, self._origins, what_to_do)

    def _address(self, request: web.Request) -> str:
        if self._behind_proxy:
            forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            if forwarded:
                return forwarded[:64]
        return request.remote or ""
