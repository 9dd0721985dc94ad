"""One connection to the office: from the first byte to the failure that ends it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from kiosk_app.base.clock import Clock
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.link.failure import Broken, Cut, Failure, Refusal
from kiosk_app.link.opening import CONNECT_SECONDS, OPEN_SECONDS, failure_of
from kiosk_app.link.stream import ForgottenError, OutOfOrderError, Stream
from kiosk_app.protocol import limits
from kiosk_app.protocol.codec import WireError, kiosk_frames, office_frames
from kiosk_app.protocol.frames import (
    Ack,
    Challenge,
    Hello,
    KioskFrame,
    OfficeFrame,
    OfficeNumbered,
    Ping,
    Pong,
    Refused,
    Welcome,
)
from kiosk_app.protocol.signing import hello_bytes
from kiosk_app.protocol.to_kiosk import ToKiosk

if TYPE_CHECKING:
    import aiohttp

logger = logging.getLogger(__name__)

WATCH_SECONDS = 1.0  # how often silence is looked for; the limits are several times as long
GOODBYE_SECONDS = 1.0  # for the closing handshake; a dead network must not hold up the end


class Signer(Protocol):
    """As much of :class:`kiosk_app.identity.ports.Identity` as the link needs."""

    @property
    def kiosk(self) -> str: ...

    def sign(self, data: bytes) -> str: ...


class Ears(Protocol):
    """Who hears what comes in. None of these may block."""

    def welcomed(self, welcome: Welcome, arrived: list[str]) -> None: ...

    def heard(self, message: ToKiosk) -> None: ...

    def arrived(self, commands: list[str]) -> None: ...


class _EndedError(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


class Connection:
    """Opens, says hello, then reads, writes and watches until one of the three fails."""

    def __init__(
        self, url: str, identity: Signer, stream: Stream, clock: Clock, ears: Ears
    ) -> None:
        self._url = url
        self._identity = identity
        self._stream = stream
        self._clock = clock
        self._ears = ears
        self._up_since: float | None = None
        self._heard_at = self._pinged_at = self._progress_at = clock.monotonic()
        self._due = asyncio.Event()
        self._ack_due = self._ping_due = self._pong_due = False
        self._end: asyncio.Future[Failure] = asyncio.get_running_loop().create_future()

    @property
    def up(self) -> bool:
        """Whether the office has welcomed us on this connection."""
        return self._up_since is not None

    @property
    def lasted(self) -> float:
        """Seconds since the welcome, 0 without one."""
        return 0.0 if self._up_since is None else self._clock.monotonic() - self._up_since

    def wake(self) -> None:
        """The stream has something new to send."""
        self._due.set()

    async def run(self) -> Failure:
        """Why the connection ended or never came about. Cancel it to say goodbye."""
        import aiohttp

        session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        try:
            return await self._run(session)
        except _EndedError as ended:
            return ended.failure
        finally:
            await session.close()

    async def _run(self, session: "aiohttp.ClientSession") -> Failure:
        import aiohttp

        try:
            async with asyncio.timeout(OPEN_SECONDS):
                ws = await session.ws_connect(
                    self._url,
                    protocols=(limits.SUBPROTOCOL,),
                    timeout=aiohttp.ClientWSTimeout(ws_close=GOODBYE_SECONDS),
                    # aiohttp refuses what is as large as this already.
                    max_msg_size=limits.FRAME_BYTES + 1,
                    compress=0,
                )
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _EndedError(failure_of(error, self._url)) from error
        owner = TaskOwner(
            "link.connection",
            on_failure=lambda name, error: self._over(Cut("The link itself failed; see above.")),
        )
        code = aiohttp.WSCloseCode.OK
        try:
            if ws.protocol != limits.SUBPROTOCOL:
                raise _EndedError(
                    Broken(
                        "version",
                        f"What answers at office_url does not speak {limits.SUBPROTOCOL}. "
                        f"Nothing is lost. Look at the address and the office's version.",
                    )
                )
            try:
                async with asyncio.timeout(OPEN_SECONDS):
                    await self._say_hello(ws)
            except TimeoutError as error:
                raise _EndedError(
                    Cut(f"The office did not answer the hello within {OPEN_SECONDS:.0f} s.")
                ) from error
            for name, part in (
                ("read", self._read(ws)),
                ("write", self._write(ws)),
                ("watch", self._watch()),
            ):
                owner.start(self._until_it_fails(part), name=name)
            failure = await self._end
            code = _close_code(failure)
            return failure
        except _EndedError as ended:
            code = _close_code(ended.failure)
            raise
        finally:
            await owner.close()
            await self._say_goodbye(ws, code)

    async def _until_it_fails(self, part: Coroutine[Any, Any, None]) -> None:
        try:
            await part
        except _EndedError as ended:
            failure = ended.failure
        except (OSError, RuntimeError) as error:
            # What a socket that is closing under our hands raises, in aiohttp's words or Python's.
            failure = Cut(f"The connection to the office broke ({type(error).__name__}).")
        else:
            return
        self._over(failure)

    def _over(self, failure: Failure) -> None:
        if not self._end.done():
            self._end.set_result(failure)

    # Opening -------------------------------------------------------------------------------------

    async def _say_hello(self, ws: "aiohttp.ClientWebSocketResponse") -> None:
        challenge = await self._receive(ws)
        if not isinstance(challenge, Challenge):
            raise _EndedError(_unexpected(challenge, "its challenge"))
        kiosk, host = self._identity.kiosk, urlsplit(self._url).netloc.rpartition("@")[2]
        at = self._clock.wall().isoformat()
        stream = self._stream.id
        signed = hello_bytes(kiosk=kiosk, host=host, nonce=challenge.nonce, stream=stream, at=at)
        hello = Hello(
            version=limits.VERSION,
            kiosk=kiosk,
            host=host,
            stream=stream,
            received=self._stream.received,
            at=at,
            signature=self._identity.sign(signed),
        )
        await self._send(ws, hello)
        welcome = await self._receive(ws)
        if not isinstance(welcome, Welcome):
            raise _EndedError(_unexpected(welcome, "its welcome"))
        try:
            arrived = self._stream.connected(resumed=welcome.resumed, received=welcome.received)
        except ForgottenError as error:
            self._stream.begin_anew()
            raise _EndedError(Broken("out_of_order", str(error))) from error
        self._up_since = self._progress_at = self._clock.monotonic()
        self._ears.welcomed(welcome, arrived)
        self._due.set()

    async def _say_goodbye(
        self, ws: "aiohttp.ClientWebSocketResponse", code: "aiohttp.WSCloseCode"
    ) -> None:
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                if self.up and not self._end.done():
                    await self._send_what_is_due(ws)
                await ws.close(code=code)
        except (OSError, RuntimeError, _EndedError):
            # It is ending anyway; the session closes the socket by force.
            logger.debug("the link ended without a goodbye")

    # While it is up ------------------------------------------------------------------------------

    async def _read(self, ws: "aiohttp.ClientWebSocketResponse") -> None:
        while True:
            frame = await self._receive(ws)
            try:
                self._handle(frame)
            except OutOfOrderError as error:
                raise _EndedError(Broken("out_of_order", str(error))) from error

    def _handle(self, frame: OfficeFrame) -> None:
        match frame:
            case OfficeNumbered(number=number, body=body):
                if self._stream.accept(number):
                    self._ears.heard(body)
                    self._stream.processed(number)
                self._ack_due = True  # also for a repeat: our earlier acknowledgement was lost
                self._due.set()
            case Ack(received=received):
                arrived = self._stream.acknowledged(received)
                if arrived:
                    self._progress_at = self._clock.monotonic()
                    self._ears.arrived(arrived)
                    self._due.set()  # there may be room for more
            case Ping():
                self._pong_due = True
                self._due.set()
            case Pong():
                pass
            case _:
                raise _EndedError(_unexpected(frame, "a message"))

    async def _write(self, ws: "aiohttp.ClientWebSocketResponse") -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            await self._send_what_is_due(ws)

    async def _send_what_is_due(self, ws: "aiohttp.ClientWebSocketResponse") -> None:
        if self._pong_due:
            self._pong_due = False
            await self._send(ws, Pong())
        if self._ping_due:
            self._ping_due = False
            await self._send(ws, Ping())
        while True:
            if self._ack_due:
                # One for all that came in since the last: they are cumulative.
                self._ack_due = False
                await self._send(ws, Ack(received=self._stream.received))
            if not self._stream.in_flight:
                self._progress_at = self._clock.monotonic()
            frame = self._stream.take()
            if frame is None:
                return
            await self._send(ws, frame)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            now = self._clock.monotonic()
            if now - self._heard_at > limits.LINK_GONE_SECONDS:
                raise _EndedError(
                    Cut(f"The office has been silent for {limits.LINK_GONE_SECONDS:.0f} s.")
                )
            if self._stream.in_flight and now - self._progress_at > limits.LINK_GONE_SECONDS:
                raise _EndedError(
                    Cut(
                        f"The office has acknowledged nothing for "
                        f"{limits.LINK_GONE_SECONDS:.0f} s."
                    )
                )
            if now - self._pinged_at >= limits.PING_SECONDS:
                self._pinged_at = now
                self._ping_due = True
                self._due.set()

    # Frames --------------------------------------------------------------------------------------

    async def _send(self, ws: "aiohttp.ClientWebSocketResponse", frame: KioskFrame) -> None:
        await ws.send_str(kiosk_frames.encode(frame))

    async def _receive(self, ws: "aiohttp.ClientWebSocketResponse") -> OfficeFrame:
        import aiohttp

        untrusted = await ws.receive()
        if untrusted.type is aiohttp.WSMsgType.TEXT:
            try:
                frame = office_frames.decode(untrusted.data)
            except WireError as error:
                raise _EndedError(Broken(error.code, str(error))) from error
            self._heard_at = self._clock.monotonic()
            if isinstance(frame, Refused):
                if frame.code == "out_of_order":
                    self._stream.begin_anew()
                raise _EndedError(Refusal(frame.code, frame.message, frame.retry_after_seconds))
            return frame
        if untrusted.type is aiohttp.WSMsgType.ERROR:
            broken = untrusted.data
            too_large = getattr(broken, "code", None) == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
            raise _EndedError(
                Broken(
                    "too_large" if too_large else "bad_frame",
                    f"The office sent a frame of over {limits.FRAME_BYTES} bytes."
                    if too_large
                    else f"The office broke the WebSocket protocol ({type(broken).__name__}).",
                )
            )
        if untrusted.type is aiohttp.WSMsgType.BINARY:
            raise _EndedError(Broken("bad_frame", "The office sent a binary frame."))
        raise _EndedError(Cut(f"The office ended the connection (code {ws.close_code})."))


def _unexpected(frame: OfficeFrame, instead_of: str) -> Broken:
    kind = type(frame).__name__
    return Broken("bad_frame", f"The office sent {kind} where {instead_of} belongs.")


def _close_code(failure: Failure) -> "aiohttp.WSCloseCode":
    import aiohttp

    match failure:
        case Broken(code="too_large"):
            return aiohttp.WSCloseCode.MESSAGE_TOO_BIG
        case Broken():
            return aiohttp.WSCloseCode.POLICY_VIOLATION
        case _:
            return aiohttp.WSCloseCode.OK
