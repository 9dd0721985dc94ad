"""The port to a till that another program is: its state as last told, its commands as asked."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from kiosk_app.protocol.shared import Cart, PaymentStep
from kiosk_app.till.ports import TillAwayError, TillError, TillState
from kiosk_app.till.remote import messages
from kiosk_app.till.remote.messages import FromTill, MessageError, ToTill

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 5.0  # an agent waits for it; a checkout that takes longer has hung
_EMPTY = TillState(cart=Cart(), step=PaymentStep.IDLE, declines=0, snapshot=b"")
_AWAY = "The till does not answer. Look at its screen before you try again."


class Wire(Protocol):
    """The way to one run of a till's program."""

    def send(self, message: bytes) -> None:
        """Hand ``message`` over. Never raises and never waits."""

    def end(self) -> None:
        """Nothing is heard or said any more."""

    def start_over(self) -> bool:
        """Begin a new run that knows nothing of the last shopper, if this wire can.

        A wire that can ends itself; one that cannot says False, and its program is told to wipe.
        """


class RemoteTill:
    """Implements :class:`kiosk_app.till.ports.Till` for a program at the other end of a wire.

    ``happened`` is called with ``activity`` and ``scan_failed``, ``marked`` with the selectors of
    what is sensitive.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._state = _EMPTY
        self._told = _EMPTY
        self._listener: Callable[[TillState], None] | None = None
        self._watchers: list[Callable[[], None]] = []
        self.happened: Callable[[str], None] = lambda _what: None
        self.marked: Callable[[tuple[str, ...]], None] = lambda _selectors: None
        self._wire: Wire | None = None
        self._ready = asyncio.Event()
        self._turn = asyncio.Lock()
        self._next_id = 1
        self._asked: tuple[int, asyncio.Future[None]] | None = None
        self._wiping: int | None = None
        self._wipe_timer: asyncio.TimerHandle | None = None

    # The port ------------------------------------------------------------------------------

    @property
    def state(self) -> TillState:
        return self._state

    def listen(self, listener: Callable[[TillState], None]) -> None:
        self._listener = listener

    def watch(self, watcher: Callable[[], None]) -> None:
        self._watchers.append(watcher)

    async def restore(self, snapshot: bytes) -> None:
        try:
            text = snapshot.decode()
        except UnicodeDecodeError:
            text = ""
        if not 0 < len(text) <= messages.SNAPSHOT_CHARS:
            raise TillError("The saved cart cannot be read. The cart in the till is unchanged.")
        await self._ask(lambda number: messages.Restore(number, text))

    def wipe(self) -> None:
        self._answer_all(TillError("The shopper has left. Nothing was changed."))
        self._state = _EMPTY
        wire = self._wire
        if wire is not None and wire.start_over():
            self.disconnect(wire)
        elif wire is not None and self._ready.is_set():
            self._wiping = self._new_id()
            wire.send(messages.encode(messages.Wipe(self._wiping)))
            self._stop_wipe_timer()
            loop = asyncio.get_running_loop()
            self._wipe_timer = loop.call_later(ANSWER_SECONDS, self._on_wipe_unanswered, wire)
        self._tell()

    async def unlock_line(self, line: str) -> None:
        self._find(line)
        await self._ask(lambda number: messages.UnlockLine(number, line))

    async def resume_payment(self) -> None:
        await self._ask(messages.ResumePayment)

    async def void_line(self, line: str) -> None:
        self._find(line)
        await self._ask(lambda number: messages.VoidLine(number, line))

    # What the window has to say ------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """A program is there and speaks our version."""
        return self._ready.is_set()

    def say_language(self, language: str) -> None:
        self._language = language
        self._say(messages.LanguageChosen(language))

    def say_covered(self, covered: bool) -> None:
        self._say(messages.Covered(covered))

    def say_scanned(self, untrusted_code: str) -> None:
        self._say(messages.Scanned(untrusted_code[:64]))

    def close(self) -> None:
        """Nobody waits for an answer any more. Safe to repeat."""
        self._stop_wipe_timer()
        self._answer_all(TillAwayError(_AWAY))

    # Wires ---------------------------------------------------------------------------------

    def connect(self, wire: Wire) -> bool:
        """A program has come. False when another one is there, which stays."""
        if self._wire is not None:
            return False
        self._wire = wire
        return True

    def disconnect(self, wire: Wire) -> None:
        """It has gone. What it told last holds until it, or another, tells anew."""
        if wire is not self._wire:
            return
        self._wire = self._wiping = None
        self._ready.clear()
        self._stop_wipe_timer()
        self._answer_all(TillAwayError(_AWAY))
        self._watched()

    def receive(self, wire: Wire, untrusted_message: bytes) -> None:
        """What the program said. A wire that says something else is ended."""
        if wire is not self._wire:
            return
        try:
            self._take(wire, messages.decode(untrusted_message))
        except MessageError as error:
            # Where it was wrong is for the program alone: that may quote what is bought.
            logger.warning(
                "The till's program was let go: it said something that is no message of "
                "version %d. It was told what.",
                messages.VERSION,
            )
            self.refuse(wire, str(error))

    def refuse(self, wire: Wire, reason: str) -> None:
        """Say why, and end ``wire``."""
        wire.send(messages.encode(messages.NotWelcome(reason)))
        self.disconnect(wire)
        wire.end()

    # ---------------------------------------------------------------------------------------

    def _take(self, wire: Wire, message: FromTill) -> None:
        if isinstance(message, messages.Hello):
            self._greet(wire, message)
            return
        if not self._ready.is_set():
            raise MessageError("The first message is hello.")
        match message:
            case messages.State():
                if self._wiping is None:
                    snapshot = message.snapshot.encode()
                    self._state = TillState(message.cart, message.step, message.declines, snapshot)
                    if self._asked is None:
                        self._tell()
            case messages.Done(number) if number == self._wiping:
                self._wiping = None
                self._stop_wipe_timer()
            case messages.Done(number):
                self._answer(number, None)
            case messages.Refused(number, reason):
                self._answer(number, TillError(reason or "The till refused it."))
            case messages.Sensitive(selectors):
                self.marked(selectors)
            case messages.Happened(what):
                self.happened(what)

    def _greet(self, wire: Wire, hello: messages.Hello) -> None:
        if self._ready.is_set():
            raise MessageError("Hello is said once.")
        if hello.version != messages.VERSION:
            raise MessageError(
                f"The program speaks version {hello.version}, this kiosk {messages.VERSION}."
            )
        try:
            snapshot = self._state.snapshot.decode()
        except UnicodeDecodeError:
            snapshot = ""
        wire.send(messages.encode(messages.Welcome(messages.VERSION, self._language, snapshot)))
        logger.info("the till's program is here: %s", hello.program or "no name given")
        self._ready.set()
        self._watched()

    async def _ask(self, make: Callable[[int], ToTill]) -> None:
        """Have one command carried out. Those after it wait for their turn."""
        async with self._turn:
            answer = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self._ready.wait()
                    self._asked = (self._new_id(), answer)
                    self._say(make(self._asked[0]))
                    await answer
            except TimeoutError:
                raise TillAwayError(_AWAY) from None
            finally:
                self._asked = None
                # After the caller has heard of a refusal, so that no change is taken for its yes.
                asyncio.get_running_loop().call_soon(self._tell)

    def _answer(self, number: int, error: TillError | None) -> None:
        if self._asked is None or self._asked[0] != number or self._asked[1].done():
            return  # it came too late, and its asker has been told so
        if error is None:
            self._tell()
            self._asked[1].set_result(None)
        else:
            self._asked[1].set_exception(error)

    def _answer_all(self, error: TillError) -> None:
        if self._asked is not None:
            self._answer(self._asked[0], error)

    def _on_wipe_unanswered(self, wire: Wire) -> None:
        self._wipe_timer = None
        logger.warning(
            "The till's program did not wipe within %.0f s and was let go.", ANSWER_SECONDS
        )
        self.refuse(wire, "The wipe was not answered. Start anew.")

    def _stop_wipe_timer(self) -> None:
        if self._wipe_timer is not None:
            self._wipe_timer.cancel()
            self._wipe_timer = None

    def _find(self, line: str) -> None:
        if all(each.line != line for each in self._state.cart.lines):
            raise TillError("That line is no longer in the cart. Nothing was changed.")

    def _new_id(self) -> int:
        number, self._next_id = self._next_id, self._next_id + 1
        return number

    def _say(self, message: ToTill) -> None:
        if self._wire is not None and self._ready.is_set():
            self._wire.send(messages.encode(message))

    def _tell(self) -> None:
        if self._state == self._told:
            return
        self._told = self._state
        if self._listener is not None:
            self._listener(self._state)
        self._watched()

    def _watched(self) -> None:
        for watcher in self._watchers:
            watcher()
