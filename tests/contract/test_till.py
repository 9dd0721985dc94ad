"""What any till does, whoever made it. A new till adds a bench to ``BENCHES``."""

from collections.abc import Callable
from typing import Protocol

import pytest

from kiosk_app.protocol.shared import CartLine, PaymentStep
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.fake import FakeTill
from kiosk_app.till.ports import Till, TillError, TillState
from kiosk_app.till.shop import demo_shop_path, load_shop
from kiosk_app.till.terminal import Behaviour, SimulatedTerminal


class Bench(Protocol):
    """Puts one kind of till where a test wants it, by the shopper's means."""

    till: Till

    def fill(self) -> None:
        """Two lines in the cart, the last one age-restricted and locked."""

    def decline(self) -> None:
        """From an empty till to DECLINED with goods in the cart."""

    def hang(self) -> None:
        """From an empty till to a terminal that does not answer."""


class BuiltInBench:
    def __init__(self) -> None:
        self.terminal = SimulatedTerminal()
        self.own = BuiltInTill(load_shop(demo_shop_path()), self.terminal)
        self.till: Till = self.own

    def fill(self) -> None:
        self.own.scan("7310865004703")
        for article in self.own.shop.articles:
            if article.age_restricted:
                self.own.add(article)

    def decline(self) -> None:
        self._confirm(Behaviour.DECLINE)

    def hang(self) -> None:
        self._confirm(Behaviour.HANG)

    def _confirm(self, behaviour: Behaviour) -> None:
        self.own.scan("7310865004703")
        self.own.pay()
        self.own.open_card_entry()
        self.terminal.behaviour = behaviour
        for _ in range(4):
            self.terminal.press_digit()
        self.terminal.confirm()


class FakeBench:
    def __init__(self) -> None:
        self.own = FakeTill()
        self.till: Till = self.own

    def fill(self) -> None:
        self.own.put(
            CartLine(line="a", name="Mellanmjölk", quantity=1, amount_ore=1990),
            CartLine(line="b", name="Folköl", quantity=1, amount_ore=1890, age_restricted=True),
        )

    def decline(self) -> None:
        self.fill()
        self.own.go_to(PaymentStep.CARD_ENTRY)
        self.own.go_to(PaymentStep.DECLINED)

    def hang(self) -> None:
        self.fill()
        self.own.go_to(PaymentStep.CARD_ENTRY)


BENCHES: tuple[Callable[[], Bench], ...] = (BuiltInBench, FakeBench)


@pytest.fixture(params=BENCHES, ids=lambda bench: bench.__name__)
def bench(request: pytest.FixtureRequest) -> Bench:
    made: Bench = request.param()
    return made


def test_starts_idle_and_empty(bench: Bench) -> None:
    state = bench.till.state
    assert (state.cart.empty, state.step, state.declines) == (True, PaymentStep.IDLE, 0)


def test_tells_the_listener_of_each_change(bench: Bench) -> None:
    told: list[TillState] = []
    bench.till.listen(told.append)
    bench.fill()
    assert told
    assert told[-1] == bench.till.state
    assert told[-1].step is PaymentStep.CART


async def test_a_snapshot_brings_the_cart_back(bench: Bench) -> None:
    bench.fill()
    before = bench.till.state
    bench.till.wipe()
    told: list[TillState] = []
    bench.till.listen(told.append)
    await bench.till.restore(before.snapshot)
    assert bench.till.state.cart == before.cart
    assert bench.till.state.step is PaymentStep.CART
    assert told == [bench.till.state]


async def test_a_snapshot_is_added_to_what_is_in_the_till(bench: Bench) -> None:
    bench.fill()
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
    bench.decline()
    snapshot = bench.till.state.snapshot
    await bench.till.restore(snapshot)
    assert bench.till.state.declines == 1


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff\xfe", b"[]", b'{"version": 99}'])
async def test_a_broken_snapshot_is_refused_and_changes_nothing(
    bench: Bench, broken: bytes
) -> None:
    bench.fill()
    before = bench.till.state
    with pytest.raises(TillError):
        await bench.till.restore(broken)
    assert bench.till.state == before


def test_wipe_forgets_the_shopper(bench: Bench) -> None:
    bench.decline()
    assert bench.till.state.declines == 1
    bench.till.wipe()
    state = bench.till.state
    assert (state.cart.empty, state.step, state.declines) == (True, PaymentStep.IDLE, 0)


async def test_unlock_lets_a_restricted_line_be_bought_once(bench: Bench) -> None:
    bench.fill()
    line = bench.till.state.cart.lines[-1]
    assert line.age_restricted and not line.unlocked
    await bench.till.unlock_line(line.line)
    assert bench.till.state.cart.lines[-1].unlocked
    with pytest.raises(TillError):
        await bench.till.unlock_line(line.line)


async def test_unlock_refuses_what_is_not_locked_or_not_there(bench: Bench) -> None:
    bench.fill()
    for line in (bench.till.state.cart.lines[0].line, "no such line"):
        with pytest.raises(TillError):
            await bench.till.unlock_line(line)


async def test_void_takes_the_line_out(bench: Bench) -> None:
    bench.fill()
    first, second = bench.till.state.cart.lines
    await bench.till.void_line(first.line)
    assert bench.till.state.cart.lines == (second,)
    with pytest.raises(TillError):
        await bench.till.void_line(first.line)


async def test_voiding_the_last_line_leaves_an_idle_till(bench: Bench) -> None:
    bench.fill()
    for line in bench.till.state.cart.lines:
        await bench.till.void_line(line.line)
    assert bench.till.state.step is PaymentStep.IDLE


def step_of(bench: Bench) -> PaymentStep:
    return bench.till.state.step


async def test_a_declined_payment_resumes(bench: Bench) -> None:
    bench.decline()
    assert step_of(bench) is PaymentStep.DECLINED
    await bench.till.resume_payment()
    assert step_of(bench) is PaymentStep.PAYMENT
    assert bench.till.state.declines == 1


async def test_a_hanging_terminal_is_given_up(bench: Bench) -> None:
    bench.hang()
    assert step_of(bench) is PaymentStep.CARD_ENTRY
    await bench.till.resume_payment()
    assert step_of(bench) is PaymentStep.PAYMENT


async def test_without_a_stopped_payment_there_is_nothing_to_resume(bench: Bench) -> None:
    bench.fill()
    with pytest.raises(TillError):
        await bench.till.resume_payment()
    assert step_of(bench) is PaymentStep.CART
