"""A till's program as a shop may have one: the built-in till's rules behind the kiosk's socket."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from kiosk_app.protocol.shared import Cart, PaymentStep
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.ports import TillError, TillState
from kiosk_app.till.remote import messages
from kiosk_app.till.remote.messages import ToTill
from kiosk_app.till.shop import demo_shop_path, load_shop
from kiosk_app.till.terminal import Behaviour, SimulatedTerminal

MILK = "7310865004703"


class Companion:
    """Says what its till does and does what it is asked. ``heard`` is all that the kiosk said."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.terminal = SimulatedTerminal()
        self.till = BuiltInTill(load_shop(demo_shop_path()), self.terminal)
        self.heard: list[ToTill] = []
        self.answers = True
        self.till.listen(self._tell)

    def say(self, message: messages.FromTill) -> None:
        self.say_bytes(msgspec.json.encode(message))

    def say_bytes(self, line: bytes) -> None:
        self._writer.write(line + b"\n")

    def greet(self) -> None:
        self.say(messages.Hello(messages.VERSION, "companion of the tests"))
        self._tell(self.till.state)

    def press_code(self, behaviour: Behaviour) -> None:
        """Milk, to the terminal, four digits and the green key."""
        self.till.scan(MILK)
        self.till.pay()
        self.till.open_card_entry()
        self.terminal.behaviour = behaviour
        for _ in range(4):
            self.terminal.press_digit()
        self.terminal.confirm()

    def _tell(self, state: TillState) -> None:
        self.say(messages.State(state.cart, state.step, state.declines, state.snapshot.decode()))

    async def listen(self) -> None:
        """Until the kiosk ends it."""
        while line := await self._reader.readline():
            message = msgspec.json.decode(line, type=ToTill)
            self.heard.append(message)
            if isinstance(message, messages.Scanned):
                self.till.scan(message.code)
            elif isinstance(message, messages.Command) and self.answers:
                await self._obey(message)

    async def _obey(self, message: messages.Command) -> None:
        try:
            match message:
                case messages.UnlockLine(_, line):
                    await self.till.unlock_line(line)
                case messages.ResumePayment():
                    await self.till.resume_payment()
                case messages.VoidLine(_, line):
                    await self.till.void_line(line)
                case messages.Restore(_, snapshot):
                    await self.till.restore(snapshot.encode())
                case messages.Wipe():
                    self.till.wipe()
        except TillError as error:
            self.say(messages.Refused(message.id, str(error)))
        else:
            self.say(messages.Done(message.id))

    @property
    def ended(self) -> bool:
        """The kiosk has let go of it."""
        return self._reader.at_eof() or self._reader.exception() is not None


@contextlib.asynccontextmanager
async def companion(path: Path) -> AsyncIterator[Companion]:
    """A companion at the socket ``path`` that has not said hello yet."""
    reader, writer = await asyncio.open_unix_connection(path)
    made = Companion(reader, writer)
    listening = asyncio.create_task(made.listen())
    try:
        yield made
    finally:
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError, ConnectionError):
            await listening
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


EMPTY = TillState(Cart(), PaymentStep.IDLE, 0, b"")
