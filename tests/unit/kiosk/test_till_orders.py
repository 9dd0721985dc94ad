"""What the office orders at the till reaches the till only with the office's signature."""

import logging
from datetime import timedelta

import pytest

from kiosk_app.protocol.from_kiosk import ReportTillOrder
from kiosk_app.protocol.shared import CartLine, PaymentStep, TillAction, TillOutcome
from kiosk_app.protocol.signing import till_order_bytes
from kiosk_app.protocol.to_kiosk import OrderAtTill
from tests.unit.kiosk.bench import Bench

BEER = CartLine(line="7", name="Folköl 3,5 %", quantity=1, amount_ore=1890, age_restricted=True)
ORDER = "00000000-0000-4000-8000-00000000bee7"


def order(
    bench: Bench, action: TillAction, line: str = "7", *, kiosk: str = "byabutiken-2"
) -> OrderAtTill:
    expires_at = bench.clock.wall() + timedelta(seconds=30)
    signed = till_order_bytes(
        kiosk=kiosk,
        case=bench.case,
        order=ORDER,
        action=action.value,
        line=line,
        expires_at=expires_at,
    )
    return OrderAtTill(
        case=bench.case,
        order=ORDER,
        action=action,
        line=line,
        expires_at=expires_at,
        signature=bench.office.sign(signed),
    )


async def bench_with_beer() -> Bench:
    bench = Bench()
    await bench.start()
    await bench.to_chat()
    bench.till.put(BEER)
    await bench.settle()
    return bench


def outcome(bench: Bench) -> TillOutcome:
    return bench.link.sent_of(ReportTillOrder)[-1].outcome


async def test_it_unlocks_and_the_shopper_sees_it() -> None:
    bench = await bench_with_beer()
    bench.link.say(order(bench, TillAction.UNLOCK_LINE))
    await bench.settle()
    assert outcome(bench) is TillOutcome.DONE
    assert bench.till.state.cart.lines[0].unlocked
    assert bench.screen.view.till_act is not None
    assert bench.screen.view.till_act.item == BEER.name
    await bench.controller.close()


@pytest.mark.parametrize("action", [TillAction.VOID_LINE, TillAction.RESUME_PAYMENT])
async def test_each_other_action(action: TillAction) -> None:
    bench = await bench_with_beer()
    bench.till.go_to(PaymentStep.DECLINED)
    bench.link.say(order(bench, action))
    await bench.settle()
    assert outcome(bench) is TillOutcome.DONE
    voided = action is TillAction.VOID_LINE
    assert bench.till.state.cart.empty is voided
    assert (bench.till.state.step is PaymentStep.PAYMENT) is not voided
    await bench.controller.close()


@pytest.mark.expect_log("not signed by this kiosk's office", level=logging.ERROR)
async def test_without_the_offices_signature_nothing_is_done() -> None:
    bench = await bench_with_beer()
    bench.link.say(order(bench, TillAction.VOID_LINE, kiosk="another"))
    await bench.settle()
    assert outcome(bench) is TillOutcome.NOT_SIGNED
    assert not bench.till.state.cart.empty
    await bench.controller.close()


async def test_a_till_that_refuses_is_said_as_moved_on() -> None:
    bench = await bench_with_beer()
    bench.link.say(order(bench, TillAction.RESUME_PAYMENT))
    await bench.settle()
    assert outcome(bench) is TillOutcome.MOVED_ON
    await bench.controller.close()
