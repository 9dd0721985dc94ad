"""Who walks away: asked, counted down for, wiped; and who is never asked."""

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.course.next_shopper import (
    ANEW_SECONDS,
    IDLE_SECONDS,
    LEAVING_SECONDS,
    PAYING_IDLE_SECONDS,
    PAYING_LEAVING_SECONDS,
)
from kiosk_app.case.presses import StayPressed, Touched
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol.from_kiosk import CloseCase
from kiosk_app.protocol.shared import EndCause, PaymentStep
from tests.unit.case.story import Story


@pytest.fixture
def story() -> Story:
    story = Story()
    story.link_up()
    return story


def test_nothing_is_asked_where_nothing_was_done(story: Story) -> None:
    story.feed(Touched())
    story.walk_away(10 * IDLE_SECONDS)
    assert story.view.leaving is None
    assert story.did(effects.WipeTill) == []


def test_a_cart_is_counted_down_for_and_wiped(story: Story) -> None:
    story.scan()
    story.walk_away(IDLE_SECONDS - 1)
    assert story.view.leaving is None
    story.walk_away(1)
    leaving = story.view.leaving
    assert leaving is not None
    assert leaving.cart
    assert leaving.left.left(story.clock.monotonic()) == LEAVING_SECONDS
    story.walk_away(LEAVING_SECONDS)
    assert story.view.leaving is None
    assert len(story.did(effects.WipeTill)) == 1


@pytest.mark.parametrize(
    "event",
    [
        StayPressed(),
        Touched(),
        events.LanguageChosen("en"),
        events.CallbackPressed(),
        events.SolvedPressed(),
        events.OfferDismissed(),
        events.LettersSwitched(on=False),
    ],
)
def test_the_time_is_extended_as_often_as_is_wanted(story: Story, event: events.Event) -> None:
    story.scan()
    for _ in range(25):
        story.walk_away(IDLE_SECONDS + LEAVING_SECONDS - 1)
        assert story.view.leaving is not None
        story.feed(event)
        assert story.view.leaving is None
    assert story.did(effects.WipeTill) == []


def test_never_while_the_terminal_works(story: Story) -> None:
    story.scan(step=PaymentStep.CARD_ENTRY)
    story.walk_away(3600)
    assert story.view.leaving is None
    assert story.did(effects.WipeTill) == []
    # It has answered: from now on the time counts.
    story.scan(step=PaymentStep.DECLINED)
    story.walk_away(PAYING_IDLE_SECONDS - 1)
    assert story.view.leaving is None
    story.walk_away(1)
    assert story.view.leaving is not None


@pytest.mark.parametrize("step", [PaymentStep.PAYMENT, PaymentStep.DECLINED])
def test_whoever_leaves_in_the_payment_has_longer_and_is_wiped(
    story: Story, step: PaymentStep
) -> None:
    story.scan(step=step)
    story.walk_away(PAYING_IDLE_SECONDS - 1)
    assert story.view.leaving is None
    story.walk_away(1)
    leaving = story.view.leaving
    assert leaving is not None
    assert leaving.cart
    assert leaving.left.left(story.clock.monotonic()) == PAYING_LEAVING_SECONDS
    story.walk_away(PAYING_LEAVING_SECONDS - 1)
    assert story.did(effects.WipeTill) == []
    story.walk_away(1)
    assert len(story.did(effects.WipeTill)) == 1


def test_the_terminal_ends_a_countdown_that_runs(story: Story) -> None:
    story.scan(step=PaymentStep.PAYMENT)
    story.walk_away(PAYING_IDLE_SECONDS)
    assert story.view.leaving is not None
    story.scan(step=PaymentStep.CARD_ENTRY)
    assert story.view.leaving is None
    story.walk_away(3600)
    assert story.did(effects.WipeTill) == []


def test_in_the_payment_too_the_time_is_extended_as_often_as_is_wanted(story: Story) -> None:
    story.scan(step=PaymentStep.PAYMENT)
    for _ in range(12):
        story.walk_away(PAYING_IDLE_SECONDS + PAYING_LEAVING_SECONDS - 1)
        assert story.view.leaving is not None
        story.feed(StayPressed())
        assert story.view.leaving is None
    story.scan(step=PaymentStep.CART)  # back at the goods it is as it ever was
    story.walk_away(IDLE_SECONDS)
    assert story.view.leaving is not None


def test_a_paid_cart_is_counted_down_for_as_ever(story: Story) -> None:
    story.scan(step=PaymentStep.PAYMENT)
    story.scan(step=PaymentStep.PAID)
    story.walk_away(IDLE_SECONDS)
    assert story.view.leaving is not None


def test_paused_in_the_queue_and_with_an_agent(story: Story) -> None:
    story.to_queue()
    story.walk_away(600)
    assert story.view.leaving is None
    story.join()
    story.walk_away(600)
    story.agent_says("Hej")
    story.walk_away(600)
    assert story.view.leaving is None
    story.resolve()
    story.feed(events.FeedbackSkipped())
    story.walk_away(IDLE_SECONDS)
    assert story.view.leaving is not None


def test_an_agent_who_comes_ends_the_countdown(story: Story) -> None:
    story.to_menu()
    story.walk_away(IDLE_SECONDS)
    assert story.view.leaving is not None
    story.feed(events.TalkPressed())
    assert story.view.leaving is None


def test_a_menu_that_was_left_ends_with_the_visit(story: Story) -> None:
    story.to_menu()
    story.walk_away(IDLE_SECONDS + LEAVING_SECONDS)
    assert story.sheet() is Sheet.NONE
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.NEW_CUSTOMER]


def test_another_language_or_look_is_not_left_for_the_next(story: Story) -> None:
    story.feed(events.LanguageChosen("en"))
    story.walk_away(IDLE_SECONDS + LEAVING_SECONDS)
    assert story.view.language == "sv"
    assert len(story.did(effects.WipeTill)) == 1
    story.feed(Touched(changed=True))
    story.walk_away(IDLE_SECONDS + LEAVING_SECONDS)
    assert len(story.did(effects.WipeTill)) == 2


class TestAnew:
    def test_after_a_case_once_nobody_has_begun(self, story: Story) -> None:
        story.to_queue()
        story.feed(events.NewCustomerPressed())
        story.walk_away(ANEW_SECONDS - 0.1)
        assert story.did(effects.StartAnew) == []
        story.feed(Touched())
        story.walk_away(ANEW_SECONDS - 0.1)
        assert story.did(effects.StartAnew) == []
        story.walk_away(0.1)
        assert len(story.did(effects.StartAnew)) == 1

    def test_not_after_a_visit_without_a_word(self, story: Story) -> None:
        story.scan()
        story.feed(events.NewCustomerPressed())
        story.walk_away(60)
        assert story.did(effects.StartAnew) == []

    def test_who_has_begun_is_left_alone_and_it_is_owed(self, story: Story) -> None:
        story.to_queue()
        story.feed(events.NewCustomerPressed())
        story.scan()
        story.walk_away(60)
        assert story.did(effects.StartAnew) == []
        story.feed(events.NewCustomerPressed())
        story.walk_away(ANEW_SECONDS)
        assert len(story.did(effects.StartAnew)) == 1
