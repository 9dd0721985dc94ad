"""When help fails the cart goes to disk first: what is promised then, and what is not."""

from kiosk_app.case import effects, events
from kiosk_app.case.closing import FAILURE_SECONDS, SAVING_SECONDS
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.screen import Sheet
from kiosk_app.case.visit.cart_hold import HOLD_SECONDS
from kiosk_app.protocol.from_kiosk import CloseCase, OpenCase
from kiosk_app.protocol.shared import EndCause, PaymentStep
from tests.unit.case.story import COFFEE, Story


def without_contact() -> Story:
    """A cart, nobody to be reached, and somebody asked for: the cart goes to disk."""
    story = Story()
    story.feed(events.LinkLost())
    story.scan()
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    return story


def test_the_cart_is_on_disk_before_the_failure_is_shown() -> None:
    story = Story()
    story.feed(events.LinkLost())
    assert story.view.help.state is HelpState.OFFLINE
    story.scan()
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    assert story.sheet() is Sheet.SAVING
    assert story.view.failure is None
    (save,) = story.did(effects.SaveCart)
    assert (save.visit.snapshot, save.visit.code) == (b"1 lines", "4821")
    assert not save.visit.code_shown
    assert (save.visit.hold_until - save.visit.saved_at).total_seconds() == HOLD_SECONDS
    assert not story.did(effects.StartMedia)
    assert len(story.sent(OpenCase)) == 1
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.FAILED]
    story.feed(events.HelpPressed())
    assert story.sheet() is Sheet.SAVING
    story.feed(events.CartSaved())
    shown = story.view
    assert shown.sheet is Sheet.FAILURE
    assert shown.help.state is HelpState.FAILED
    assert shown.failure is not None
    assert shown.failure.code == "4821"
    assert shown.failure.hold is not None
    assert shown.failure.hold.total == HOLD_SECONDS
    assert not shown.failure.retry
    assert not shown.failure.empty_cart
    assert shown.restore is None
    # Only now is it one that somebody can have seen, and be asked for after a crash.
    kept = story.did(effects.KeepVisit)[-1]
    assert (kept.code, kept.code_shown) == ("4821", True)


def test_a_cart_that_cannot_be_saved_has_no_code() -> None:
    story = without_contact()
    story.feed(events.CartSaveFailed("the disk is full"))
    assert story.view.failure is not None
    assert story.view.failure.code is None
    assert story.view.failure.hold is None
    assert not story.view.failure.empty_cart
    story.wait(FAILURE_SECONDS)
    assert story.sheet() is Sheet.NONE


def test_a_cart_that_the_disk_takes_late_has_a_code_then() -> None:
    story = without_contact()
    story.feed(events.CartSaveFailed("the disk is full"))
    story.wait(60)
    story.feed(events.CartSaved())
    assert story.view.failure is not None
    assert story.view.failure.code == "4821"
    assert story.view.failure.hold is not None
    assert story.view.failure.hold.ends_at == story.clock.monotonic() + HOLD_SECONDS - 60
    kept = story.did(effects.KeepVisit)[-1]
    assert (kept.code, kept.code_shown) == ("4821", True)


def test_a_disk_that_fails_late_may_still_take_it() -> None:
    story = without_contact()
    story.wait(SAVING_SECONDS)
    story.feed(events.CartSaveFailed("the disk is full"))
    story.feed(events.CartSaved())
    assert story.view.failure is not None
    assert story.view.failure.code == "4821"


def test_a_disk_that_hangs_does_not_hold_up_the_notice() -> None:
    story = without_contact()
    story.wait(SAVING_SECONDS)
    assert story.view.failure is not None
    assert story.view.failure.code is None
    story.feed(events.CartSaved())
    assert story.view.failure.code == "4821"


def test_a_code_that_nobody_waited_for_is_never_shown() -> None:
    story = without_contact()
    story.wait(SAVING_SECONDS)
    story.feed(events.ClosePressed())
    story.feed(events.CartSaved())
    assert story.view.failure is None
    story.feed(events.NewCustomerPressed())
    assert story.view.restore is None
    assert story.did(effects.ForgetCart)


def test_nothing_to_save_and_nothing_to_give_back() -> None:
    story = Story()
    story.feed(events.LinkLost())
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    assert not story.did(effects.SaveCart)
    assert story.view.failure is not None
    assert story.view.failure.empty_cart
    assert story.view.failure.code is None


def test_a_bought_cart_is_nothing_to_save() -> None:
    story = Story()
    story.feed(events.LinkLost())
    story.scan(COFFEE, step=PaymentStep.RECEIPT)
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    assert not story.did(effects.SaveCart)


def test_bought_while_it_was_being_saved() -> None:
    story = Story()
    story.feed(events.LinkLost())
    story.scan()
    story.ask_offline()
    story.scan(COFFEE, step=PaymentStep.PAID)
    story.feed(events.CartSaved())
    assert story.view.failure is not None
    assert story.view.failure.code is None
    assert story.view.failure.empty_cart
    assert story.did(effects.ForgetCart)


def test_the_notice_folds_comes_back_and_goes_with_the_hold() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.HelpPressed())
    assert story.view.folded
    assert story.view.help.state is HelpState.FAILED
    story.feed(events.HelpPressed())
    assert not story.view.folded
    story.wait(HOLD_SECONDS)
    assert story.sheet() is Sheet.NONE
    assert story.view.failure is None


def test_a_second_word_that_the_cart_is_saved_changes_nothing() -> None:
    story = Story()
    story.fail_at_press()
    before = story.view
    assert story.feed(events.CartSaved()) == ()
    assert story.view == before
