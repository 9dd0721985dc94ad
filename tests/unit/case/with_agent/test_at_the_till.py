"""Orders at the till: once, in time, for the cart as it is, and only while an agent is here."""

from dataclasses import replace as with_fields
from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk_app.case import effects, events
from kiosk_app.case.view.agent import TillActView
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol.from_kiosk import ReportTillOrder
from kiosk_app.protocol.shared import CartLine, TillAction, TillOutcome
from kiosk_app.protocol.to_kiosk import OrderAtTill
from tests.unit.case.story import Story, uuid_of

BEER = CartLine(line="7", name="Folköl 3,5 %", quantity=1, amount_ore=1890, age_restricted=True)


@pytest.fixture
def story() -> Story:
    told = Story()
    told.to_chat()
    told.scan(BEER)
    return told


def order(story: Story, **changes: object) -> OrderAtTill:
    made = OrderAtTill(
        case=story.case,
        order=uuid_of(4000),
        action=TillAction.UNLOCK_LINE,
        line="7",
        expires_at=story.clock.wall() + timedelta(seconds=30),
        signature="signed",
    )
    return replace(made, **changes)


def outcomes(story: Story) -> list[TillOutcome]:
    return [report.outcome for report in story.sent(ReportTillOrder)]


def test_it_is_carried_out_and_the_shopper_sees_who_did_what(story: Story) -> None:
    wanted = order(story)
    story.feed(wanted)
    assert story.did(effects.CarryOutOrder) == [effects.CarryOutOrder(wanted)]
    assert outcomes(story) == []
    story.feed(events.TillOrderDone(wanted, TillOutcome.DONE, BEER.name))
    assert outcomes(story) == [TillOutcome.DONE]
    assert story.notice() is Notice.TILL_ACT
    assert story.view.till_act == TillActView("Lisa", TillAction.UNLOCK_LINE, BEER.name)
    story.wait(8)
    assert story.view.till_act is None


@pytest.mark.parametrize("outcome", [TillOutcome.MOVED_ON, TillOutcome.NOT_SIGNED])
def test_what_was_not_done_is_not_shown_as_done(story: Story, outcome: TillOutcome) -> None:
    wanted = order(story)
    story.feed(wanted)
    story.feed(events.TillOrderDone(wanted, outcome, BEER.name))
    assert outcomes(story) == [outcome]
    assert story.notice() is None


def test_an_order_is_good_for_once(story: Story) -> None:
    story.feed(order(story))
    story.feed(order(story))
    assert len(story.did(effects.CarryOutOrder)) == 1
    assert outcomes(story) == [TillOutcome.USED]


def test_one_that_comes_too_late_is_refused(story: Story) -> None:
    wanted = order(story)
    story.wait(30)
    story.feed(wanted)
    assert outcomes(story) == [TillOutcome.EXPIRED]
    assert not story.did(effects.CarryOutOrder)


@pytest.mark.parametrize("action", [TillAction.UNLOCK_LINE, TillAction.VOID_LINE])
def test_a_line_that_is_gone_is_refused(story: Story, action: TillAction) -> None:
    story.scan()
    story.feed(order(story, action=action))
    assert outcomes(story) == [TillOutcome.MOVED_ON]


def test_none_without_an_agent(story: Story) -> None:
    wanted = order(story)
    story.resolve()
    story.feed(wanted)
    assert outcomes(story) == [TillOutcome.NOT_NOW]


def test_another_shoppers_order_is_nothing_to_this_one(story: Story) -> None:
    story.feed(order(story, case=uuid_of(5000)))
    assert outcomes(story) == []
    assert not story.did(effects.CarryOutOrder)


def test_what_was_done_for_one_who_has_left_is_shown_to_nobody(story: Story) -> None:
    wanted = order(story)
    story.feed(wanted)
    story.feed(events.NewCustomerPressed())
    story.feed(events.TillOrderDone(wanted, TillOutcome.DONE, BEER.name))
    assert story.view == with_fields(story.view, notice=None, till_act=None)
