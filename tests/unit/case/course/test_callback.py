"""A call instead of a wait, and Hjälp while the office is away."""

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.closing import CALLBACK_SECONDS
from kiosk_app.case.core import JOINING_SECONDS
from kiosk_app.case.course.kiosk_events import LINK_GONE_SECONDS
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.ending import CallbackStep, CallbackView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import CloseCase, LeaveCallback, OpenCase
from kiosk_app.protocol.shared import CallbackWay, EndCause
from tests.support.texts import texts_in
from tests.unit.case.story import COFFEE, Story

NUMBER = "+46701234567"


def enter(story: Story, number: str = NUMBER) -> str:
    """The pad, the number, the press; the command that carries it."""
    story.feed(events.CallbackPressed())
    assert story.sheet() is Sheet.CALLBACK
    story.feed(events.CallbackNumberEntered(number))
    return left(story).command


def left(story: Story) -> LeaveCallback:
    """What was left last, by whichever way."""
    kept = [effect.message for effect in story.did(effects.KeepCallback)]
    return [*story.sent(LeaveCallback), *kept][-1]


def keep(story: Story, *, on_disk: bool = True) -> None:
    story.feed(events.CallbackKept(left(story).command, on_disk=on_disk))


@pytest.fixture
def away() -> Story:
    """The office is away, and somebody stands at the till."""
    story = Story()
    story.feed(events.LinkLost())
    story.scan()
    return story


@pytest.fixture
def failed(away: Story) -> Story:
    away.feed(events.HelpPressed())
    away.feed(events.TalkPressed("Kortet nekas"))
    away.feed(events.CartSaved())
    assert away.sheet() is Sheet.FAILURE
    return away


def test_help_answers_while_the_office_is_away(away: Story) -> None:
    assert away.view.help.state is HelpState.OFFLINE
    away.feed(events.HelpPressed())
    assert away.sheet() is Sheet.MENU
    assert away.view.help.offline
    assert not away.did(effects.StartMedia)
    assert not away.did(effects.SaveCart)
    (opened,) = away.sent(OpenCase)
    assert opened.promised_seconds is None
    away.feed(events.ClosePressed())
    assert away.sheet() is Sheet.NONE


def test_the_office_comes_back_while_somebody_reads(away: Story) -> None:
    away.feed(events.HelpPressed())
    away.link_up()
    assert away.sheet() is Sheet.MENU
    assert not away.view.help.offline
    assert len(away.did(effects.StartMedia)) == 1
    away.feed(events.TalkPressed())
    assert away.sheet() is Sheet.QUEUE
    assert len(away.did(effects.StartMedia)) == 1


def test_the_number_goes_to_disk_before_anything_is_promised(failed: Story) -> None:
    assert failed.view.failure is not None
    assert failed.view.failure.call is None
    case = failed.case
    enter(failed)
    assert failed.view.callback == CallbackView(CallbackStep.KEEPING, "67")
    keep(failed)
    assert failed.sheet() is Sheet.FAILURE
    assert failed.view.failure.call == CallbackView(CallbackStep.KEPT, "67")
    message = left(failed)
    assert message.way is CallbackWay.PHONE
    assert message.number == NUMBER
    assert message.about == "Kortet nekas"
    assert message.context.cart.lines == (COFFEE,)
    assert message.asked_at == failed.clock.wall()
    assert message.case not in (case, message.visit)
    assert message.visit == failed.sent(OpenCase)[0].visit
    assert not failed.sent(LeaveCallback), "the link has it from the disk's hand"
    failed.feed(events.CommandDelivered(message.command))
    assert failed.view.failure.call == CallbackView(CallbackStep.SENT, "67")


def test_a_number_that_the_disk_does_not_take_is_no_promise(failed: Story) -> None:
    command = enter(failed)
    keep(failed, on_disk=False)
    assert failed.sheet() is Sheet.CALLBACK
    assert failed.view.callback == CallbackView(CallbackStep.UNSAFE, "67")
    failed.feed(events.CommandDelivered(command))
    assert failed.sheet() is Sheet.FAILURE
    assert failed.view.failure is not None
    assert failed.view.failure.call == CallbackView(CallbackStep.SENT, "67")


def test_a_number_that_the_disk_takes_late_is_a_promise_then(failed: Story) -> None:
    command = enter(failed)
    keep(failed, on_disk=False)
    keep(failed)
    assert failed.sheet() is Sheet.FAILURE
    assert failed.view.failure is not None
    assert failed.view.failure.call == CallbackView(CallbackStep.KEPT, "67")
    failed.feed(events.CallbackKept(command, on_disk=False))
    assert failed.view.failure.call == CallbackView(CallbackStep.KEPT, "67")
    failed.feed(events.CommandDelivered(command))
    assert failed.view.failure.call == CallbackView(CallbackStep.SENT, "67")


def test_a_number_that_is_safe_late_leaves_what_the_shopper_does_now_alone() -> None:
    story = Story()
    story.to_queue()
    command = enter(story)
    keep(story, on_disk=False)
    story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.QUEUE
    story.join()
    story.agent_says("Hej!")
    story.wait(JOINING_SECONDS)
    story.feed(events.HandoffPressed())
    assert story.sheet() is Sheet.HANDOFF
    story.feed(events.CallbackKept(command, on_disk=True))
    assert story.sheet() is Sheet.HANDOFF


@pytest.mark.parametrize("number", ["", "0701234567", "+46", "+0701234567", "+46 70 1234567", "x"])
def test_only_a_number_that_can_be_dialled_is_taken(failed: Story, number: str) -> None:
    failed.feed(events.CallbackPressed())
    failed.feed(events.CallbackNumberEntered(number))
    assert not failed.did(effects.KeepCallback)
    assert failed.view.callback == CallbackView(CallbackStep.ENTER)


def test_a_number_without_the_pad_is_nobodys(failed: Story) -> None:
    failed.feed(events.CallbackNumberEntered(NUMBER))
    assert not failed.did(effects.KeepCallback)


def test_a_second_press_leaves_one_number(failed: Story) -> None:
    enter(failed)
    failed.feed(events.CallbackNumberEntered(NUMBER))
    failed.feed(events.CallbackPressed())
    assert len(failed.did(effects.KeepCallback)) == 1
    assert failed.view.callback == CallbackView(CallbackStep.KEEPING, "67")


def test_another_number_can_be_left(failed: Story) -> None:
    enter(failed)
    keep(failed)
    enter(failed, "+46812345678")
    keep(failed)
    assert failed.view.failure is not None
    assert failed.view.failure.call == CallbackView(CallbackStep.KEPT, "78")
    one, two = [effect.message for effect in failed.did(effects.KeepCallback)]
    assert one.case != two.case
    assert one.visit == two.visit
    assert two.about == "Kortet nekas"


def test_the_way_back_leaves_nothing(failed: Story) -> None:
    failed.feed(events.CallbackPressed())
    failed.feed(events.ClosePressed())
    assert failed.sheet() is Sheet.FAILURE
    assert failed.view.callback is None


def test_who_waits_too_long_may_be_called_instead() -> None:
    story = Story()
    story.to_queue()
    story.wait(60)
    story.feed(events.CallbackPressed())
    assert story.view.queue is not None, "the place stays while the number is typed"
    story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.QUEUE
    enter(story)
    assert not story.sent(CloseCase)
    keep(story)
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.CALLBACK]
    assert left(story).about == "Jag kan inte betala"
    assert story.sheet() is Sheet.CALLBACK
    assert story.view.callback == CallbackView(CallbackStep.KEPT, "67")
    assert story.view.help.state is HelpState.FAILED
    assert story.did(effects.StopMedia)
    story.wait(CALLBACK_SECONDS)
    assert story.sheet() is Sheet.NONE


def test_that_a_call_is_promised_can_be_closed() -> None:
    story = Story()
    story.to_queue()
    enter(story)
    keep(story)
    story.feed(events.HelpPressed())
    assert story.view.folded
    story.feed(events.HelpPressed())
    story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.NONE
    story.feed(events.HelpPressed())
    assert story.sheet() is Sheet.MENU


def test_who_comes_meanwhile_comes_first() -> None:
    story = Story()
    story.to_queue()
    story.feed(events.CallbackPressed())
    story.join()
    assert story.sheet() is Sheet.JOINING
    story.feed(events.CallbackNumberEntered(NUMBER))
    assert not story.did(effects.KeepCallback)


def test_a_conversation_is_not_a_wait() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.CallbackPressed())
    assert story.sheet() is Sheet.CHAT


def call_here(story: Story) -> None:
    story.feed(events.CallKioskPressed())


def test_the_screen_is_called_and_the_till_is_free_meanwhile(failed: Story) -> None:
    first = failed.case
    call_here(failed)
    assert failed.case != first
    assert failed.view.folded
    assert failed.notice() is Notice.CALL_COMES
    assert failed.view.help.state is HelpState.CALLING
    message = left(failed)
    assert (message.way, message.number, message.case) == (CallbackWay.KIOSK, "", failed.case)
    assert message.about == "Kortet nekas"
    failed.wait(2 * LINK_GONE_SECONDS)
    assert failed.view.help.state is HelpState.CALLING, "no failure on top of the failure"
    failed.link_up()
    assert failed.did(effects.StartMedia)
    failed.feed(to_kiosk.QueueChanged(case=failed.case, position=2, wait_seconds=90))
    assert failed.view.folded
    failed.join()
    assert failed.sheet() is Sheet.JOINING
    assert not failed.view.folded


def test_a_break_while_the_screen_waits_for_its_call_is_nothing_to_say(failed: Story) -> None:
    call_here(failed)
    failed.link_up()
    failed.wait(20)
    failed.feed(events.LinkLost())
    assert failed.notice() is None
    failed.wait(2 * LINK_GONE_SECONDS)
    assert failed.view.help.state is HelpState.CALLING


def test_the_screen_is_called_only_after_a_failure() -> None:
    story = Story()
    story.to_queue()
    call_here(story)
    assert not story.view.folded
    assert len(story.sent(OpenCase)) == 1


def test_the_next_shopper_finds_nothing_of_the_number(failed: Story) -> None:
    enter(failed)
    keep(failed)
    failed.feed(events.NewCustomerPressed())
    failed.effects.clear()
    texts = list(texts_in(vars(failed.machine), set()))
    assert texts
    assert not any("Kortet nekas" in text or "1234567" in text or text == "67" for text in texts)
    failed.feed(events.HelpPressed())
    failed.feed(events.TalkPressed())
    assert failed.view.failure is not None
    assert failed.view.failure.call is None


def test_word_from_the_disk_about_another_number_changes_nothing(failed: Story) -> None:
    enter(failed)
    failed.feed(events.CallbackKept("00000000-0000-4000-8000-00000000dead", on_disk=True))
    assert failed.view.callback == CallbackView(CallbackStep.KEEPING, "67")
