"""What any till does, whoever made it. A new till adds a bench to ``BENCHES``."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest

from kiosk_app.protocol.shared import CartLine, PaymentStep
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.fake import FakeTill
from kiosk_app.till.ports import Till, TillError, TillState
from kiosk_app.till.remote.socket import TillSocket
from kiosk_app.till.remote.till import RemoteTill
from kiosk_app.till.shop import demo_shop_path, load_shop
from kiosk_app.till.terminal import Behaviour, SimulatedTerminal
from tests.support.checkout import NO_GRAPHICS, Checkout, checkout
from tests.support.companion import MILK, Companion, companion
from tests.support.waiting import until


class Bench(Protocol):
    """Puts one kind of till where a test wants it, by the shopper's means."""

    till: Till

    async def fill(self) -> None:
        """Two lines in the cart, the last one age-restricted and locked."""

    async def decline(self) -> None:
        """From an empty till to DECLINED with goods in the cart."""

    async def hang(self) -> None:
        """From an empty till to a terminal that does not answer."""


class BuiltInBench:
    def __init__(self) -> None:
        self.terminal = SimulatedTerminal()
        self.own = BuiltInTill(load_shop(demo_shop_path()), self.terminal)
        self.till: Till = self.own

    async def fill(self) -> None:
        fill(self.own)

    async def decline(self) -> None:
        self._confirm(Behaviour.DECLINE)

    async def hang(self) -> None:
        self._confirm(Behaviour.HANG)

    def _confirm(self, behaviour: Behaviour) -> None:
        self.own.scan(MILK)
        self.own.pay()
        self.own.open_card_entry()
        self.terminal.behaviour = behaviour
        for _ in range(4):
            self.terminal.press_digit()
        self.terminal.confirm()


def fill(till: BuiltInTill) -> None:
    till.scan(MILK)
    for article in till.shop.articles:
        if article.age_restricted:
            till.add(article)


class FakeBench:
    def __init__(self) -> None:
        self.own = FakeTill()
        self.till: Till = self.own

    async def fill(self) -> None:
        self.own.put(
            CartLine(line="a", name="Mellanmjölk", quantity=1, amount_ore=1990),
            CartLine(line="b", name="Folköl", quantity=1, amount_ore=1890, age_restricted=True),
        )

    async def decline(self) -> None:
        await self.fill()
        self.own.go_to(PaymentStep.CARD_ENTRY)
        self.own.go_to(PaymentStep.DECLINED)

    async def hang(self) -> None:
        await self.fill()
        self.own.go_to(PaymentStep.CARD_ENTRY)


class SocketBench:
    """Another program's till, over the real socket."""

    def __init__(self, till: RemoteTill, program: Companion) -> None:
        self.till: Till = till
        self.program = program

    async def fill(self) -> None:
        fill(self.program.till)
        await self._heard()

    async def decline(self) -> None:
        self.program.press_code(Behaviour.DECLINE)
        await self._heard()

    async def hang(self) -> None:
        self.program.press_code(Behaviour.HANG)
        await self._heard()

    async def _heard(self) -> None:
        await until(lambda: self.till.state == self.program.till.state, "the kiosk was told")


class WebBench:
    """The sample checkout's page, by its bridge."""

    def __init__(self, page: Checkout) -> None:
        self.till: Till = page.till
        self.page = page

    async def fill(self) -> None:
        await self.page.run(f"scan('{MILK}'); scan(GOODS.find((each) => each.age).code)")
        await self._heard()

    async def decline(self) -> None:
        await self._confirm("no")

    async def hang(self) -> None:
        await self._confirm("hang")

    async def _confirm(self, how: str) -> None:
        await self.page.run(f"""
            scan('{MILK}');
            document.getElementById('pay').click();
            document.getElementById('go').click();
            for (let at = 0; at < 4; at++) document.querySelector('#keys button').click();
            answer('{how}');
        """)
        await self._heard()

    async def _heard(self) -> None:
        step, count = str(await self.page.run("`${step} ${lines.length}`")).split()
        state = self.till.state
        await until(
            lambda: (self.till.state.step, len(self.till.state.cart.lines)) == (step, int(count)),
            f"the kiosk was told, not only {state.step}",
        )


@asynccontextmanager
async def built_in(_directory: Path) -> AsyncIterator[Bench]:
    yield BuiltInBench()


@asynccontextmanager
async def fake(_directory: Path) -> AsyncIterator[Bench]:
    yield FakeBench()


@asynccontextmanager
async def over_socket(directory: Path) -> AsyncIterator[Bench]:
    till = RemoteTill("sv")
    listening = TillSocket(directory, till)
    await listening.start()
    try:
        async with companion(listening.path) as program:
            program.greet()
            await until(lambda: till.connected, "the program was welcomed")
            yield SocketBench(till, program)
    finally:
        await listening.close()


@asynccontextmanager
async def in_page(_directory: Path) -> AsyncIterator[Bench]:
    async with checkout() as page:
        yield WebBench(page)


BENCHES: tuple[Callable[[Path], AbstractAsyncContextManager[Bench]], ...] = (
    built_in,
    fake,
    over_socket,
    in_page,
)


@pytest.fixture(
    params=[
        pytest.param(bench, marks=pytest.mark.qt_log_ignore(NO_GRAPHICS)) for bench in BENCHES
    ],
    ids=lambda bench: bench.__name__,
)
async def bench(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bench]:
    if request.param is in_page:
        request.getfixturevalue("qapp")
    async with request.param(tmp_path) as made:
        yield made


async def test_starts_idle_and_empty(bench: Bench) -> None:
    state = bench.till.state
    assert (state.cart.empty, state.step, state.declines) == (True, PaymentStep.IDLE, 0)


async def test_tells_the_listener_of_each_change(bench: Bench) -> None:
    told: list[TillState] = []
    bench.till.listen(told.append)
    await bench.fill()
    assert told
    assert told[-1] == bench.till.state
    assert told[-1].step is PaymentStep.CART


async def test_a_snapshot_brings_the_cart_back(bench: Bench) -> None:
    await bench.fill()
    before = bench.till.state
    bench.till.wipe()
    told: list[TillState] = []
    bench.till.listen(told.append)
    await bench.till.restore(before.snapshot)
    assert bench.till.state.cart == before.cart
    assert bench.till.state.step is PaymentStep.CART
    assert told == [bench.till.state]


async def test_a_snapshot_is_added_to_what_is_in_the_till(bench: Bench) -> None:
    await bench.fill()
    before = bench.till.state
    await bench.till.restore(before.snapshot)
    after = bench.till.state
    assert after.cart.total_ore == 2 * before.cart.total_ore
    assert [line.name for line in after.cart.lines] == [x.name for x in before.cart.lines]
    assert [line.quantity for line in after.cart.lines] == [
        2 * line.quantity for line in before.cart.lines
    ]
    # What is saved next is all of it.
    bench.till.wipe()
    await bench.till.restore(after.snapshot)
    assert bench.till.state.cart == after.cart


async def test_declines_are_still_counted_after_a_cart_came_back(bench: Bench) -> None:
    await bench.decline()
    snapshot = bench.till.state.snapshot
    await bench.till.restore(snapshot)
    assert bench.till.state.declines == 1


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff\xfe", b"[]", b'{"version": 99}'])
async def test_a_broken_snapshot_is_refused_and_changes_nothing(
    bench: Bench, broken: bytes
) -> None:
    await bench.fill()
    before = bench.till.state
    with pytest.raises(TillError):
        await bench.till.restore(broken)
    assert bench.till.state == before


async def test_wipe_forgets_the_shopper(bench: Bench) -> None:
    await bench.decline()
    assert bench.till.state.declines == 1
    bench.till.wipe()
    state = bench.till.state
    assert (state.cart.empty, state.step, state.declines) == (True, PaymentStep.IDLE, 0)


async def test_unlock_lets_a_restricted_line_be_bought_once(bench: Bench) -> None:
    await bench.fill()
    line = bench.till.state.cart.lines[-1]
    assert line.age_restricted and not line.unlocked
    await bench.till.unlock_line(line.line)
    assert bench.till.state.cart.lines[-1].unlocked
    with pytest.raises(TillError):
        await bench.till.unlock_line(line.line)


async def test_unlock_refuses_what_is_not_locked_or_not_there(bench: Bench) -> None:
    await bench.fill()
    for line in (bench.till.state.cart.lines[0].line, "no such line"):
        with pytest.raises(TillError):
            await bench.till.unlock_line(line)


async def test_void_takes_the_line_out(bench: Bench) -> None:
    await bench.fill()
    first, second = bench.till.state.cart.lines
    await bench.till.void_line(first.line)
    assert bench.till.state.cart.lines == (second,)
    with pytest.raises(TillError):
        await bench.till.void_line(first.line)


async def test_voiding_the_last_line_leaves_an_idle_till(bench: Bench) -> None:
    await bench.fill()
    for line in bench.till.state.cart.lines:
        await bench.till.void_line(line.line)
    assert bench.till.state.step is PaymentStep.IDLE


def step_of(bench: Bench) -> PaymentStep:
    return bench.till.state.step


async def test_a_declined_payment_resumes(bench: Bench) -> None:
    await bench.decline()
    assert step_of(bench) is PaymentStep.DECLINED
    await bench.till.resume_payment()
    assert step_of(bench) is PaymentStep.PAYMENT
    assert bench.till.state.declines == 1


async def test_a_hanging_terminal_is_given_up(bench: Bench) -> None:
    await bench.hang()
    assert step_of(bench) is PaymentStep.CARD_ENTRY
    await bench.till.resume_payment()
    assert step_of(bench) is PaymentStep.PAYMENT


async def test_without_a_stopped_payment_there_is_nothing_to_resume(bench: Bench) -> None:
    await bench.fill()
    with pytest.raises(TillError):
        await bench.till.resume_payment()
    assert step_of(bench) is PaymentStep.CART
