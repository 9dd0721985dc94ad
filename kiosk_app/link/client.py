"""The kiosk's link to the office over one WebSocket; see ``protocol.frames`` for the rules."""

import asyncio
import importlib
import logging
import random
import sys
from collections.abc import Callable
from functools import partial

import msgspec

from kiosk_app.base.clock import Clock
from kiosk_app.base.errors import KioskError
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.base.worker import Worker
from kiosk_app.link.connection import Connection, Signer
from kiosk_app.link.failure import Backoff, Failure, GiveUp, Refusal, Retry, decide
from kiosk_app.link.kept import decode, encode, fresh
from kiosk_app.link.opening import check_url, is_in_clear
from kiosk_app.link.outbox_writer import OutboxWriter
from kiosk_app.link.ports import LinkError, LinkListener, Outbox
from kiosk_app.link.stream import Stream
from kiosk_app.protocol.frames import Welcome
from kiosk_app.protocol.from_kiosk import (
    AnswerPeer,
    CloseCase,
    FromKiosk,
    OpenCase,
    ReportPeerLost,
    ResumeCase,
)
from kiosk_app.protocol.limits import FRAME_BYTES
from kiosk_app.protocol.shared import CasePhase
from kiosk_app.protocol.to_kiosk import CaseState, ToKiosk

logger = logging.getLogger(__name__)

_ENVELOPE_BYTES = 64  # what "numbered" and its number add to a message
_OUTBOX_SECONDS = 5.0  # a disk that hangs keeps neither the link from starting nor from ending

# Of use to this run's connection only, and they hold addresses: never on disk.
_NEVER_KEPT = (AnswerPeer, ReportPeerLost)

_encoder = msgspec.json.Encoder()


class WebSocketLink:
    """A :class:`~kiosk_app.link.ports.Link`. ``url`` is the setting office_url."""

    def __init__(
        self,
        url: str,
        identity: Signer,
        outbox: Outbox,
        clock: Clock,
        *,
        randomness: random.Random | None = None,
    ) -> None:
        self._url = url
        self._identity = identity
        self._outbox = outbox
        self._clock = clock
        self._stream = Stream()
        self._writer = OutboxWriter(outbox, written=self._written)
        self._backoff = Backoff(randomness or random.SystemRandom())
        self._tasks = TaskOwner("link")
        self._outbox_tasks = TaskOwner("link.outbox")
        self._keeping: asyncio.Task[None] | None = None
        self._connection: Connection | None = None
        self._listener: LinkListener | None = None
        self._open_cases: set[str] = set()
        self._help_asked = asyncio.Event()
        self._told_lost = False
        self._told_refusal = ""
        self._not_kept: set[str] = set()
        self._in_memory: set[str] = set()  # whoever wanted them kept was told that they are not

    def start(self, listener: LinkListener) -> None:
        self._listener = listener
        self._keeping = self._outbox_tasks.start(self._writer.run(), name="keep")
        self._tasks.start(self._run(), name="run")

    def send(self, message: FromKiosk) -> None:
        if self._take(message):
            self._keep(message)

    async def keep(self, message: FromKiosk) -> None:
        try:
            async with asyncio.timeout(_OUTBOX_SECONDS):
                await self._outbox.put(message.command, encode(message, self._clock.wall()))
        except (KioskError, TimeoutError) as error:
            self._in_memory.add(message.command)
            self.send(message)
            raise LinkError(
                f"A {type(message).__name__} is kept in memory only and is sent as soon as the "
                f"office answers; a restart before that would lose it. Check the disk. ({error})"
            ) from error
        if not self._take(message):
            self._writer.drop([message.command])
            raise LinkError(f"A {type(message).__name__} is too large to be sent. It is dropped.")

    def _take(self, message: FromKiosk) -> bool:
        """Begin to send it; False where it cannot ever be sent."""
        body = _encoder.encode(message)
        if len(body) > FRAME_BYTES - _ENVELOPE_BYTES:
            logger.error(
                "A %s of %d bytes cannot be sent: the office takes %d. It was left out.",
                type(message).__name__,
                len(body),
                FRAME_BYTES,
            )
            return False
        if isinstance(message, CloseCase):
            self._withdraw(message.case)
        self._stream.add(message)
        if self._connection is not None:
            self._connection.wake()
        match message:
            case OpenCase(case=case) | ResumeCase(case=case):
                self._open_cases.add(case)
                self._help_asked.set()
            case CloseCase(case=case):
                self._open_cases.discard(case)
            case _:
                pass
        return True

    def _keep(self, message: FromKiosk) -> None:
        if isinstance(message, _NEVER_KEPT):
            self._not_kept.add(message.command)
        else:
            self._writer.put(message.command, encode(message, self._clock.wall()))

    def _written(self, command: str) -> None:
        if command in self._in_memory:
            self._in_memory.discard(command)
            self._tell(partial(_kept, command))

    def _unkeep(self, commands: list[str]) -> None:
        self._in_memory.difference_update(commands)
        kept = [command for command in commands if command not in self._not_kept]
        self._not_kept.difference_update(commands)
        if kept:
            self._writer.drop(kept)

    def _withdraw(self, case: str) -> None:
        """``case`` is over: what its shopper wrote leaves the disk, and is not sent any more."""
        withdrawn = self._stream.withdraw(case)
        self._unkeep(withdrawn.commands)
        if withdrawn.opening is not None:
            self._unkeep([withdrawn.opening.command])
            self._keep(withdrawn.opening)

    async def close(self) -> None:
        await self._tasks.close()
        self._writer.close()
        if self._keeping is not None:
            await asyncio.wait([self._keeping], timeout=_OUTBOX_SECONDS)
        await self._outbox_tasks.close()

    # What a connection tells us ------------------------------------------------------------------

    def welcomed(self, welcome: Welcome, arrived: list[str]) -> None:
        logger.info("the office answers; resumed=%s", welcome.resumed)
        self._told_lost, self._told_refusal = False, ""
        resumed, promise = welcome.resumed, welcome.promise_seconds
        self._tell(lambda to: to.link_up(resumed=resumed, promise_seconds=promise))
        self.arrived(arrived)

    def heard(self, message: ToKiosk) -> None:
        if isinstance(message, CaseState) and message.phase is CasePhase.ENDED:
            self._open_cases.discard(message.case)
            self._withdraw(message.case)
        self._tell(lambda to: to.message_received(message))

    def arrived(self, commands: list[str]) -> None:
        self._unkeep(commands)
        for command in commands:
            self._tell(partial(_delivered, command))

    # The run -------------------------------------------------------------------------------------

    async def _run(self) -> None:
        wrong = check_url(self._url)
        if wrong is not None:
            self._after(wrong, was_up=False)
            return
        if is_in_clear(self._url):
            logger.warning(
                "office_url is not encrypted: others on the network can read along. Use wss://."
            )
        await self._load_outbox()
        await _import_aiohttp()
        while True:
            connection = Connection(self._url, self._identity, self._stream, self._clock, self)
            self._connection = connection
            try:
                failure = await connection.run()
            finally:
                self._connection = None
            self._backoff.lasted(connection.lasted)
            decision = self._after(failure, was_up=connection.up)
            if isinstance(decision, GiveUp):
                return
            await self._wait(decision)

    async def _load_outbox(self) -> None:
        try:
            async with asyncio.timeout(_OUTBOX_SECONDS):
                pending = await self._outbox.pending()
        except (KioskError, TimeoutError) as error:
            logger.warning(
                "What an earlier run left for the office could not be read, and is sent after "
                "the next start: %s",
                error,
            )
            return
        kept, unreadable = [], []
        for command, body in pending:
            try:
                kept.append(decode(body))
            except msgspec.MsgspecError:
                unreadable.append(command)
        if unreadable:
            logger.warning(
                "%d messages of an earlier version of this program cannot be sent any more; "
                "they are dropped.",
                len(unreadable),
            )
            self._writer.drop(unreadable)
        messages = fresh(kept, self._clock.wall())
        sent = {message.command for message in messages}
        stale = [each.message.command for each in kept if each.message.command not in sent]
        if stale:
            logger.info("%d messages of an earlier run are too old to be sent", len(stale))
            self._writer.drop(stale)
        self._stream.add_first(messages)
        for case in self._stream.closed_cases:
            self._withdraw(case)

    async def _wait(self, retry: Retry) -> None:
        self._help_asked.clear()
        try:
            async with asyncio.timeout(retry.delay):
                if retry.hurry_helps:
                    await self._help_asked.wait()
                else:
                    await asyncio.get_running_loop().create_future()
        except TimeoutError:
            return

    def _after(self, failure: Failure, *, was_up: bool) -> Retry | GiveUp:
        decision = decide(failure, self._backoff, hurry=bool(self._open_cases))
        refusal = ""
        if isinstance(failure, Refusal):
            refusal, reason = failure.code, f"The office refused this kiosk: {failure.message}"
        elif isinstance(decision, GiveUp):
            refusal, reason = "office_url", decision.reason
        else:
            reason = failure.reason
        if was_up or not self._told_lost:
            self._told_lost = True
            logger.warning("%s %s", reason, _what_next(failure, decision))
            self._tell(lambda to: to.link_lost(reason))
        elif refusal and refusal != self._told_refusal:
            logger.warning("%s %s", reason, _what_next(failure, decision))
        if refusal and refusal != self._told_refusal:
            self._told_refusal = refusal
            self._tell(lambda to: to.link_refused(refusal, reason))
        return decision

    def _tell(self, what: Callable[[LinkListener], None]) -> None:
        if self._listener is None:
            return
        try:
            what(self._listener)
        except Exception:
            # The link must not die of what its listener does with the news.
            logger.exception("what the link told was not taken well")


def _kept(command: str, to: LinkListener) -> None:
    to.message_kept(command)


def _delivered(command: str, to: LinkListener) -> None:
    to.message_delivered(command)


def _what_next(failure: Failure, decision: Retry | GiveUp) -> str:
    match failure, decision:
        case _, GiveUp():
            return "It is not tried again until the program is restarted."
        case Refusal(code="replaced"), Retry(delay):
            return (
                f"Another kiosk with this kiosk's name and key is connected. Tried again in "
                f"{delay:.0f} s. Give each kiosk a name and a key of its own."
            )
        case _, Retry(delay):
            return f"Tried again in {delay:.1f} s; nothing unsent is lost."


async def _import_aiohttp() -> None:
    # A quarter of a second: on the event loop's thread the screen would stand still for it.
    if "aiohttp" in sys.modules:
        return
    worker = Worker("import")
    try:
        await worker.call(lambda: importlib.import_module("aiohttp"))
    finally:
        await worker.close()
