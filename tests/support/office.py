"""A kiosk and an agent's browser on the wire, frame by frame, against a real office."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk_app.base.clock import Clock
from kiosk_app.base.ids import new_id
from kiosk_app.base.settings import OfficeSettings
from kiosk_app.office.app import Office
from kiosk_app.protocol import from_kiosk, limits
from kiosk_app.protocol.codec import (
    console_commands,
    console_events,
    kiosk_frames,
    office_frames,
)
from kiosk_app.protocol.frames import (
    Ack,
    Challenge,
    Hello,
    KioskFrame,
    KioskNumbered,
    OfficeFrame,
    OfficeNumbered,
    Refused,
    Welcome,
)
from kiosk_app.protocol.from_console import AcceptCase, FromConsole
from kiosk_app.protocol.from_kiosk import FromKiosk, JoinQueue, OpenCase
from kiosk_app.protocol.shared import (
    Author,
    Battery,
    Cart,
    CartLine,
    CasePhase,
    ChatMessage,
    Context,
    Device,
    Network,
    PaymentStep,
    Position,
)
from kiosk_app.protocol.signing import hello_bytes
from kiosk_app.protocol.to_console import CaseChanged, ChatLog, ConsoleReady, ToConsole
from kiosk_app.protocol.to_kiosk import AgentJoined

PATIENCE = 10.0
M = TypeVar("M")


def context(*, cart_ore: int = 14_250, step: PaymentStep = PaymentStep.CART) -> Context:
    """What a kiosk tells of itself; no cart with ``cart_ore`` 0."""
    line = CartLine(line="1", name="Mjölk", quantity=1, amount_ore=cart_ore)
    return Context(
        store="Byabutiken",
        till_name="Kassa 2",
        position=Position.TILL,
        cart=Cart(lines=(line,) if cart_ore else ()),
        step=step,
        device=Device(),
        network=Network(),
        battery=Battery(),
        language="sv",
    )


Dial = Callable[..., Awaitable[aiohttp.ClientWebSocketResponse]]


class WireKiosk:
    """Speaks frames as a kiosk does, and wrong ones when asked."""

    def __init__(self, dial: Dial, port: int, name: str) -> None:
        self.name = name
        self.key = Ed25519PrivateKey.generate()
        self.stream = new_id()
        self.received = 0
        self.sent = 0
        self.port = port
        self._dial = dial
        self.ws: aiohttp.ClientWebSocketResponse | None = None
        self.heard: list[Any] = []

    @property
    def public_key(self) -> str:
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    async def open(self, *, protocol: str = limits.SUBPROTOCOL) -> Challenge | Refused:
        """The connection alone, up to the office's first frame."""
        self.ws = await self._dial(f"http://127.0.0.1:{self.port}/kiosk", protocols=(protocol,))
        frame = await self.frame()
        assert isinstance(frame, Challenge | Refused)
        return frame

    def hello(self, nonce: str, **changes: Any) -> Hello:
        """A right hello, unless ``changes`` make it a wrong one after signing."""
        at = datetime.now(UTC).isoformat()
        host = f"127.0.0.1:{self.port}"
        signed = hello_bytes(kiosk=self.name, host=host, nonce=nonce, stream=self.stream, at=at)
        values: dict[str, Any] = {
            "version": limits.VERSION,
            "kiosk": self.name,
            "host": host,
            "stream": self.stream,
            "received": self.received,
            "at": at,
            "signature": base64.b64encode(self.key.sign(signed)).decode(),
        }
        return Hello(**{**values, **changes})

    async def connect(self) -> Welcome:
        """Challenge, hello, welcome."""
        challenge = await self.open()
        assert isinstance(challenge, Challenge)
        await self.send_frame(self.hello(challenge.nonce))
        welcome = await self.frame()
        assert isinstance(welcome, Welcome), welcome
        if not welcome.resumed:
            self.sent = 0
            self.received = 0
        return welcome

    async def send_frame(self, frame: KioskFrame) -> None:
        await self.send_text(kiosk_frames.encode(frame))

    async def send_text(self, text: str) -> None:
        assert self.ws is not None
        await self.ws.send_str(text)

    async def say(self, message: FromKiosk) -> None:
        """Send under the next number and wait until the office has processed it."""
        self.sent += 1
        await self.send_frame(KioskNumbered(number=self.sent, body=message))
        await self.until(lambda frame: isinstance(frame, Ack) and frame.received >= self.sent)

    async def frame(self) -> OfficeFrame:
        """The next frame of the office's."""
        assert self.ws is not None
        async with asyncio.timeout(PATIENCE):
            message = await self.ws.receive()
        assert message.type is aiohttp.WSMsgType.TEXT, message
        frame = office_frames.decode(message.data)
        if isinstance(frame, OfficeNumbered):
            assert frame.number == self.received + 1, "numbered without a gap or a repeat"
            self.received = frame.number
            self.heard.append(frame.body)
        return frame

    async def until(self, wanted: Callable[[OfficeFrame], bool]) -> OfficeFrame:
        while True:
            frame = await self.frame()
            if wanted(frame):
                return frame

    async def hears(self, kind: type[M], wanted: Callable[[M], bool] = lambda _m: True) -> M:
        """The first message of ``kind`` that is ``wanted``, heard already or still to come."""
        while True:
            for message in self.heard:
                if isinstance(message, kind) and wanted(message):
                    self.heard.remove(message)
                    return message
            await self.frame()

    async def is_refused(self) -> tuple[Refused, int]:
        """The refusal that comes, and the code that the connection is closed with."""
        refused = await self.until(lambda frame: isinstance(frame, Refused))
        assert isinstance(refused, Refused)
        assert self.ws is not None
        async with asyncio.timeout(PATIENCE):
            while (await self.ws.receive()).type is aiohttp.WSMsgType.TEXT:
                continue
        return refused, self.ws.close_code or 0

    async def cut(self) -> None:
        """The network is gone: no goodbye."""
        assert self.ws is not None
        await self.ws.close()

    async def queue_up(self, *, cart_ore: int = 14_250) -> str:
        """Press Hjälp and ask for a person; the case's id."""
        case = new_id()
        await self.say(opened(case, cart_ore=cart_ore))
        await self.say(
            JoinQueue(
                command=new_id(),
                case=case,
                message=wrote("Jag kan inte betala"),
                promised_seconds=60,
            )
        )
        return case


def wrote(text: str) -> ChatMessage:
    """A line of the shopper's, now."""
    return ChatMessage(
        id=new_id(), author=Author.SHOPPER, name="", text=text, sent_at=datetime.now(UTC)
    )


def opened(case: str, *, cart_ore: int = 14_250) -> OpenCase:
    return from_kiosk.OpenCase(
        command=new_id(),
        case=case,
        visit=new_id(),
        pressed_at=datetime.now(UTC),
        promised_seconds=60,
        context=context(cart_ore=cart_ore),
    )


class WireTab:
    """One window of an agent's, without the browser."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws
        self.heard: list[ToConsole] = []

    async def message(self) -> ToConsole:
        async with asyncio.timeout(PATIENCE):
            message = await self.ws.receive()
        assert message.type is aiohttp.WSMsgType.TEXT, message
        return console_events.decode(message.data)

    async def hears(self, kind: type[M], wanted: Callable[[M], bool] = lambda _m: True) -> M:
        """The first message of ``kind`` that is ``wanted``; what comes before it is passed."""
        while True:
            message = await self.message()
            if isinstance(message, kind) and wanted(message):
                return message

    async def send(self, command: FromConsole) -> None:
        await self.ws.send_str(console_commands.encode(command))

    async def accept(self, case: str, *, attempt: int = 1) -> None:
        await self.send(AcceptCase(command=new_id(), case=case, attempt=attempt))

    async def closed(self) -> int:
        """Waits for the end; the close code."""
        async with asyncio.timeout(PATIENCE):
            while (await self.ws.receive()).type is aiohttp.WSMsgType.TEXT:
                continue
        return self.ws.close_code or 0


@dataclass
class Town:
    """A real office on a free port, kiosks and agents that come to it."""

    directory: Path
    clock: Clock | None
    office: Office
    session: aiohttp.ClientSession
    cookies: dict[str, str] = field(default_factory=dict)
    sockets: list[aiohttp.ClientWebSocketResponse] = field(default_factory=list)

    async def dial(self, url: str, **options: Any) -> aiohttp.ClientWebSocketResponse:
        """A WebSocket that is closed with the town."""
        socket: aiohttp.ClientWebSocketResponse = await self.session.ws_connect(url, **options)
        self.sockets.append(socket)
        return socket

    @property
    def port(self) -> int:
        return self.office.port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def kiosk(self, name: str = "byabutiken-2") -> WireKiosk:
        """An admitted kiosk, not yet connected."""
        kiosk = WireKiosk(self.dial, self.port, name)
        await self.office.admin.admit_kiosk(name, public_key=kiosk.public_key)
        return kiosk

    async def log_in(self, name: str) -> str:
        """The session cookie of a fresh login."""
        agent = await self.office.admin.add_agent(name)
        token = await self.office.admin.login_token(agent)
        async with self.session.get(
            f"{self.url}/login", params={"token": token}, allow_redirects=False
        ) as answer:
            assert answer.status == 303
            return answer.cookies["hjalp_session"].value

    async def tab(self, name: str = "Lisa") -> WireTab:
        """A window of the agent's, up to its snapshot, which is not yet read."""
        if name not in self.cookies:
            self.cookies[name] = await self.log_in(name)
        return WireTab(await self.browse(self.cookies[name]))

    async def browse(
        self, cookie: str | None, *, origin: str | None = None
    ) -> aiohttp.ClientWebSocketResponse:
        headers = {"Origin": origin or self.url}
        if cookie is not None:
            headers["Cookie"] = f"hjalp_session={cookie}"
        return await self.dial(f"{self.url}/console/ws", headers=headers)

    async def ready_tab(self, name: str = "Lisa") -> tuple[WireTab, ConsoleReady]:
        tab = await self.tab(name)
        return tab, await tab.hears(ConsoleReady)

    async def restart(self) -> None:
        """Stop the office and start it again on the same port and data."""
        port = self.port
        await self.office.stop()
        self.office = Office(
            OfficeSettings(data_dir=str(self.directory), port=port), clock=self.clock
        )
        await self.office.start()


@asynccontextmanager
async def town(directory: Path, clock: Clock | None = None) -> AsyncIterator[Town]:
    """Open for as long as the ``async with`` lasts."""
    office = Office(OfficeSettings(data_dir=str(directory), port=0), clock=clock)
    await office.start()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        place = Town(directory, clock, office, session)
        try:
            yield place
        finally:
            await place.office.stop()
            for socket in place.sockets:
                await socket.close()


async def together(place: Town) -> tuple[WireKiosk, WireTab, str]:
    """A kiosk and Lisa in one case."""
    kiosk = await place.kiosk()
    await kiosk.connect()
    tab, _ = await place.ready_tab()
    case = await kiosk.queue_up()
    await tab.hears(CaseChanged, lambda m: m.card.phase is CasePhase.QUEUED)
    await tab.accept(case)
    await kiosk.hears(AgentJoined)
    await tab.hears(ChatLog)
    return kiosk, tab, case
