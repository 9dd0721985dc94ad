"""The built-in till from the shopper's side."""

import json

import pytest

from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.till.builtin import BuiltInTill, ScanKind
from kiosk_app.till.cart import MAX_QUANTITY
from kiosk_app.till.ports import TillError
from kiosk_app.till.shop import Article, demo_shop_path, load_shop
from kiosk_app.till.terminal import Behaviour, SimulatedTerminal

MILK = "7310865004703"
SHOP = load_shop(demo_shop_path())


@pytest.fixture
def terminal() -> SimulatedTerminal:
    return SimulatedTerminal()


@pytest.fixture
def till(terminal: SimulatedTerminal) -> BuiltInTill:
    return BuiltInTill(SHOP, terminal)


def named(name: str) -> Article:
    return next(article for article in SHOP.articles if article.name == name)


def press_pin(terminal: SimulatedTerminal) -> None:
    for _ in range(4):
        terminal.press_digit()
    terminal.confirm()


def test_the_cart_of_the_sketch_costs_142_50(till: BuiltInTill) -> None:
    till.scan(MILK)
    for name in ("Kanelbulle", "Kanelbulle", "Bryggkaffe 450 g", "Banan, ca 0,4 kg", "Påse"):
        till.add(named(name))
    cart = till.state.cart
    assert [(line.quantity, line.amount_ore) for line in cart.lines] == [
        (1, 1990),
        (2, 3800),
        (1, 6490),
        (1, 1120),
        (1, 850),
    ]
    assert cart.total_ore == 14250


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (MILK, ScanKind.ADDED),
        ("4006381333931", ScanKind.UNKNOWN),
        ("7310865004704", ScanKind.MISREAD),
        ("", ScanKind.MISREAD),
        ("9" * 5000, ScanKind.MISREAD),
    ],
)
def test_a_scan_says_what_came_of_it(till: BuiltInTill, text: str, kind: ScanKind) -> None:
    assert till.scan(text).kind is kind
    assert till.state.cart.empty is (kind is not ScanKind.ADDED)
    assert till.state.step is (PaymentStep.CART if kind is ScanKind.ADDED else PaymentStep.IDLE)


def test_a_line_takes_no_more_than_it_can_show(till: BuiltInTill) -> None:
    for _ in range(MAX_QUANTITY):
        assert till.scan(MILK).kind is ScanKind.ADDED
    assert till.scan(MILK).kind is ScanKind.FULL
    assert till.state.cart.lines[0].quantity == MAX_QUANTITY


def test_take_one_counts_down_and_then_removes(till: BuiltInTill) -> None:
    till.scan(MILK)
    till.scan(MILK)
    line = till.state.cart.lines[0].line
    till.take_one(line)
    assert till.state.cart.lines[0].quantity == 1
    till.take_one(line)
    assert (till.state.cart.empty, till.state.step) == (True, PaymentStep.IDLE)
    with pytest.raises(TillError):
        till.take_one(line)


def test_a_line_name_is_not_used_again(till: BuiltInTill) -> None:
    till.scan(MILK)
    first = till.state.cart.lines[0].line
    till.take_one(first)
    till.scan(MILK)
    assert till.state.cart.lines[0].line != first


def test_pays_from_cart_to_receipt(till: BuiltInTill, terminal: SimulatedTerminal) -> None:
    steps: list[PaymentStep] = []
    till.listen(lambda state: steps.append(state.step))
    till.scan(MILK)
    till.pay()
    till.open_card_entry()
    press_pin(terminal)
    till.show_receipt()
    assert steps == [
        PaymentStep.CART,
        PaymentStep.PAYMENT,
        PaymentStep.CARD_ENTRY,
        PaymentStep.PAID,
        PaymentStep.RECEIPT,
    ]
    assert till.state.cart.total_ore == 1990


async def test_declines_are_counted_until_the_wipe(
    till: BuiltInTill, terminal: SimulatedTerminal
) -> None:
    terminal.behaviour = Behaviour.DECLINE
    till.scan(MILK)
    till.pay()
    for declines in (1, 2):
        till.open_card_entry()
        press_pin(terminal)
        assert (till.state.step, till.state.declines) == (PaymentStep.DECLINED, declines)
        await till.resume_payment()
    till.wipe()
    assert till.state.declines == 0


async def test_a_hanging_terminal_waits_and_its_late_answer_is_not_heard(
    till: BuiltInTill, terminal: SimulatedTerminal
) -> None:
    terminal.behaviour = Behaviour.HANG
    till.scan(MILK)
    till.pay()
    till.open_card_entry()
    with pytest.raises(TillError):
        await till.resume_payment()  # the shopper is still pressing the code: nothing hangs yet
    press_pin(terminal)
    assert terminal.waiting
    till.back_to_cart()
    assert (till.state.step, terminal.waiting) == (PaymentStep.CART, False)
    terminal.behaviour = Behaviour.APPROVE
    press_pin(terminal)
    assert till.state.step is PaymentStep.CART


def test_a_terminal_that_nobody_uses_gives_up(
    till: BuiltInTill, terminal: SimulatedTerminal
) -> None:
    till.scan(MILK)
    till.pay()
    till.open_card_entry()
    terminal.press_digit()
    terminal.give_up()
    assert (till.state.step, till.state.declines) == (PaymentStep.DECLINED, 1)
    terminal.give_up()
    assert till.state.declines == 1


def test_a_terminal_at_work_does_not_give_up(
    till: BuiltInTill, terminal: SimulatedTerminal
) -> None:
    terminal.behaviour = Behaviour.HANG
    till.scan(MILK)
    till.pay()
    till.open_card_entry()
    press_pin(terminal)
    terminal.give_up()
    assert till.state.step is PaymentStep.CARD_ENTRY


def test_the_terminal_wants_a_whole_code(till: BuiltInTill, terminal: SimulatedTerminal) -> None:
    till.scan(MILK)
    till.pay()
    till.open_card_entry()
    for _ in range(3):
        terminal.press_digit()
    terminal.confirm()
    assert till.state.step is PaymentStep.CARD_ENTRY
    terminal.erase()
    assert terminal.digits == 2


def test_nothing_is_added_while_a_payment_goes_on(till: BuiltInTill) -> None:
    till.scan(MILK)
    till.pay()
    assert till.scan(MILK).kind is ScanKind.NOT_NOW
    assert till.state.cart.lines[0].quantity == 1


async def test_an_age_limit_locks_the_payment_until_unlocked(till: BuiltInTill) -> None:
    till.add(named("Folköl 3,5 % 50 cl"))
    line = till.state.cart.lines[0].line
    assert [row.line for row in till.locked_rows] == [line]
    with pytest.raises(TillError):
        till.pay()
    await till.unlock_line(line)
    assert till.locked_rows == ()
    till.pay()
    assert till.state.step is PaymentStep.PAYMENT


async def test_an_age_check_does_not_survive_in_a_snapshot(till: BuiltInTill) -> None:
    till.add(named("Folköl 3,5 % 50 cl"))
    await till.unlock_line(till.state.cart.lines[0].line)
    snapshot = till.state.snapshot
    till.wipe()
    await till.restore(snapshot)
    assert till.locked_rows


async def test_a_saved_cart_takes_no_line_of_the_tills(till: BuiltInTill) -> None:
    till.scan(MILK)
    saved = till.state.snapshot
    till.wipe()
    till.add(named("Kanelbulle"))
    await till.restore(saved)
    milk = SHOP.find(MILK)
    assert milk is not None
    # Both were called line-1 once.
    assert [row.article.name for row in till.rows] == ["Kanelbulle", milk.name]
    assert len({row.line for row in till.rows}) == 2
    till.take_one(till.rows[0].line)
    assert [row.article.code for row in till.rows] == [MILK]


async def test_more_than_a_line_takes_goes_on_the_next(till: BuiltInTill) -> None:
    for _ in range(60):
        till.scan(MILK)
    await till.restore(till.state.snapshot)
    assert [row.quantity for row in till.rows] == [99, 21]


def test_an_empty_cart_is_not_paid(till: BuiltInTill) -> None:
    with pytest.raises(TillError):
        till.pay()


async def test_voiding_during_a_card_entry_is_refused(till: BuiltInTill) -> None:
    till.scan(MILK)
    till.pay()
    till.open_card_entry()
    with pytest.raises(TillError):
        await till.void_line(till.state.cart.lines[0].line)
    assert not till.state.cart.empty


def test_a_snapshot_says_its_version(till: BuiltInTill) -> None:
    till.scan(MILK)
    assert json.loads(till.state.snapshot)["version"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"lines": [{"line": "line-1", "code": "2000000000000", "quantity": 1}]},
        {"lines": [{"line": "line-1", "code": MILK, "quantity": 0}]},
        {"lines": [{"line": "line-1", "code": MILK, "quantity": 100}]},
        {"lines": [{"line": "", "code": MILK, "quantity": 1}]},
        {"lines": [{"line": "line-1", "code": MILK, "quantity": 1}] * 2},
        {"extra": 1},
    ],
)
async def test_a_snapshot_that_cannot_be_is_refused(
    till: BuiltInTill, change: dict[str, object]
) -> None:
    till.scan(MILK)
    before = till.state
    with pytest.raises(TillError):
        await till.restore(json.dumps({**json.loads(before.snapshot), **change}).encode())
    assert till.state == before


def test_watchers_hear_of_changes_after_the_listener(till: BuiltInTill) -> None:
    heard: list[str] = []
    till.watch(lambda: heard.append("watcher"))
    till.listen(lambda state: heard.append("listener"))
    till.scan(MILK)
    assert heard == ["listener", "watcher"]
