"""An agent's action at a till: signed for one thing, in the log, and never for another's case."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk_app.base.ids import new_id
from kiosk_app.identity.office_key import OfficeKey
from kiosk_app.protocol.from_console import ActAtTill
from kiosk_app.protocol.from_kiosk import ContextChanged, ReportTillOrder
from kiosk_app.protocol.shared import Cart, CartLine, PaymentStep, TillAction, TillOutcome
from kiosk_app.protocol.signing import till_order_bytes
from kiosk_app.protocol.to_console import CaseChanged, ConsoleRefused, TillActed
from kiosk_app.protocol.to_kiosk import OrderAtTill
from tests.support.office import Town, WireKiosk, WireTab, context, together, town

BEER = CartLine(
    line="7", name="Folköl 3,5 % 50 cl", quantity=1, amount_ore=1890, age_restricted=True
)


async def with_beer(
    place: Town, step: PaymentStep = PaymentStep.CART
) -> tuple[WireKiosk, WireTab, str]:
    kiosk, tab, case = await together(place)
    now = replace(context(), cart=Cart(lines=(BEER,)), step=step)
    await kiosk.say(ContextChanged(command=new_id(), case=case, context=now))
    await tab.hears(CaseChanged, lambda m: m.card.context == now)
    return kiosk, tab, case


async def test_it_is_signed_for_this_kiosk_case_action_and_line(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await with_beer(place)
        command = new_id()
        unlock = ActAtTill(command=command, case=case, action=TillAction.UNLOCK_LINE, line="7")
        await tab.send(unlock)
        order = await kiosk.hears(OrderAtTill)
        assert (order.order, order.action, order.line) == (command, TillAction.UNLOCK_LINE, "7")

        key = OfficeKey.read(place.office.admin.public_key)
        what = {
            "kiosk": "byabutiken-2",
            "case": case,
            "order": command,
            "action": "unlock_line",
            "line": "7",
        }
        signed = till_order_bytes(**what, expires_at=order.expires_at)
        assert key.signed(signed, order.signature)
        for name, other in {"kiosk": "k", "case": "c", "action": "void_line", "line": "8"}.items():
            another = till_order_bytes(**what | {name: other}, expires_at=order.expires_at)
            assert not key.signed(another, order.signature)

        done = ReportTillOrder(
            command=new_id(), case=case, order=command, outcome=TillOutcome.DONE
        )
        await kiosk.say(done)
        assert await tab.hears(TillActed) == TillActed(
            command=command, case=case, outcome=TillOutcome.DONE
        )
        log = await place.office.store.events(case)
        told = [(event.kind, event.actor) for event in log if event.kind.startswith("till_")]
        assert told == [("till_ordered", "lisa"), ("till_acted", "byabutiken-2")]
        assert not any("Folköl" in str(event.detail) for event in log)


@pytest.mark.parametrize(
    ("action", "line"),
    [
        (TillAction.UNLOCK_LINE, "8"),
        (TillAction.VOID_LINE, ""),
        (TillAction.RESUME_PAYMENT, ""),
    ],
)
async def test_what_the_till_has_moved_on_from_is_not_ordered(
    tmp_path: Path, action: TillAction, line: str
) -> None:
    async with town(tmp_path) as place:
        _, tab, case = await with_beer(place)
        await tab.send(ActAtTill(command=new_id(), case=case, action=action, line=line))
        assert (await tab.hears(ConsoleRefused)).code == "moved_on"


async def test_an_agent_without_the_case_orders_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        _, _, case = await with_beer(place, PaymentStep.DECLINED)
        omar, _ = await place.ready_tab("Omar")
        await omar.send(ActAtTill(command=new_id(), case=case, action=TillAction.RESUME_PAYMENT))
        assert (await omar.hears(ConsoleRefused)).code == "not_yours"
