"""After a restart: whose cart is offered how, and the case that was open goes on."""

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.course.kiosk_events import LINK_GONE_SECONDS
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.case.visit.cart_hold import CODE_TRIES
from kiosk_app.protocol.from_kiosk import CloseCase, OpenCase, ReportPeerLost, ResumeCase
from kiosk_app.protocol.shared import Cart, CasePhase, EndCause, PaymentStep
from tests.unit.case.story import COFFEE, Story, agent_line, uuid_of, way

OLD_VISIT = uuid_of(0xAAAA)
OLD_CASE = uuid_of(0xBBBB)
HELD_VISIT = uuid_of(0xCCCC)


def recovered(
    *,
    case: str | None = None,
    snapshot: bytes = b"old cart",
    code: str = "",
    shown: bool = True,
    hold: float = 200.0,
) -> events.VisitRecovered:
    return events.VisitRecovered(OLD_VISIT, case, snapshot, code, bool(code) and shown, hold)


def held(
    *,
    snapshot: bytes = b"held cart",
    code: str = "4711",
    hold: float = 200.0,
    tries: int = 0,
    one_tap: bool = False,
) -> events.RecoveredCart:
    visit = OLD_VISIT if one_tap else HELD_VISIT
    return events.RecoveredCart(visit, snapshot, code, bool(code), hold, one_tap, tries)


def waiting(*carts: events.RecoveredCart) -> events.CartsRecovered:
    return events.CartsRecovered(carts)


def snapshots(carts: tuple[effects.WaitingCart, ...] | None) -> list[bytes]:
    return [cart.snapshot for cart in carts or ()]


def restored(story: Story) -> list[bytes]:
    return [restore.snapshot for restore in story.did(effects.RestoreCart)]


def fetched(story: Story, *words: bytes) -> None:
    """The till has what it was given, with what stood in it."""
    story.feed(events.TillChanged(Cart(lines=(COFFEE,)), PaymentStep.CART, 0, b" + ".join(words)))


def test_a_restart_does_not_end_the_visit() -> None:
    story = Story()
    story.feed(recovered())
    assert way(story.view) is RestoreWay.ONE_TAP
    assert story.view.restore is not None
    assert story.view.restore.hold.ends_at == story.clock.monotonic() + 200
    (kept,) = story.did(effects.MoveCart)[-1].carts
    assert (kept.visit, kept.snapshot, kept.one_tap) == (OLD_VISIT, b"old cart", True)
    assert (kept.hold_until - story.clock.wall()).total_seconds() == 200
    story.feed(events.CartRestorePressed())
    assert story.did(effects.RestoreCart) == [effects.RestoreCart(b"old cart")]
    story.scan()
    assert story.notice() is Notice.CART_RESTORED
    assert story.view.restore is None
    assert story.did(effects.KeepVisit)[-1].visit == OLD_VISIT


def test_after_the_hold_it_is_gone() -> None:
    story = Story()
    story.feed(recovered())
    story.wait(200)
    assert story.view.restore is None
    assert story.effects[-1] == effects.HoldCarts(())


@pytest.mark.parametrize(
    "event",
    [held(hold=0.0), held(code=""), held(tries=CODE_TRIES), held(hold=0.0, one_tap=True)],
)
def test_a_held_cart_that_nobody_can_have_is_deleted(event: events.RecoveredCart) -> None:
    story = Story()
    assert story.feed(waiting(event)) == (effects.HoldCarts(()),)
    assert story.view.restore is None


def test_a_kept_cart_whose_time_is_over_is_deleted() -> None:
    story = Story()
    assert story.feed(recovered(hold=0.0, code="4711")) == (effects.MoveCart(()),)
    assert story.view.restore is None


def test_an_ended_visits_cart_needs_its_code_also_after_a_restart() -> None:
    story = Story()
    story.feed(waiting(held(tries=2)))
    assert story.did(effects.HoldCarts)[0].carts[0].tries == 2
    assert way(story.view) is RestoreWay.CODE
    assert story.view.restore is not None
    assert story.view.restore.tries_left == CODE_TRIES - 2
    story.feed(events.CartCodeEntered("4711"))
    assert story.did(effects.RestoreCart) == [effects.RestoreCart(b"held cart")]


def test_ones_own_cart_is_offered_before_an_earlier_shoppers() -> None:
    story = Story()
    story.feed(waiting(held()))
    story.feed(recovered())
    assert way(story.view) is RestoreWay.ONE_TAP
    story.feed(events.CartCodeEntered("4711"))
    assert not story.did(effects.RestoreCart)
    story.feed(events.CartRestorePressed())
    story.scan()
    assert story.notice() is Notice.CART_RESTORED
    assert snapshots(story.did(effects.KeepVisit)[-1].waiting) == [b"held cart"]
    assert way(story.view) is RestoreWay.CODE


def test_an_earlier_shoppers_cart_is_offered_once_ones_own_is_declined() -> None:
    story = Story()
    story.feed(waiting(held()))
    story.feed(recovered(code="1234"))
    story.scan()
    assert way(story.view) is RestoreWay.CODE
    story.feed(events.CartCodeEntered("1234"))
    assert story.did(effects.RestoreCart) == [effects.RestoreCart(b"old cart")]


def test_who_begins_anew_needs_the_code() -> None:
    story = Story()
    story.feed(recovered(code="4711"))
    story.scan()
    assert way(story.view) is RestoreWay.CODE
    kept = story.did(effects.KeepVisit)[-1]
    assert kept.visit != OLD_VISIT
    assert kept.waiting is not None
    assert [(cart.visit, cart.one_tap) for cart in kept.waiting] == [(OLD_VISIT, False)]
    story.link_up()
    story.feed(events.HelpPressed())
    assert story.sent(OpenCase)[0].visit != OLD_VISIT


def test_who_scans_on_where_no_code_was_shown_still_has_the_tap() -> None:
    story = Story()
    story.feed(recovered())
    story.scan()
    story.scan(COFFEE, COFFEE)
    assert way(story.view) is RestoreWay.ONE_TAP
    assert not story.did(effects.ForgetCart)
    kept = story.did(effects.KeepVisit)[-1]
    assert (kept.visit, kept.snapshot) == (OLD_VISIT, b"2 lines")
    story.feed(events.CartRestorePressed())
    assert story.did(effects.RestoreCart) == [effects.RestoreCart(b"old cart")]
    story.scan(COFFEE, COFFEE, COFFEE)
    assert story.view.restore is None
    assert story.did(effects.KeepVisit)[-1].snapshot == b"3 lines"


def test_the_tap_is_there_for_its_time_and_then_the_till_is_kept() -> None:
    story = Story()
    story.feed(recovered())
    story.scan()
    story.wait(200)
    assert story.view.restore is None
    assert story.did(effects.KeepVisit)[-1].snapshot == b"1 lines"


def test_a_failure_while_the_tap_waits_promises_both_carts() -> None:
    story = Story()
    story.feed(recovered())
    story.fail_at_press()
    saved = story.did(effects.SaveCart)[-1].visit
    assert (saved.snapshot, snapshots(saved.waiting)) == (b"1 lines", [b"old cart"])
    assert story.view.failure is not None
    assert story.view.failure.code == "4821"
    assert way(story.view) is RestoreWay.CODE
    story.feed(events.NewCustomerPressed())
    story.feed(events.CartCodeEntered("4821"))
    fetched(story, b"1 lines")
    story.feed(events.CartCodeEntered("4821"))
    fetched(story, b"1 lines", b"old cart")
    assert restored(story) == [b"1 lines", b"old cart"]
    assert story.view.restore is None


def test_new_customer_after_a_restart() -> None:
    story = Story()
    story.feed(recovered(code="4711"))
    story.feed(events.NewCustomerPressed())
    assert way(story.view) is RestoreWay.CODE
    other = Story()
    other.feed(recovered())
    other.feed(events.NewCustomerPressed())
    assert other.view.restore is None
    assert other.did(effects.MoveCart)[-1] == effects.MoveCart(())


def test_a_cart_that_the_till_cannot_read_is_not_kept() -> None:
    story = Story()
    story.feed(recovered())
    story.feed(events.CartRestorePressed())
    story.feed(events.CartRestoreFailed("unreadable"))
    assert story.notice() is Notice.CART_LOST
    assert story.view.restore is None
    assert story.effects[-1] == effects.HoldCarts(())


def test_a_cart_waits_on_while_the_till_does_not_answer() -> None:
    story = Story()
    story.feed(recovered())
    story.feed(events.CartRestorePressed())
    story.feed(events.CartRestoreUnanswered())
    assert story.notice() is Notice.TILL_AWAY
    assert way(story.view) is RestoreWay.ONE_TAP
    story.feed(events.CartRestorePressed())
    assert len(story.did(effects.RestoreCart)) == 2


def test_a_held_cart_that_the_till_cannot_read_is_not_held() -> None:
    story = Story()
    story.feed(waiting(held()))
    story.feed(events.CartCodeEntered("4711"))
    story.feed(events.CartRestoreFailed("unreadable"))
    assert story.notice() is Notice.CART_LOST
    assert story.view.restore is None
    assert story.effects[-1] == effects.HoldCarts(())


def test_a_failure_before_the_cart_was_taken_back_saves_it_as_it_is() -> None:
    story = Story()
    story.feed(recovered())
    story.feed(events.LinkLost())
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    assert snapshots(story.did(effects.SaveCart)[-1].visit.waiting) == [b"old cart"]
    story.feed(events.CartSaved())
    assert story.view.failure is not None
    assert story.view.failure.code == "4821"
    assert way(story.view) is RestoreWay.ONE_TAP
    unsaved = Story()
    unsaved.feed(recovered())
    unsaved.feed(events.LinkLost())
    unsaved.feed(events.HelpPressed())
    unsaved.feed(events.TalkPressed())
    unsaved.feed(events.CartSaveFailed("full"))
    assert unsaved.view.failure is not None
    assert unsaved.view.failure.code is None
    assert not unsaved.view.failure.empty_cart


def test_a_recovery_never_comes_into_a_case() -> None:
    story = Story()
    story.to_menu()
    assert story.feed(recovered()) == ()


class TestOpenCaseAfterRestart:
    """The chat goes on by itself; a consent or share never does."""

    def test_the_chat_goes_on(self) -> None:
        story = Story()
        story.feed(recovered(case=OLD_CASE))
        assert story.sheet() is Sheet.QUEUE
        assert story.did(effects.StartMedia) == [effects.StartMedia(OLD_CASE)]
        story.link_up()
        assert [resume.case for resume in story.sent(ResumeCase)] == [OLD_CASE]
        story.state(
            CasePhase.ACTIVE, case=OLD_CASE, agent="Lisa", chat=(agent_line("Hej!", 1000),)
        )
        assert story.sheet() is Sheet.CHAT
        assert story.view.chat is not None
        assert [line.text for line in story.view.chat.lines] == ["Hej!"]
        assert [lost.generation for lost in story.sent(ReportPeerLost)] == [0]
        assert story.view.consent is None
        assert story.view.share is None
        # The cart that was left is what is seen; the chat is a press of Hjälp away.
        assert story.view.folded
        assert story.view.help.state is HelpState.AGENT
        assert story.view.help.unread == 1
        assert way(story.view) is RestoreWay.ONE_TAP
        story.feed(events.CartRestorePressed())
        story.scan()
        assert story.did(effects.KeepVisit)[-1].case == OLD_CASE

    def test_without_a_cart_the_chat_is_what_is_seen(self) -> None:
        story = Story()
        story.feed(recovered(case=OLD_CASE, snapshot=b""))
        story.link_up()
        story.state(CasePhase.ACTIVE, case=OLD_CASE, agent="Lisa")
        assert story.sheet() is Sheet.CHAT
        assert not story.view.folded

    def test_also_when_the_link_was_up_first_or_says_it_resumed(self) -> None:
        story = Story()
        story.link_up()
        story.feed(recovered(case=OLD_CASE))
        assert len(story.sent(ResumeCase)) == 1
        other = Story()
        other.feed(recovered(case=OLD_CASE))
        other.link_up(resumed=True)
        assert len(other.sent(ResumeCase)) == 1

    def test_it_was_still_in_the_menu(self) -> None:
        story = Story()
        story.feed(recovered(case=OLD_CASE))
        story.link_up()
        story.state(CasePhase.BROWSING, case=OLD_CASE)
        assert story.sheet() is Sheet.MENU

    def test_it_was_in_the_queue(self) -> None:
        story = Story()
        story.feed(recovered(case=OLD_CASE))
        story.link_up()
        story.state(CasePhase.QUEUED, case=OLD_CASE, position=2)
        assert story.view.queue is not None
        assert story.view.queue.position == 2

    def test_it_has_ended_meanwhile(self) -> None:
        story = Story()
        story.feed(recovered(case=OLD_CASE))
        story.link_up()
        story.state(CasePhase.ENDED, case=OLD_CASE)
        assert story.sheet() is Sheet.NONE
        assert story.did(effects.StopMedia)
        assert way(story.view) is RestoreWay.ONE_TAP

    def test_an_office_that_stays_away_is_a_failure(self) -> None:
        story = Story()
        story.feed(recovered(case=OLD_CASE))
        story.feed(events.LinkLost())
        assert story.notice() is Notice.LINK_LOST
        story.wait(LINK_GONE_SECONDS)
        assert story.sheet() is Sheet.SAVING

    def test_scanning_on_keeps_the_case(self) -> None:
        story = Story()
        story.feed(recovered(case=OLD_CASE))
        story.scan()
        kept = story.did(effects.KeepVisit)[-1]
        assert (kept.visit, kept.case, kept.snapshot) == (OLD_VISIT, OLD_CASE, b"1 lines")

    @pytest.mark.parametrize(
        ("event", "cause"),
        [
            (recovered(case=OLD_CASE, hold=0.0), EndCause.FAILED),
            (recovered(case=OLD_CASE, snapshot=b"", hold=0.0), EndCause.FAILED),
        ],
    )
    def test_nobody_is_there_any_more(self, event: events.VisitRecovered, cause: EndCause) -> None:
        story = Story()
        story.feed(event)
        assert [closed.cause for closed in story.sent(CloseCase)] == [cause]
        assert story.did(effects.ForgetCase)
        assert not story.did(effects.StartMedia)
        assert story.sheet() is Sheet.NONE
