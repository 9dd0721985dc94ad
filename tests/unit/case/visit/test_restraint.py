"""How much one visit may take, and what an agent may let rest."""

from kiosk_app.case import effects, events
from kiosk_app.case.course.kiosk_events import LINK_GONE_SECONDS
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.case.visit.restraint import HELD, LINES, LINES_SECONDS, PERSONS, PERSONS_SECONDS
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import CloseCase, JoinQueue, SendChat
from kiosk_app.protocol.shared import EndCause
from tests.unit.case.story import Story


def ask_and_leave(story: Story, times: int) -> None:
    for _ in range(times):
        story.feed(events.HelpPressed())
        story.feed(events.TalkPressed())
        story.feed(events.LeavePressed())


def test_persons_asked_for_again_and_again(story: Story) -> None:
    story.link_up()
    ask_and_leave(story, PERSONS + 1)
    assert len(story.sent(JoinQueue)) == PERSONS
    assert story.view.rest is not None
    assert not story.view.rest.by_agent
    # The time is over for the first of them.
    story.wait(PERSONS_SECONDS)
    assert story.view.rest is None
    ask_and_leave(story, 1)
    assert len(story.sent(JoinQueue)) == PERSONS + 1


def test_the_next_shopper_has_asked_for_nobody(story: Story) -> None:
    story.link_up()
    ask_and_leave(story, PERSONS)
    story.feed(events.NewCustomerPressed())
    assert story.view.rest is None


def test_lines_that_come_too_fast_wait_in_their_order(story: Story) -> None:
    story.to_chat()
    for number in range(LINES + 3):
        story.feed(events.ChatSubmitted(f"rad {number}"))
    assert story.notice() is Notice.SLOW_DOWN
    assert len(story.sent(SendChat)) == LINES
    assert story.view.chat is not None
    assert len(story.view.chat.lines) == LINES + 4  # with the first, before the queue
    story.wait(LINES_SECONDS)
    said = [sent.message.text for sent in story.sent(SendChat)]
    assert said == [f"rad {number}" for number in range(LINES + 3)]


def test_of_a_flood_nothing_is_lost(story: Story) -> None:
    written = [f"rad {number}" for number in range(LINES + HELD + 3)]
    story.to_chat()
    for text in written:
        story.feed(events.ChatSubmitted(text))
    # No more than that waits: the oldest have made room for the last.
    assert [sent.message.text for sent in story.sent(SendChat)] == written[: LINES + 3]
    story.wait((HELD / LINES + 1) * LINES_SECONDS)
    assert [sent.message.text for sent in story.sent(SendChat)] == written


def test_what_waits_goes_with_its_case(story: Story) -> None:
    story.to_chat()
    for number in range(LINES + 3):
        story.feed(events.ChatSubmitted(f"rad {number}"))
    story.feed(events.NewCustomerPressed())
    story.wait(3 * LINES_SECONDS)
    assert len(story.sent(SendChat)) == LINES


def test_what_waits_goes_with_a_case_that_is_resolved(story: Story) -> None:
    story.to_chat()
    for number in range(LINES + 3):
        story.feed(events.ChatSubmitted(f"rad {number}"))
    story.resolve()
    assert story.sheet() is Sheet.FEEDBACK
    assert story.notice() is Notice.UNSENT
    for _ in range(13):  # busy with the feedback for longer than the lines would have waited
        story.wait(5)
        story.feed(events.FeedbackTouched())
    assert story.sheet() is Sheet.FEEDBACK
    assert len(story.sent(SendChat)) == LINES


def flood(story: Story) -> list[str]:
    """More lines than may go at once; what was written."""
    written = [f"rad {number}" for number in range(LINES + 3)]
    for text in written:
        story.feed(events.ChatSubmitted(text))
    return written


def test_what_waits_goes_before_the_shoppers_own_end(story: Story) -> None:
    story.to_chat()
    written = flood(story)
    done = story.feed(events.LeavePressed())
    assert story.sheet() is Sheet.FEEDBACK
    assert [sent.message.text for sent in story.sent(SendChat)] == written
    chats = [effect for effect in done if isinstance(effect, effects.SendPeerChat)]
    assert done.index(chats[-1]) < done.index(effects.StopMedia())
    assert story.notice() is not Notice.UNSENT


def test_what_waits_when_help_is_paused_is_said_to_be_lost(story: Story) -> None:
    story.to_chat()
    flood(story)
    story.feed(to_kiosk.HelpPaused(seconds=900))
    assert story.notice() is Notice.PAUSED_UNSENT


def test_what_waits_when_the_contact_is_lost_for_good_is_said_to_be_lost(story: Story) -> None:
    story.to_chat()
    flood(story)
    story.feed(events.LinkLost())
    story.wait(LINK_GONE_SECONDS)
    assert story.sheet() is Sheet.SAVING
    assert story.notice() is Notice.UNSENT


def test_lines_that_wait_when_a_call_is_chosen_are_said_to_be_lost(story: Story) -> None:
    story.to_queue()
    flood(story)
    story.feed(events.CallbackPressed())
    story.feed(events.CallbackNumberEntered("+46701234567"))
    (kept,) = story.did(effects.KeepCallback)
    story.feed(events.CallbackKept(kept.message.command, on_disk=True))
    assert story.sheet() is Sheet.CALLBACK
    assert story.notice() is Notice.UNSENT


def test_nothing_is_said_where_everything_has_gone(story: Story) -> None:
    story.to_chat()
    story.feed(events.ChatSubmitted("Hej"))
    story.resolve()
    assert story.notice() is None


def test_what_waits_goes_ahead_of_a_case_that_moves_to_the_phone(story: Story) -> None:
    written = [f"rad {number}" for number in range(LINES + 3)]
    story.to_chat()
    for text in written:
        story.feed(events.ChatSubmitted(text))
    done = story.feed(to_kiosk.HandedOff(case=story.case))
    assert [sent.message.text for sent in story.sent(SendChat)] == written
    chats = [effect for effect in done if isinstance(effect, effects.SendPeerChat)]
    assert len(chats) == 3
    assert done.index(chats[-1]) < done.index(effects.StopMedia())


def test_an_agent_ends_and_pauses(story: Story) -> None:
    story.to_chat()
    story.feed(to_kiosk.HelpPaused(seconds=900))
    assert story.sheet() is Sheet.NONE
    assert story.notice() is Notice.HELP_PAUSED
    assert story.sent(CloseCase)[-1].cause is EndCause.PAUSED
    assert story.view.help.state is HelpState.RESTING
    assert story.view.rest is not None
    assert story.view.rest.by_agent
    story.feed(events.NewCustomerPressed())
    assert story.view.help.state is HelpState.RESTING
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    assert story.sheet() is Sheet.MENU
    story.wait(900)
    assert story.view.rest is None
    assert story.sheet() is Sheet.MENU
    story.feed(events.TalkPressed())
    assert story.sheet() is Sheet.QUEUE


def test_a_pause_is_taken_back(story: Story) -> None:
    story.link_up()
    story.feed(to_kiosk.HelpPaused(seconds=900))
    story.feed(to_kiosk.HelpPaused(seconds=0))
    assert story.view.rest is None
