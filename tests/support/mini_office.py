"""An office that speaks just enough of the kiosk's link, over a real WebSocket on loopback."""

import asyncio
import base64
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk_app.protocol import limits
from kiosk_app.protocol.codec import kiosk_frames, office_frames
from kiosk_app.protocol.frames import (
    Ack,
    Challenge,
    Hello,
    KioskFrame,
    KioskNumbered,
    OfficeFrame,
    OfficeNumbered,
    Ping,
    Pong,
    Refused,
    Welcome,
)
from kiosk_app.protocol.from_kiosk import FromKiosk
from kiosk_app.protocol.signing import hello_bytes
from kiosk_app.protocol.to_kiosk import ToKiosk


@dataclass
class _Stream:
    received: int = 0
    said: list[ToKiosk] = field(default_factory=list)


class MiniOffice:
    """Remembers streams over :meth:`stop` and :meth:`start`, until :meth:`forget`."""

    def __init__(self, public_key: str, *, tls: ssl.SSLContext | None = None) -> None:
        self.heard: list[FromKiosk] = []
        """Every message, in the order of its first arrival within its stream."""
        self.frames: list[KioskFrame] = []
        self.hellos: list[Hello] = []
        self.connections = 0
        self.refuse: Refused | None = None
        self.acknowledge = True
        self.answer_pings = True
        self.close_codes: list[int | None] = []
        self.raw_first: str | bytes | None = None  # sent in place of the challenge
        self.welcome_received: int | None = None  # said in place of the truth
        self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        self._streams: dict[str, _Stream] = {}
        self._current = _Stream()
        self._ws: web.WebSocketResponse | None = None
        self._runner: web.AppRunner | None = None
        self._tls = tls
        self.port = 0

    @property
    def url(self) -> str:
        return f"{'wss' if self._tls else 'ws'}://127.0.0.1:{self.port}/kiosk"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/kiosk", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=self._tls)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Gone like a killed process: the socket closes without a word."""
        self.cut()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def forget(self) -> None:
        self._streams.clear()

    def cut(self) -> None:
        if self._ws is not None and self._transport is not None:
            self._transport.abort()
        self._ws = None

    async def say(self, message: ToKiosk) -> None:
        self._current.said.append(message)
        await self.frame(OfficeNumbered(number=len(self._current.said), body=message))

    async def frame(self, frame: OfficeFrame) -> None:
        if self._ws is not None:
            await self._ws.send_str(office_frames.encode(frame))

    async def raw(self, data: str | bytes) -> None:
        assert self._ws is not None
        if isinstance(data, str):
            await self._ws.send_str(data)
        else:
            await self._ws.send_bytes(data)

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(protocols=(limits.SUBPROTOCOL,), compress=False)
        await ws.prepare(request)
        self.connections += 1
        self._transport = request.transport
        if self.raw_first is not None:
            await (ws.send_str if isinstance(self.raw_first, str) else ws.send_bytes)(
                self.raw_first  # type: ignore[arg-type]  # the kind is chosen in the line above
            )
            await ws.receive()
            return ws
        nonce = f"nonce-{self.connections}"
        await ws.send_str(office_frames.encode(Challenge(nonce=nonce, now=datetime.now(UTC))))
        hello = kiosk_frames.decode((await ws.receive()).data)
        assert isinstance(hello, Hello)
        self.hellos.append(hello)
        self._key.verify(
            base64.b64decode(hello.signature),
            hello_bytes(
                kiosk=hello.kiosk, host=hello.host, nonce=nonce, stream=hello.stream, at=hello.at
            ),
        )
        if self.refuse is not None:
            await ws.send_str(office_frames.encode(self.refuse))
            await ws.close()
            return ws
        resumed = hello.stream in self._streams
        stream = self._current = self._streams.setdefault(hello.stream, _Stream())
        claimed = stream.received if self.welcome_received is None else self.welcome_received
        await ws.send_str(
            office_frames.encode(Welcome(resumed=resumed, received=claimed, promise_seconds=60))
        )
        self._ws = ws
        for number, message in enumerate(stream.said, 1):
            if number > hello.received:
                await self.frame(OfficeNumbered(number=number, body=message))
        async for message_ in ws:
            if message_.type is WSMsgType.TEXT:
                await self._take(kiosk_frames.decode(message_.data), stream)
        self.close_codes.append(ws.close_code)
        return ws

    async def _take(self, frame: KioskFrame, stream: _Stream) -> None:
        self.frames.append(frame)
        match frame:
            case KioskNumbered(number=number, body=body):
                assert number <= stream.received + 1, "a message is missing"
                if number == stream.received + 1:
                    stream.received = number
                    self.heard.append(body)
                if self.acknowledge:
                    await self.frame(Ack(received=stream.received))
            case Ping() if self.answer_pings:
                await self.frame(Pong())
            case _:
                pass


class Ear:
    """A link listener that writes down what it hears and can be waited on."""

    def __init__(self) -> None:
        self.events: list[tuple[object, ...]] = []
        self._changed = asyncio.Event()

    def link_up(self, *, resumed: bool, promise_seconds: int | None) -> None:
        self._note("up", resumed, promise_seconds)

    def link_lost(self, reason: str) -> None:
        self._note("lost", reason)

    def link_refused(self, code: str, message: str) -> None:
        self._note("refused", code, message)

    def message_received(self, message: ToKiosk) -> None:
        self._note("message", message)

    def message_kept(self, command: str) -> None:
        self._note("kept", command)

    def message_delivered(self, command: str) -> None:
        self._note("delivered", command)

    def of(self, kind: str) -> list[tuple[object, ...]]:
        return [event[1:] for event in self.events if event[0] == kind]

    async def hears(self, kind: str, count: int = 1) -> list[tuple[object, ...]]:
        """Everything of ``kind``, once there is ``count`` of it."""
        async with asyncio.timeout(20):
            while len(self.of(kind)) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.of(kind)

    def _note(self, *event: object) -> None:
        self.events.append(event)
        self._changed.set()
