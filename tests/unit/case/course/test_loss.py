"""What "Ny kund" would take: nothing of a shopper's goes by one press unasked."""

from collections.abc import Callable

import pytest

from kiosk_app.case import events
from kiosk_app.case.presses import SafetyPressed
from kiosk_app.case.view.screen import Sheet
from kiosk_app.case.view.visit import Loss, RestoreWay
from kiosk_app.protocol.shared import PaymentStep
from tests.unit.case.story import COFFEE, Story, uuid_of


def danger(story: Story) -> None:
    story.to_menu()
    story.feed(SafetyPressed())


def phone(story: Story) -> None:
    story.to_queue()
    story.feed(events.HandoffPressed())


def number(story: Story) -> None:
    story.to_menu()
    story.feed(events.CallbackPressed())


def question(story: Story) -> None:
    story.to_chat()
    story.ask()


def folded(story: Story) -> None:
    story.to_queue()
    story.feed(events.HelpPressed())
    assert story.view.folded


@pytest.mark.parametrize(
    ("begin", "sheet"),
    [
        (Story.to_menu, Sheet.MENU),
        (Story.to_queue, Sheet.QUEUE),
        (Story.to_joining, Sheet.JOINING),
        (Story.to_chat, Sheet.CHAT),
        (danger, Sheet.SAFETY),
        (phone, Sheet.HANDOFF),
        (number, Sheet.CALLBACK),
        (question, Sheet.CONSENT),
        (folded, Sheet.QUEUE),
    ],
)
def test_help_that_goes_on_is_lost_whatever_is_looked_at(
    begin: Callable[[Story], None], sheet: Sheet
) -> None:
    story = Story()
    begin(story)
    story.clear_till()
    assert story.view.sheet is sheet
    assert story.view.loss is Loss.HELP


def test_who_has_begun_nothing_loses_nothing() -> None:
    assert Story().view.loss is Loss.NONE


def test_help_that_is_over_is_no_loss() -> None:
    story = Story()
    story.to_chat()
    story.resolve()
    story.clear_till()
    assert story.sheet() is Sheet.FEEDBACK
    assert story.view.loss is Loss.NONE


def test_a_cart_is_said_before_the_help_until_it_is_bought() -> None:
    story = Story()
    story.to_queue()
    for step in PaymentStep:
        story.scan(COFFEE, step=step)
        assert story.view.loss is (Loss.HELP if step.bought else Loss.CART), step
    assert PaymentStep.RECEIPT.bought
    assert PaymentStep.PAID.bought
    assert not PaymentStep.CARD_ENTRY.bought


def test_a_cart_that_waits_for_one_tap_is_a_loss() -> None:
    story = Story()
    story.feed(events.VisitRecovered(uuid_of(77), None, b"till", "", False, 200.0))
    assert story.view.restore is not None
    assert story.view.restore.way is RestoreWay.ONE_TAP
    assert story.view.loss is Loss.CART
