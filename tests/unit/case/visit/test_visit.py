"""The kept cart: what is on disk when, and who gets it back how."""

from dataclasses import replace

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import View
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.case.visit.cart_hold import CODE_TRIES, HOLD_SECONDS
from kiosk_app.case.visit.visit import KEEP_SECONDS
from kiosk_app.protocol.from_kiosk import CloseCase, OpenCase
from kiosk_app.protocol.shared import EndCause, PaymentStep
from tests.unit.case.story import COFFEE, Story, way


def test_each_change_of_the_cart_is_kept() -> None:
    story = Story()
    story.scan()
    story.scan(COFFEE, COFFEE)
    kept = story.did(effects.KeepVisit)
    assert [keep.snapshot for keep in kept] == [b"1 lines", b"2 lines"]
    assert [keep.code for keep in kept] == ["", ""]
    assert (kept[0].hold_until - kept[0].saved_at).total_seconds() == HOLD_SECONDS
    assert story.view.restore is None


@pytest.mark.parametrize("step", [PaymentStep.PAID, PaymentStep.RECEIPT])
def test_what_is_bought_is_not_kept(step: PaymentStep) -> None:
    story = Story()
    story.scan()
    story.scan(COFFEE, step=step)
    assert isinstance(story.effects[-1], effects.ForgetCart)
    story.clear_till()
    assert len(story.did(effects.ForgetCart)) == 1


def test_a_cart_that_stands_in_the_till_is_kept_anew_each_minute() -> None:
    story = Story()
    story.scan()
    story.wait(10 * KEEP_SECONDS)
    assert len(story.did(effects.KeepVisit)) == 11
    story.clear_till()
    story.wait(10 * KEEP_SECONDS)
    assert len(story.did(effects.KeepVisit)) == 11


def test_the_case_is_kept_with_the_visit_and_forgotten_with_it() -> None:
    story = Story()
    story.to_chat()
    assert story.did(effects.KeepVisit)[-1].case == story.case
    story.clear_till()
    empty = story.did(effects.KeepVisit)[-1]
    assert (empty.case, empty.snapshot) == (story.case, b"")
    assert len(story.did(effects.ForgetCart)) == 1
    story.resolve()
    story.feed(events.FeedbackSkipped())
    assert isinstance(story.effects[-1], effects.ForgetCase)


def test_nothing_to_restore_while_the_cart_is_in_the_till() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.ClosePressed())
    assert story.view.restore is None
    story.feed(events.CartRestorePressed())
    story.feed(events.CartCodeEntered("4821"))
    assert not story.did(effects.RestoreCart)


def test_the_saved_cart_follows_the_one_in_the_till() -> None:
    story = Story()
    story.fail_at_press()
    story.scan(COFFEE, COFFEE)
    assert story.did(effects.KeepVisit)[-1].code == "4821"
    story.feed(events.NewCustomerPressed())
    story.feed(events.CartCodeEntered("4821"))
    assert story.did(effects.RestoreCart) == [effects.RestoreCart(b"2 lines")]


def test_a_saved_cart_that_is_bought_is_not_given_again() -> None:
    story = Story()
    story.fail_at_press()
    story.scan(COFFEE, step=PaymentStep.PAID)
    assert story.view.failure is not None
    assert story.view.failure.code is None
    assert story.view.failure.empty_cart
    story.feed(events.NewCustomerPressed())
    assert story.view.restore is None


def test_after_the_hold_a_cart_in_the_till_is_kept_without_a_code() -> None:
    story = Story()
    story.fail_at_press()
    story.wait(HOLD_SECONDS)
    assert story.did(effects.KeepVisit)[-1].code == ""
    story.feed(events.NewCustomerPressed())
    assert story.view.restore is None


def test_new_customer_without_a_code_leaves_nothing_on_disk() -> None:
    story = Story()
    story.scan()
    story.feed(events.NewCustomerPressed())
    kinds = [type(effect) for effect in story.effects]
    assert kinds[-2:] == [effects.ForgetCart, effects.WipeTill]
    assert story.view == View(help=story.view.help)


def test_new_customer_gets_a_new_visit_and_the_first_language() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.LanguageChosen("en"))
    story.feed(events.NewCustomerPressed())
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.NEW_CUSTOMER]
    assert story.view.language == "sv"
    story.scan()
    story.feed(events.HelpPressed())
    first, second = story.sent(OpenCase)
    assert first.visit != second.visit


def test_new_customer_in_the_feedback_keeps_the_true_cause() -> None:
    story = Story()
    story.to_chat()
    story.resolve()
    story.feed(events.NewCustomerPressed())
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.RESOLVED]


def test_after_new_customer_only_the_code_gives_it_back() -> None:
    story = Story()
    story.fail_at_press()
    visit = story.did(effects.SaveCart)[0].visit.visit
    story.wait(100)
    story.feed(events.NewCustomerPressed())
    (ended,) = story.did(effects.MoveCart)[0].carts
    assert (ended.visit, ended.snapshot, ended.code) == (visit, b"1 lines", "4821")
    assert (ended.hold_until - story.clock.wall()).total_seconds() == HOLD_SECONDS - 100
    assert way(story.view) is RestoreWay.CODE
    story.feed(events.CartRestorePressed())
    assert not story.did(effects.RestoreCart)
    story.feed(events.CartCodeEntered("0000"))
    assert story.notice() is Notice.CODE_WRONG
    assert story.view.restore is not None
    assert story.view.restore.tries_left == CODE_TRIES - 1
    assert story.did(effects.HoldCarts)[-1].carts == (replace(ended, tries=1),)
    story.feed(events.CartCodeEntered("4821"))
    assert story.did(effects.RestoreCart) == [effects.RestoreCart(b"1 lines")]
    story.scan()
    assert story.notice() is Notice.CART_RESTORED
    assert story.view.restore is None
    kept = story.did(effects.KeepVisit)[-1]
    assert (kept.snapshot, kept.code) == (b"1 lines", "")
    assert kept.visit != visit
    assert kept.waiting == ()  # in the same write: at no time is it in neither place, or in both


def test_five_wrong_codes_delete_it() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.NewCustomerPressed())
    for _ in range(CODE_TRIES):
        story.feed(events.CartCodeEntered("0000"))
    assert story.view.restore is None
    assert story.effects[-1] == effects.HoldCarts(())
    story.feed(events.CartCodeEntered("4821"))
    assert not story.did(effects.RestoreCart)


def test_the_hold_runs_out() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.NewCustomerPressed())
    story.wait(HOLD_SECONDS)
    assert story.view.restore is None
    assert story.effects[-1] == effects.HoldCarts(())


def test_the_next_shopper_is_kept_while_a_promised_cart_waits() -> None:
    story = Story()
    story.fail_at_press()
    first = story.did(effects.SaveCart)[0].visit.visit
    story.feed(events.NewCustomerPressed())
    story.link_up()
    story.scan(COFFEE, COFFEE, COFFEE)
    story.feed(events.HelpPressed())
    kept = story.did(effects.KeepVisit)[-1]
    assert (kept.snapshot, kept.code, kept.case) == (b"3 lines", "", story.case)
    assert kept.visit != first
    assert way(story.view) is RestoreWay.CODE
    # That shopper leaves as well: their own cart goes, the promised one stays for its time.
    story.feed(events.NewCustomerPressed())
    assert story.did(effects.ForgetCart)
    assert not story.did(effects.HoldCarts)
    assert way(story.view) is RestoreWay.CODE
    story.scan(COFFEE, COFFEE)
    story.wait(HOLD_SECONDS)
    assert story.did(effects.HoldCarts) == [effects.HoldCarts(())]
    assert story.view.restore is None
    assert story.did(effects.KeepVisit)[-1].snapshot == b"2 lines"


def test_each_of_two_saved_carts_has_its_own_five_minutes() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.NewCustomerPressed())
    story.wait(100)
    story.scan(COFFEE, COFFEE)
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    story.feed(events.CartSaved())
    assert story.view.failure is not None
    assert story.view.failure.code == "4822"
    story.wait(HOLD_SECONDS - 100)
    assert story.did(effects.HoldCarts)[-1] == effects.HoldCarts(())
    assert story.view.failure.code == "4822"
    story.wait(100)
    assert story.view.failure is None
    assert story.did(effects.KeepVisit)[-1].code == ""


def test_the_next_shoppers_failure_shows_their_own_code() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.NewCustomerPressed())
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    assert story.view.failure is not None
    assert story.view.failure.code is None
    assert story.view.failure.empty_cart
    story.feed(events.ClosePressed())
    story.scan(COFFEE, COFFEE)
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    story.feed(events.CartSaved())
    assert story.view.failure is not None
    assert story.view.failure.code == "4822"


def test_a_payment_is_not_disturbed_by_a_restore() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.NewCustomerPressed())
    story.scan(COFFEE, step=PaymentStep.PAYMENT)
    assert story.view.restore is None
    story.feed(events.CartCodeEntered("4821"))
    assert not story.did(effects.RestoreCart)
