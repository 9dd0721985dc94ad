"""Help that is offered: when, for what reason, and how seldom."""

import pytest
from msgspec.structs import replace

from kiosk_app.case import events
from kiosk_app.case.help.proactive import PAYMENT_IDLE_SECONDS
from kiosk_app.case.presses import OfferAccepted, OfferDismissed, ScanFailed, Touched
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol.from_kiosk import OpenCase
from kiosk_app.protocol.policy import KioskPolicy
from kiosk_app.protocol.shared import Cart, CartLine, HelpReason, PaymentStep
from tests.unit.case.story import COFFEE, Story

BEER = CartLine(line="2", name="Folköl", quantity=1, amount_ore=1890, age_restricted=True)


@pytest.fixture
def story() -> Story:
    story = Story()
    story.link_up()
    story.scan()
    return story


def offered(story: Story) -> HelpReason | None:
    return story.view.offer.reason if story.view.offer is not None else None


def decline(story: Story, declines: int) -> None:
    cart = Cart(lines=(COFFEE,))
    story.feed(events.TillChanged(cart, PaymentStep.DECLINED, declines, b"1 lines"))


def fail_scans(story: Story, times: int) -> None:
    for _ in range(times):
        story.feed(ScanFailed())


def test_two_declines(story: Story) -> None:
    decline(story, 1)
    assert offered(story) is None
    decline(story, 2)
    assert offered(story) is HelpReason.DECLINES


def test_three_failed_scans_in_a_row(story: Story) -> None:
    fail_scans(story, 2)
    story.scan(COFFEE, replace(COFFEE, line="3"))
    fail_scans(story, 2)
    assert offered(story) is None
    fail_scans(story, 1)
    assert offered(story) is HelpReason.SCANS
    story.scan()  # one that worked
    assert offered(story) is None


def test_a_locked_item_until_it_is_unlocked(story: Story) -> None:
    story.scan(COFFEE, BEER)
    assert offered(story) is HelpReason.AGE
    story.scan(COFFEE, replace(BEER, unlocked=True))
    assert offered(story) is None


@pytest.mark.parametrize("step", [PaymentStep.PAYMENT, PaymentStep.CARD_ENTRY])
def test_twenty_seconds_in_the_payment(story: Story, step: PaymentStep) -> None:
    story.scan(step=step)
    story.walk_away(PAYMENT_IDLE_SECONDS - 1)
    story.feed(Touched())
    story.walk_away(PAYMENT_IDLE_SECONDS - 1)
    assert offered(story) is None
    story.walk_away(1)
    assert offered(story) is HelpReason.PAYMENT_IDLE
    story.scan(step=PaymentStep.PAID)
    assert offered(story) is None


def test_accepted_it_opens_help_and_the_office_knows_why(story: Story) -> None:
    decline(story, 2)
    story.feed(OfferAccepted())
    assert offered(story) is None
    assert story.sheet() is Sheet.MENU
    assert story.sent(OpenCase)[-1].context.reason is HelpReason.DECLINES
    story.feed(events.ClosePressed())
    story.feed(events.HelpPressed())
    assert story.sent(OpenCase)[-1].context.reason is None


def test_once_a_visit(story: Story) -> None:
    decline(story, 2)
    story.feed(OfferDismissed())
    story.scan(COFFEE, BEER)
    fail_scans(story, 5)
    decline(story, 3)
    assert offered(story) is None
    story.feed(events.NewCustomerPressed())
    story.scan(COFFEE, BEER)
    assert offered(story) is HelpReason.AGE


def test_not_to_whoever_has_found_the_button(story: Story) -> None:
    story.feed(events.HelpPressed())
    story.feed(events.ClosePressed())
    decline(story, 2)
    assert offered(story) is None


@pytest.mark.parametrize("policy", [KioskPolicy(proactive=False), KioskPolicy(button="hidden")])
def test_not_where_the_office_does_not_want_it(story: Story, policy: KioskPolicy) -> None:
    story.feed(events.PolicyChanged(policy))
    decline(story, 2)
    story.walk_away(PAYMENT_IDLE_SECONDS)
    assert offered(story) is None


def test_not_while_nobody_can_be_reached(story: Story) -> None:
    story.feed(events.LinkLost())
    decline(story, 2)
    assert offered(story) is None


def test_a_press_on_an_offer_that_is_gone_opens_nothing(story: Story) -> None:
    story.feed(OfferAccepted())
    assert story.sheet() is Sheet.NONE
