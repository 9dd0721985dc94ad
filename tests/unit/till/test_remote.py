"""A till that another program is: what is heard, what is asked, and what is not believed."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from kiosk_app.protocol.shared import Cart, CartLine, PaymentStep
from kiosk_app.till.ports import TillAwayError, TillError, TillState
from kiosk_app.till.remote import messages
from kiosk_app.till.remote import till as remote
from kiosk_app.till.remote.messages import Hello, State
from kiosk_app.till.remote.socket import TillSocket
from kiosk_app.till.remote.till import RemoteTill
from tests.conftest import LogWatch
from tests.support.companion import EMPTY, MILK, companion
from tests.support.waiting import until

COFFEE = CartLine(line="1", name="Kaffe", quantity=1, amount_ore=2000)
ONE_COFFEE = State(Cart((COFFEE,)), PaymentStep.CART, 0, "one coffee")


class Wire:
    """Keeps what the till says. ``fresh``: it can begin a new run, as a page can."""

    def __init__(self, till: RemoteTill, *, fresh: bool = False) -> None:
        self.till, self.fresh = till, fresh
        self.sent: list[messages.ToTill] = []
        self.ended = False

    def send(self, message: bytes) -> None:
        self.sent.append(msgspec.json.decode(message, type=messages.ToTill))

    def end(self) -> None:
        self.ended = True

    def start_over(self) -> bool:
        return self.fresh

    def say(self, *said: messages.FromTill) -> None:
        for message in said:
            self.till.receive(self, msgspec.json.encode(message))


def greeted(*, fresh: bool = False) -> tuple[RemoteTill, Wire]:
    till = RemoteTill("sv")
    wire = Wire(till, fresh=fresh)
    assert till.connect(wire)
    wire.say(Hello(1))
    return till, wire


def test_a_program_is_welcomed_with_the_language_and_the_cart_of_the_visit() -> None:
    till, wire = greeted()
    wire.say(ONE_COFFEE)
    till.say_language("en")
    till.disconnect(wire)
    assert not till.connected
    assert till.state.snapshot == b"one coffee"  # what was told last holds while it is away
    again = Wire(till)
    till.connect(again)
    again.say(Hello(1))
    assert again.sent == [messages.Welcome(1, "en", "one coffee")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"{", "no message"),
        (b'{"type":"hello"}', "version"),
        (b'{"type":"hello","version":2}', "version 2"),
        (b'{"type":"state","cart":{},"step":"cart"}', "first message is hello"),
        (b'{"type":"wipe","id":1}', "no message"),
        (b"x" * (messages.LINE_BYTES + 1), "longer"),
        (b"[" * 60_000, "no message"),
    ],
)
def test_what_is_no_message_ends_the_wire_with_a_reason(
    said: bytes, why: str, expect_log: LogWatch
) -> None:
    expect_log("The till's program was let go", level=logging.WARNING)
    till = RemoteTill("sv")
    wire = Wire(till)
    till.connect(wire)
    till.receive(wire, said)
    (answer,) = wire.sent
    assert isinstance(answer, messages.NotWelcome)
    assert why in answer.reason
    assert wire.ended
    assert not till.connected
    assert till.state == EMPTY
    assert till.connect(Wire(till))  # the place is free


def test_a_second_program_does_not_take_the_firsts_place() -> None:
    till, wire = greeted()
    other = Wire(till)
    assert not till.connect(other)
    other.say(Hello(1), ONE_COFFEE)
    assert till.state == EMPTY
    assert not wire.ended


def test_the_same_state_twice_is_told_once() -> None:
    till, wire = greeted()
    told: list[TillState] = []
    till.listen(told.append)
    wire.say(ONE_COFFEE, ONE_COFFEE)
    assert len(told) == 1


async def test_a_wiped_program_is_not_believed_before_it_has_wiped() -> None:
    till, wire = greeted()
    wire.say(ONE_COFFEE)
    till.wipe()
    assert till.state == EMPTY
    wire.say(ONE_COFFEE)  # on its way already when the wipe was sent
    assert till.state == EMPTY
    wipe = wire.sent[-1]
    assert isinstance(wipe, messages.Wipe)
    wire.say(messages.Done(wipe.id), ONE_COFFEE)
    assert till.state.cart.lines == (COFFEE,)


async def test_a_program_that_does_not_wipe_is_let_go(
    monkeypatch: pytest.MonkeyPatch, expect_log: LogWatch
) -> None:
    expect_log("did not wipe")
    monkeypatch.setattr(remote, "ANSWER_SECONDS", 0.01)
    till, wire = greeted()
    till.wipe()
    await until(lambda: wire.ended, "the wire is ended")
    assert isinstance(wire.sent[-1], messages.NotWelcome)
    assert not till.connected


async def test_a_wire_that_starts_over_needs_no_wipe() -> None:
    till, wire = greeted(fresh=True)
    wire.say(ONE_COFFEE)
    till.wipe()
    assert not any(isinstance(each, messages.Wipe) for each in wire.sent)
    assert not till.connected
    wire.say(ONE_COFFEE)
    assert till.state == EMPTY


async def test_no_answer_is_told_apart_from_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "ANSWER_SECONDS", 0.01)
    till, wire = greeted()
    wire.say(ONE_COFFEE)
    with pytest.raises(TillAwayError):
        await till.void_line("1")
    late = wire.sent[-1]
    assert isinstance(late, messages.VoidLine)
    wire.say(messages.Done(late.id))  # nobody waits for it any more
    till.disconnect(wire)
    with pytest.raises(TillAwayError):
        await till.resume_payment()


async def test_a_refusal_carries_the_programs_reason() -> None:
    till, wire = greeted()
    asking = asyncio.create_task(till.resume_payment())
    await until(lambda: len(wire.sent) == 2, "the command")
    asked = wire.sent[-1]
    assert isinstance(asked, messages.ResumePayment)
    wire.say(messages.Refused(asked.id, "The payment went through."))
    with pytest.raises(TillError, match="went through"):
        await asking


async def test_commands_are_asked_one_at_a_time() -> None:
    till, wire = greeted()
    wire.say(ONE_COFFEE)
    both = [asyncio.create_task(till.resume_payment()), asyncio.create_task(till.void_line("1"))]
    await until(lambda: len(wire.sent) == 2, "the first command")
    for _ in range(5):
        await asyncio.sleep(0)
    assert len(wire.sent) == 2
    wire.say(messages.Done(1))
    await until(lambda: len(wire.sent) == 3, "the second command")
    wire.say(messages.Done(2))
    await asyncio.gather(*both)


async def test_a_change_that_a_command_made_is_told_before_its_yes() -> None:
    till, wire = greeted()
    wire.say(ONE_COFFEE)
    order: list[str] = []
    till.listen(lambda _state: order.append("change"))

    async def void() -> None:
        await till.void_line("1")
        order.append("yes")

    asking = asyncio.create_task(void())
    await until(lambda: len(wire.sent) == 2, "the command")
    wire.say(State(Cart(), PaymentStep.IDLE), messages.Done(1))
    await asking
    assert order == ["change", "yes"]


async def test_the_end_of_the_program_ends_the_waiting() -> None:
    till, wire = greeted()
    asking = asyncio.create_task(till.resume_payment())
    await until(lambda: len(wire.sent) == 2, "the command")
    till.disconnect(wire)
    with pytest.raises(TillAwayError):
        await asking


# The socket --------------------------------------------------------------------------------


@pytest.fixture
async def listening(tmp_path: Path) -> AsyncIterator[tuple[RemoteTill, TillSocket]]:
    till = RemoteTill("sv")
    at = TillSocket(tmp_path, till)
    await at.start()
    yield till, at
    await at.close()
    assert not at.path.exists()


async def test_the_socket_is_the_users_alone(listening: tuple[RemoteTill, TillSocket]) -> None:
    assert listening[1].path.stat().st_mode & 0o777 == 0o600


async def test_another_users_program_is_turned_away(tmp_path: Path, expect_log: LogWatch) -> None:
    expect_log("another user")
    till = RemoteTill("sv")
    at = TillSocket(tmp_path, till, user=os.getuid() + 1)
    await at.start()
    try:
        async with companion(at.path) as program:
            program.greet()
            await until(lambda: program.ended, "it is turned away")
            assert program.heard == []
        assert not till.connected
    finally:
        await at.close()


async def test_one_program_at_a_time(listening: tuple[RemoteTill, TillSocket]) -> None:
    till, at = listening
    async with companion(at.path) as first:
        first.greet()
        await until(lambda: till.connected, "the first is here")
        async with companion(at.path) as second:
            second.greet()
            await until(lambda: bool(second.heard), "the second is told")
            (answer,) = second.heard
            assert isinstance(answer, messages.NotWelcome)
        assert till.connected
    await until(lambda: not till.connected, "the first has gone")
    async with companion(at.path) as third:
        third.greet()
        await until(lambda: till.connected, "the third is here")


async def test_a_program_that_comes_back_gets_its_cart(
    listening: tuple[RemoteTill, TillSocket],
) -> None:
    till, at = listening
    async with companion(at.path) as program:
        program.greet()
        program.till.scan(MILK)
        await until(lambda: not till.state.cart.empty, "the cart")
        kept = till.state
    async with companion(at.path) as again:
        again.say(Hello(messages.VERSION, "again"))
        await until(lambda: bool(again.heard), "the welcome")
        (welcome,) = again.heard
        assert isinstance(welcome, messages.Welcome)
        assert welcome.snapshot.encode() == kept.snapshot
        assert till.state == kept


async def test_a_line_without_end_is_not_kept(
    listening: tuple[RemoteTill, TillSocket], expect_log: LogWatch
) -> None:
    expect_log("longer than")
    till, at = listening
    async with companion(at.path) as program:
        program.greet()
        program.say_bytes(b"x" * (3 * messages.LINE_BYTES))
        await until(lambda: program.ended, "it is let go")
    assert not till.connected


async def test_half_a_line_is_none(listening: tuple[RemoteTill, TillSocket]) -> None:
    till, at = listening
    reader, writer = await asyncio.open_unix_connection(at.path)
    writer.write(b'{"type":"hello","version":1}')
    writer.close()
    await writer.wait_closed()
    assert await reader.read() == b""
    assert not till.connected


async def test_a_socket_of_a_killed_run_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "till.sock").write_bytes(b"")
    till = RemoteTill("sv")
    at = TillSocket(tmp_path, till)
    await at.start()
    async with companion(at.path) as program:
        program.greet()
        await until(lambda: till.connected, "the program is here")
    await at.close()


async def test_a_path_too_long_is_said_in_words(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 120)
    deep.mkdir()
    with pytest.raises(TillError, match="shorter data_dir"):
        await TillSocket(deep, RemoteTill("sv")).start()


async def test_a_scan_that_the_kiosk_heard_reaches_the_program(
    listening: tuple[RemoteTill, TillSocket],
) -> None:
    till, at = listening
    async with companion(at.path) as program:
        program.greet()
        await until(lambda: till.connected, "the program is here")
        till.say_scanned(MILK)
        await until(lambda: not till.state.cart.empty, "the article is in the cart")
