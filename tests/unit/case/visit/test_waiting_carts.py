"""Several carts at once: which is offered first, which code opens which, and for how long."""

import itertools

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.machine import Machine
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.case.visit.cart_hold import CODE_TRIES, HOLD_SECONDS
from kiosk_app.protocol.shared import Cart, PaymentStep
from tests.unit.case.story import COFFEE, Story, uuid_of

OLD_VISIT = uuid_of(0xAAAA)


def promised(
    number: int, *, code: str, hold: float = 200.0, tries: int = 0
) -> events.RecoveredCart:
    """The cart of an ended visit."""
    return events.RecoveredCart(uuid_of(number), b"%d" % number, code, True, hold, False, tries)


def own(snapshot: bytes, *, code: str = "", hold: float = 200.0) -> events.RecoveredCart:
    """A cart of the visit that goes on."""
    return events.RecoveredCart(OLD_VISIT, snapshot, code, bool(code), hold, True, 0)


def visit(*, code: str = "", shown: bool = False) -> events.VisitRecovered:
    return events.VisitRecovered(OLD_VISIT, None, b"till", code, shown, 250.0)


def started(*carts: events.RecoveredCart) -> Story:
    story = Story()
    story.feed(events.CartsRecovered(carts))
    return story


def restart(story: Story, *more: events.Event) -> Story:
    """A new run that finds what the last one wrote of the waiting carts."""
    carts = written(story)
    left = [(cart.hold_until - story.clock.wall()).total_seconds() for cart in carts]
    again = started(
        *(
            events.RecoveredCart(
                cart.visit,
                cart.snapshot,
                cart.code,
                cart.code_shown,
                seconds,
                cart.one_tap,
                cart.tries,
            )
            for cart, seconds in zip(carts, left, strict=True)
        )
    )
    for event in more:
        again.feed(event)
    return again


def written(story: Story) -> tuple[effects.WaitingCart, ...]:
    """The waiting carts as they are on disk."""
    for effect in reversed(story.effects):
        if isinstance(effect, effects.HoldCarts | effects.MoveCart):
            return effect.carts
        if isinstance(effect, effects.KeepVisit) and effect.waiting is not None:
            return effect.waiting
    return ()


def offered(story: Story) -> tuple[RestoreWay, float, int]:
    restore = story.view.restore
    assert restore is not None
    return restore.way, restore.hold.left(story.clock.monotonic()), restore.tries_left


def gives_back(story: Story, event: events.Event) -> bytes | None:
    """What the till is given for ``event``; it takes it."""
    before = len(story.did(effects.RestoreCart))
    story.feed(event)
    restores = story.did(effects.RestoreCart)[before:]
    if not restores:
        return None
    story.feed(events.TillChanged(Cart(lines=(COFFEE,)), PaymentStep.CART, 0, b"merged"))
    return restores[0].snapshot


def fail_and_leave(story: Story) -> str:
    story.fail_at_press()
    failure = story.view.failure
    assert failure is not None
    assert failure.code is not None
    story.feed(events.NewCustomerPressed())
    return failure.code


# One tap ---------------------------------------------------------------------------------------


def test_what_each_crash_took_out_of_the_till_comes_back_the_newest_first() -> None:
    story = started(own(b"first"), own(b"second", hold=220.0))
    story.feed(visit())
    assert [cart.snapshot for cart in written(story)] == [b"first", b"second", b"till"]
    assert offered(story) == (RestoreWay.ONE_TAP, 250.0, CODE_TRIES)
    assert gives_back(story, events.CartRestorePressed()) == b"till"
    assert [cart.snapshot for cart in written(story)] == [b"first", b"second"]
    assert offered(story)[1] == 220.0
    assert gives_back(story, events.CartRestorePressed()) == b"second"
    assert gives_back(story, events.CartRestorePressed()) == b"first"
    assert written(story) == ()
    assert story.view.restore is None


def test_each_goes_when_its_own_time_is_over() -> None:
    story = started(own(b"first"), own(b"second", hold=220.0))
    story.wait(200)
    assert [cart.snapshot for cart in written(story)] == [b"second"]
    story.wait(20)
    assert written(story) == ()


def test_a_second_tap_before_the_till_has_answered_is_no_second_cart() -> None:
    story = started(own(b"first"), own(b"second"))
    story.feed(events.CartRestorePressed())
    story.feed(events.CartRestorePressed())
    assert story.did(effects.RestoreCart) == [effects.RestoreCart(b"second")]


def test_a_waiting_cart_alone_carries_the_visit_on() -> None:
    story = restart(restart(started(), visit()))
    story.scan()
    assert story.did(effects.KeepVisit)[-1].visit == OLD_VISIT
    assert offered(story)[0] is RestoreWay.ONE_TAP


def test_who_takes_one_of_two_back_goes_on_in_the_same_visit() -> None:
    story = started(own(b"first", code="4711"), own(b"second", code="4711"))
    gives_back(story, events.CartRestorePressed())
    story.scan(COFFEE, COFFEE)
    assert story.did(effects.KeepVisit)[-1].visit == OLD_VISIT
    assert gives_back(story, events.CartRestorePressed()) == b"first"


def test_a_code_that_nobody_can_have_read_does_not_take_the_tap_away() -> None:
    story = restart(started(), visit(code="4711", shown=False))
    story.scan()
    assert offered(story)[0] is RestoreWay.ONE_TAP
    story = restart(story)
    story.scan()
    assert gives_back(story, events.CartRestorePressed()) == b"till"


def test_nor_is_it_forgotten_when_the_shopper_leaves() -> None:
    story = restart(started(), visit(code="4711", shown=False))
    story.feed(events.NewCustomerPressed())
    assert gives_back(story, events.CartCodeEntered("4711")) == b"till"


def test_the_code_stays_on_disk_while_the_cart_moves_on_under_the_save() -> None:
    story = Story()
    story.feed(events.LinkLost())
    story.scan()
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    story.scan(COFFEE, COFFEE)
    kept = story.did(effects.KeepVisit)[-1]
    assert (kept.snapshot, kept.code, kept.code_shown) == (b"2 lines", "4821", False)


def test_a_second_failure_of_the_visit_shows_the_same_code() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.ClosePressed())
    story.wait(100)
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    save = story.did(effects.SaveCart)[-1].visit
    assert (save.code, save.code_shown) == ("4821", True)
    story.feed(events.CartSaved())
    assert story.view.failure is not None
    assert story.view.failure.code == "4821"
    story.wait(HOLD_SECONDS - 1)
    story.feed(events.NewCustomerPressed())
    assert gives_back(story, events.CartCodeEntered("4821")) == b"1 lines"


# Codes -----------------------------------------------------------------------------------------


def test_of_two_promised_carts_each_has_its_code_and_its_time() -> None:
    story = Story()
    first = fail_and_leave(story)
    story.wait(100)
    second = fail_and_leave(story)
    assert first != second
    story = restart(story)
    assert offered(story)[:2] == (RestoreWay.CODE, HOLD_SECONDS - 100)
    assert gives_back(story, events.CartCodeEntered(first)) == b"1 lines"
    story.feed(events.NewCustomerPressed())
    assert offered(story)[1] == HOLD_SECONDS
    story.wait(HOLD_SECONDS - 1)
    assert gives_back(story, events.CartCodeEntered(second)) == b"1 lines"
    assert written(story) == ()


def test_no_two_visits_are_shown_the_same_code() -> None:
    drawn = itertools.cycle(["4711", "4711", "4712"])
    story = Story()
    numbers = itertools.count(1)
    story.machine = Machine(
        lambda: uuid_of(next(numbers)), lambda: next(drawn), CaseSettings(store="", till_name="")
    )
    assert [fail_and_leave(story) for _ in range(2)] == ["4711", "4712"]


@pytest.mark.parametrize(("carts", "left"), [(1, [4, 3, 2, 1]), (2, [2, 1]), (3, [1]), (5, [])])
def test_more_codes_are_no_easier_to_guess(carts: int, left: list[int]) -> None:
    story = started(*(promised(n, code=f"471{n}") for n in range(carts)))
    for tries in left:
        story.feed(events.CartCodeEntered("0000"))
        assert story.notice() is Notice.CODE_WRONG
        assert offered(story)[2] == tries
        story = restart(story)
        assert offered(story)[2] == tries
    story.feed(events.CartCodeEntered("0000"))
    assert story.view.restore is None
    assert written(story) == ()


def test_a_cart_that_joins_them_gives_no_new_tries() -> None:
    story = started(promised(1, code="4711", tries=CODE_TRIES - 1))
    code = fail_and_leave(story)
    story.feed(events.CartCodeEntered("0000"))
    assert gives_back(story, events.CartCodeEntered(code)) is None
    # Once nothing waits any more, the next shopper has them all.
    code = fail_and_leave(story)
    for _ in range(CODE_TRIES - 1):
        story.feed(events.CartCodeEntered("0000"))
    assert gives_back(story, events.CartCodeEntered(code)) == b"1 lines"


def test_wrong_codes_leave_ones_own_carts() -> None:
    story = started(promised(1, code="4711", tries=CODE_TRIES), own(b"first"))
    assert [cart.snapshot for cart in written(story)] == [b"first"]
