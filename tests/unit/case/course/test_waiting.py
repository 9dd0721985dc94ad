"""The wait: place and time, the promise, the one who is coming, and what to do meanwhile."""

import pytest

from kiosk_app.case import events
from kiosk_app.case.core import JOINING_SECONDS
from kiosk_app.case.course.waiting import AGAIN_SECONDS, JITTER_SECONDS
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.case.view.wait import LateReason, QueueView
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import CloseCase, JoinQueue, SendChat
from kiosk_app.protocol.shared import CasePhase
from tests.unit.case.story import Story


@pytest.fixture
def story() -> Story:
    story = Story()
    story.to_queue()
    return story


def place(story: Story, position: int, seconds: int | None) -> None:
    story.feed(to_kiosk.QueueChanged(case=story.case, position=position, wait_seconds=seconds))


def queue(story: Story) -> QueueView:
    assert story.view.queue is not None
    return story.view.queue


def left(story: Story) -> float:
    wait = queue(story).wait
    assert wait is not None
    return wait.left(story.clock.monotonic())


def test_a_fall_is_shown_at_once(story: Story) -> None:
    place(story, 3, 200)
    story.wait(10)
    place(story, 2, 110)
    assert (queue(story).position, left(story)) == (2, 110)
    assert story.notice() is None


def test_more_seconds_are_said(story: Story) -> None:
    place(story, 1, 20)
    story.wait(5)
    place(story, 1, 200)
    assert left(story) == 200
    assert story.notice() is Notice.WAIT_GREW


def test_a_worse_place_is_said(story: Story) -> None:
    place(story, 1, 20)
    place(story, 2, 200)
    assert story.notice() is Notice.PLACE_LATER
    assert queue(story).position == 2
    assert left(story) == 200


def test_an_estimate_that_trembles_does_not_turn_the_time_back(story: Story) -> None:
    place(story, 1, 20)
    story.wait(15)
    place(story, 1, 20 + JITTER_SECONDS)
    assert left(story) == 5
    assert story.notice() is None


def test_a_better_place_never_shows_more_seconds_in_silence(story: Story) -> None:
    place(story, 2, 30)
    story.wait(20)
    place(story, 1, 10 + JITTER_SECONDS)
    assert left(story) == 10
    assert story.notice() is None
    place(story, 1, 100)
    assert story.notice() is Notice.WAIT_GREW


def test_within_the_promise_nothing_else_is_offered(story: Story) -> None:
    place(story, 1, 20)
    story.wait(59)
    assert queue(story).late is None


def test_past_the_promise_the_shopper_hears_why(story: Story) -> None:
    place(story, 2, 20)
    story.wait(60)
    assert queue(story).late is LateReason.OTHERS
    assert queue(story).promised_seconds == 60
    place(story, 1, 20)
    assert queue(story).late is LateReason.BUSY


def test_with_nobody_there_it_is_said_at_once(story: Story) -> None:
    place(story, 1, None)
    assert queue(story).late is LateReason.NOBODY
    place(story, 1, 20)
    assert queue(story).late is None


def test_where_nothing_was_promised_other_ways_are_offered_at_once() -> None:
    story = Story()
    story.to_menu()
    story.feed(to_kiosk.PromiseChanged(seconds=None))
    story.feed(events.TalkPressed())
    assert [join.promised_seconds for join in story.sent(JoinQueue)] == [None]
    assert queue(story).late is LateReason.BUSY


def test_reading_tips_keeps_the_place(story: Story) -> None:
    place(story, 2, 20)
    story.feed(events.ArticlesPressed())
    assert story.sheet() is Sheet.MENU
    assert queue(story).position == 2
    story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.QUEUE
    assert not story.view.folded
    assert not story.sent(CloseCase)


def test_a_question_from_among_the_tips_goes_to_the_case(story: Story) -> None:
    story.feed(events.ArticlesPressed())
    story.feed(events.TalkPressed("Var är kvittot?"))
    assert story.sheet() is Sheet.QUEUE
    assert [sent.message.text for sent in story.sent(SendChat)] == ["Var är kvittot?"]
    assert len(story.sent(JoinQueue)) == 1
    story.feed(events.ArticlesPressed())
    story.feed(events.TalkPressed())
    assert story.sheet() is Sheet.QUEUE
    assert len(story.sent(SendChat)) == 1


def test_who_comes_is_shown_over_the_tips(story: Story) -> None:
    story.feed(events.ArticlesPressed())
    story.join()
    assert story.sheet() is Sheet.JOINING


def test_tips_are_for_those_who_wait() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.ArticlesPressed())
    assert story.sheet() is Sheet.CHAT


def test_zero_is_no_arrival(story: Story) -> None:
    story.join(eta=20)
    story.connect()
    story.wait(19)
    assert story.view.joining is not None
    assert not story.view.joining.late
    story.wait(1)
    assert story.view.joining.late
    assert story.view.help.late
    story.feed(events.ArticlesPressed())
    assert story.sheet() is Sheet.MENU
    story.agent_says("Hej!")
    assert story.sheet() is Sheet.CHAT


@pytest.mark.parametrize("sign", ["word", "key", "question"])
def test_the_agents_first_sign_begins_the_chat(sign: str) -> None:
    story = Story()
    story.to_joining()
    story.connect()
    story.wait(JOINING_SECONDS)
    match sign:
        case "word":
            story.agent_says("Hej!")
        case "key":
            story.agent_types()
        case _:
            story.ask()
            story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.CHAT


def test_back_in_the_queue_the_promise_begins_anew() -> None:
    story = Story()
    story.to_joining()
    story.wait(20)
    story.feed(to_kiosk.AgentLeft(case=story.case))
    assert queue(story).late is None
    story.wait(AGAIN_SECONDS)
    assert queue(story).late is LateReason.BUSY
    story.join("Omar")
    assert story.view.joining is not None
    assert not story.view.joining.late


def test_a_wait_that_outlived_the_program_has_a_promise_again() -> None:
    story = Story()
    case = "00000000-0000-4000-8000-0000000000ca"
    story.feed(
        events.VisitRecovered(
            visit=case, case=case, snapshot=b"", code="", code_shown=False, hold_seconds=100
        )
    )
    story.link_up()
    story.state(CasePhase.QUEUED, case=case, position=1)
    story.wait(60)
    assert queue(story).late is LateReason.BUSY


def test_no_deadline_of_the_wait_outlives_it(story: Story) -> None:
    story.feed(events.LeavePressed())
    story.wait(120)
    assert story.sheet() is Sheet.NONE
