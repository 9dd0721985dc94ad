"""Danger: past everything, and never a dead end."""

from kiosk_app.case import events
from kiosk_app.case.presses import SafetyPressed
from kiosk_app.case.view.screen import Sheet
from kiosk_app.case.visit.restraint import PERSONS
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallPhase
from kiosk_app.protocol.from_kiosk import JoinQueue, OpenCase
from tests.unit.case.story import Story


def urgent(story: Story) -> list[str]:
    return [joined.case for joined in story.sent(JoinQueue) if joined.safety]


def test_from_the_menu_to_the_head_of_the_queue_by_voice(story: Story) -> None:
    story.to_menu()
    story.feed(SafetyPressed())
    assert urgent(story) == [story.case]
    assert story.sheet() is Sheet.SAFETY
    assert story.view.safety is not None
    assert story.view.safety.reached
    story.join()
    assert story.sheet() is Sheet.JOINING
    assert story.view.call is not None
    assert story.view.call.phase is CallPhase.ASKED


def test_from_the_queue_it_is_the_same_case(story: Story) -> None:
    story.to_queue()
    story.feed(SafetyPressed())
    story.feed(SafetyPressed())
    assert urgent(story) == [story.case]
    assert len(story.sent(OpenCase)) == 1
    story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.QUEUE


def test_with_an_agent_they_are_told(story: Story) -> None:
    story.to_chat()
    story.feed(SafetyPressed())
    assert urgent(story) == [story.case]
    assert story.sheet() is Sheet.CHAT


def test_offline_it_says_whom_to_call_and_goes_on_saying_it(story: Story) -> None:
    story.link_up()
    story.feed(events.LinkLost())
    story.feed(events.HelpPressed())
    story.feed(SafetyPressed())
    assert story.sheet() is Sheet.SAFETY
    assert story.view.safety is not None
    assert not story.view.safety.reached
    story.walk_away(3600)
    assert story.sheet() is Sheet.SAFETY
    story.link_up()
    assert story.view.safety is not None
    assert story.view.safety.reached


def test_after_a_failure_it_is_a_new_case(story: Story) -> None:
    story.to_queue()
    first = story.case
    story.feed(events.LinkLost())
    story.walk_away(61)
    story.feed(events.CartSaved())
    assert story.sheet() is Sheet.FAILURE
    story.feed(SafetyPressed())
    assert urgent(story) == [story.case]
    assert story.case != first


def test_neither_limits_nor_a_pause_stand_in_its_way(story: Story) -> None:
    story.to_menu()
    for _ in range(PERSONS):
        story.feed(events.TalkPressed())
        story.feed(events.LeavePressed())
        story.feed(events.HelpPressed())
    story.feed(to_kiosk.HelpPaused(seconds=900))
    story.feed(events.TalkPressed())
    assert story.sheet() is Sheet.MENU
    story.feed(SafetyPressed())
    assert urgent(story) == [story.case]
    story.feed(to_kiosk.HelpPaused(seconds=900))
    assert story.sheet() is Sheet.SAFETY
