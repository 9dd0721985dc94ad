"""On to the phone: the code, its use, and what becomes of the cart."""

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.help.handoff import ASKING_SECONDS, MOVED_SECONDS
from kiosk_app.case.presses import SafetyPressed
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.handoff import HandoffState
from kiosk_app.case.view.screen import Sheet
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import (
    AskHandoff,
    CloseCase,
    ReportHandoff,
    ReportShareEnded,
    WithdrawHandoff,
)
from kiosk_app.protocol.handoff import LeftCart
from kiosk_app.protocol.policy import KioskPolicy
from kiosk_app.protocol.shared import PaymentStep
from tests.unit.case.story import COFFEE, Story

URL = "https://help.example.se/p#abc"


def show_code(story: Story, seconds: int = 300) -> None:
    story.feed(events.HandoffPressed())
    command = story.sent(AskHandoff)[-1].command
    story.feed(
        to_kiosk.HandoffReady(case=story.case, command=command, url=URL, valid_seconds=seconds)
    )


def use_code(story: Story) -> tuple[effects.Effect, ...]:
    return story.feed(to_kiosk.HandedOff(case=story.case))


def state(story: Story) -> HandoffState | None:
    return story.view.handoff.state if story.view.handoff else None


def left(story: Story) -> LeftCart:
    [report] = story.sent(ReportHandoff)
    return report.cart.left


def test_the_code_is_asked_for_and_shown_with_its_time(story: Story) -> None:
    story.to_queue()
    assert story.view.phone

    story.feed(events.HandoffPressed())
    assert story.sheet() is Sheet.HANDOFF
    assert state(story) is HandoffState.ASKING
    show_code(story)

    assert story.view.handoff is not None
    assert story.view.handoff.url == URL
    assert story.view.handoff.left is not None
    assert story.view.handoff.left.left(story.clock.monotonic()) == 300


def test_it_stays_when_the_agent_comes_meanwhile(story: Story) -> None:
    story.to_queue()
    show_code(story)

    story.join()
    story.connect()
    story.agent_types()
    story.wait(2.0)
    story.agent_says("Hej!")

    assert story.sheet() is Sheet.HANDOFF
    story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.CHAT


def test_going_back_withdraws_it(story: Story) -> None:
    story.to_chat()
    show_code(story)

    story.feed(events.ClosePressed())

    assert story.sheet() is Sheet.CHAT
    assert len(story.sent(WithdrawHandoff)) == 1
    assert story.view.handoff is None


def test_a_code_that_comes_after_going_back_is_not_shown(story: Story) -> None:
    story.to_chat()
    story.feed(events.HandoffPressed())
    command = story.sent(AskHandoff)[-1].command
    story.feed(events.ClosePressed())
    story.feed(events.HandoffPressed())

    story.feed(to_kiosk.HandoffReady(case=story.case, command=command, url=URL, valid_seconds=300))

    assert state(story) is HandoffState.ASKING


def test_an_old_code_is_taken_away_and_another_one_asked_for(story: Story) -> None:
    story.to_chat()
    show_code(story)

    story.wait(300)
    assert state(story) is HandoffState.EXPIRED
    assert story.view.handoff is not None
    assert story.view.handoff.url == ""

    show_code(story)
    assert state(story) is HandoffState.READY
    assert len(story.sent(AskHandoff)) == 2


def test_an_office_that_does_not_answer(story: Story) -> None:
    story.to_chat()
    story.feed(events.HandoffPressed())
    story.wait(ASKING_SECONDS)
    assert state(story) is HandoffState.FAILED


def test_an_office_that_says_no(story: Story) -> None:
    story.to_chat()
    story.feed(events.HandoffPressed())
    command = story.sent(AskHandoff)[-1].command
    story.feed(to_kiosk.CommandRefused(command=command, code="busy", message="Not now."))
    assert state(story) is HandoffState.FAILED


def test_not_offered_where_it_cannot_be(story: Story) -> None:
    assert not story.view.phone
    story.to_menu()
    assert not story.view.phone
    story.feed(events.TalkPressed(""))
    assert story.view.phone

    story.feed(events.PolicyChanged(KioskPolicy(phone=False)))
    assert not story.view.phone
    story.feed(events.HandoffPressed())
    assert story.sent(AskHandoff) == []
    story.feed(events.PolicyChanged(KioskPolicy()))

    story.scan(step=PaymentStep.CARD_ENTRY)
    assert not story.view.phone
    story.scan(step=PaymentStep.CART)
    story.feed(events.LinkLost())
    assert not story.view.phone


def test_the_kiosk_is_freed_and_the_cart_waits_for_its_code(story: Story) -> None:
    story.to_chat()
    show_code(story)

    done = use_code(story)
    assert effects.StopMedia() in done
    assert effects.ForgetCase() in done
    assert story.sheet() is Sheet.MOVED
    assert story.view.help.state is HelpState.MOVED
    assert story.view.moved is not None
    assert story.view.moved.agent_name == "Lisa"
    assert story.view.moved.cart is None
    story.feed(events.CartSaved())

    [report] = story.sent(ReportHandoff)
    assert report.cart.left is LeftCart.HELD
    assert report.cart.code == "4821"
    assert report.cart.until is not None
    assert (report.cart.until - story.clock.wall()).total_seconds() == 300
    assert story.view.moved is not None
    assert story.view.moved.cart is LeftCart.HELD

    over = story.wait(MOVED_SECONDS)
    assert effects.WipeTill() in over
    assert story.sheet() is Sheet.NONE
    assert story.view.chat is None
    assert story.sent(CloseCase) == [], "the case goes on"
    story.clear_till()
    assert story.view.restore is not None
    assert story.view.restore.way is RestoreWay.CODE

    story.feed(events.CartCodeEntered("4821"))
    assert story.did(effects.RestoreCart) == [effects.RestoreCart(b"1 lines")]


def test_the_next_shopper_reads_nothing_of_it(story: Story) -> None:
    story.to_chat()
    story.agent_says("Hej Anna!")
    show_code(story)
    use_code(story)
    story.feed(events.CartSaved())
    story.wait(MOVED_SECONDS)

    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed(""))

    assert story.view.chat is not None
    assert story.view.chat.lines == ()
    assert story.view.handoff is None
    assert story.view.moved is None
    assert len({report.case for report in story.sent(AskHandoff)}) == 1


def test_an_empty_cart_is_not_held(story: Story) -> None:
    story.link_up()
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed(""))
    show_code(story)
    use_code(story)

    assert left(story) is LeftCart.NONE
    assert story.did(effects.SaveCart) == []


def test_a_cart_that_the_disk_does_not_take(story: Story) -> None:
    story.to_chat()
    show_code(story)
    use_code(story)
    story.feed(events.CartSaveFailed("full"))
    assert left(story) is LeftCart.LOST
    assert story.view.moved is not None
    assert story.view.moved.cart is LeftCart.LOST
    story.feed(events.CartSaved())  # late, when the phone has been told
    assert left(story) is LeftCart.LOST
    story.wait(MOVED_SECONDS)
    assert story.sheet() is Sheet.NONE
    assert story.view.restore is None


@pytest.mark.parametrize("hurry", [True, False])
def test_a_disk_that_hangs_keeps_nobody(story: Story, hurry: bool) -> None:
    story.to_chat()
    show_code(story)
    use_code(story)
    if hurry:
        story.feed(events.NewCustomerPressed())
    else:
        story.wait(MOVED_SECONDS)

    assert left(story) is LeftCart.LOST
    assert story.did(effects.WipeTill) != []
    story.feed(events.CartSaved())
    assert len(story.sent(ReportHandoff)) == 1
    story.clear_till()
    assert story.view.restore is None, "nobody was told a code"


def test_a_card_payment_is_not_disturbed(story: Story) -> None:
    story.to_chat()
    show_code(story)
    story.scan(COFFEE, step=PaymentStep.CARD_ENTRY)

    use_code(story)

    assert left(story) is LeftCart.IN_TILL
    assert story.sheet() is Sheet.NONE
    story.wait(MOVED_SECONDS)
    assert story.did(effects.WipeTill) == []


def test_what_is_shared_ends(story: Story) -> None:
    story.to_share()
    story.feed(events.HelpPressed())
    show_code(story)
    use_code(story)
    assert len(story.sent(ReportShareEnded)) == 1
    assert story.view.share is None


def test_another_case_is_not_taken_away(story: Story) -> None:
    story.to_chat()
    story.feed(to_kiosk.HandedOff(case="00000000-0000-4000-8000-00000000beef"))
    assert story.sheet() is Sheet.CHAT


def test_help_does_nothing_while_the_goodbye_is_read(story: Story) -> None:
    story.to_chat()
    show_code(story)
    use_code(story)
    story.feed(events.HelpPressed())
    story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.MOVED


@pytest.mark.parametrize(
    "press", [events.ArticlesPressed(), events.CallbackPressed(), SafetyPressed()]
)
def test_a_code_that_something_else_covers_opens_nothing(
    story: Story, press: events.Event
) -> None:
    story.to_queue()
    show_code(story)
    story.feed(press)
    assert story.view.handoff is None
    assert len(story.sent(WithdrawHandoff)) == 1
