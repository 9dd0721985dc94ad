"""What breaks and how that is told: the link, the media process, an office that forgot."""

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.core import JOINING_SECONDS
from kiosk_app.case.course.kiosk_events import (
    CONNECT_SECONDS,
    LINK_GONE_SECONDS,
    MEDIA_RETRY_SECONDS,
)
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import (
    AnswerScreenShare,
    CloseCase,
    JoinQueue,
    OpenCase,
    ReportPeerLost,
    ReportShareEnded,
    ResumeCase,
)
from kiosk_app.protocol.shared import Author, CasePhase, EndCause, ShareEndCause
from tests.unit.case.story import ASK, Story, agent_line


def test_the_office_is_away_when_a_person_is_asked_for() -> None:
    story = Story()
    story.to_menu()
    story.feed(events.LinkLost())
    assert story.sheet() is Sheet.MENU
    story.wait(2 * LINK_GONE_SECONDS)
    assert story.sheet() is Sheet.MENU
    story.feed(events.TalkPressed("hej"))
    assert story.sheet() is Sheet.SAVING
    assert not story.sent(JoinQueue)
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.FAILED]
    assert story.did(effects.StopMedia)


def test_an_office_that_never_answered_is_away() -> None:
    story = Story()
    story.scan()
    story.feed(events.HelpPressed())
    story.feed(events.TalkPressed())
    assert story.sheet() is Sheet.QUEUE
    story.wait(CONNECT_SECONDS)
    assert story.sheet() is Sheet.SAVING


def test_a_break_is_said_and_made_good() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.LinkLost())
    assert story.notice() is Notice.LINK_LOST
    assert story.view.help == HelpView(HelpState.RECONNECTING, agent_name="Lisa", offline=True)
    story.feed(events.LinkLost())
    story.wait(LINK_GONE_SECONDS - 1)
    assert story.notice() is Notice.LINK_LOST
    story.link_up(resumed=True)
    assert story.notice() is Notice.LINK_BACK
    assert story.view.help.state is HelpState.AGENT
    assert not story.sent(ResumeCase)
    story.wait(LINK_GONE_SECONDS)
    assert story.sheet() is Sheet.CHAT


def test_an_office_that_forgot_is_asked_how_the_case_stands() -> None:
    story = Story()
    story.to_chat()
    story.agent_says("Hej!", 1000)
    story.feed(events.LinkLost())
    story.link_up()
    assert [resume.case for resume in story.sent(ResumeCase)] == [story.case]
    missed = (agent_line("Hej!", 1000), agent_line("Är du kvar?", 1001))
    story.state(CasePhase.ACTIVE, agent="Lisa", chat=missed)
    story.state(CasePhase.ACTIVE, agent="Lisa", chat=missed)
    assert story.view.chat is not None
    assert [line.text for line in story.view.chat.lines] == [
        "Jag kan inte betala",
        "Hej!",
        "Är du kvar?",
    ]
    assert not story.sent(ReportPeerLost)


def test_lost_for_good_is_said_once() -> None:
    story = Story()
    story.to_share()
    story.feed(events.LinkLost())
    assert story.view.share_ended is ShareEndCause.LINK_LOST
    story.wait(LINK_GONE_SECONDS)
    assert story.sheet() is Sheet.SAVING
    kinds = [type(effect) for effect in story.effects]
    assert kinds.index(effects.StopShare) < kinds.index(effects.SaveCart)
    story.feed(events.CartSaved())
    story.feed(events.ClosePressed())
    story.wait(10 * LINK_GONE_SECONDS)
    assert story.sheet() is Sheet.NONE
    assert len(story.did(effects.SaveCart)) == 1


def test_a_question_does_not_outlive_the_link() -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.feed(events.LinkLost())
    assert story.view.consent is None
    story.feed(events.ConsentApproved(ASK))
    assert not story.did(effects.StartShare)


def test_the_media_process_may_die_once() -> None:
    story = Story()
    story.to_share()
    story.feed(events.MediaDied("killed"))
    assert story.sheet() is Sheet.CHAT
    assert story.notice() is Notice.MEDIA_LOST
    assert story.view.share_ended is ShareEndCause.MEDIA_LOST
    assert [report.cause for report in story.sent(ReportShareEnded)] == [ShareEndCause.MEDIA_LOST]
    assert len(story.did(effects.StartMedia)) == 2
    assert len(story.sent(ReportPeerLost)) == 1
    story.offer(2)
    story.feed(events.MediaReady())
    assert len(story.did(effects.AnswerOffer)) == 2
    story.feed(events.ChatSubmitted("hallå"))
    story.feed(events.MediaDied("killed"))
    assert story.sheet() is Sheet.SAVING
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.FAILED]


def test_the_media_process_may_die_before_anybody_is_there() -> None:
    story = Story()
    story.to_queue()
    story.feed(events.MediaDied("killed"))
    assert len(story.did(effects.StartMedia)) == 2
    assert story.notice() is None
    assert not story.sent(ReportPeerLost)


def not_started(story: Story) -> None:
    """The process fails at its start, and once more after the wait."""
    story.link_up()
    story.scan()
    story.feed(events.HelpPressed())
    story.feed(events.MediaDied("no memory"))
    assert len(story.did(effects.StartMedia)) == 1
    story.wait(MEDIA_RETRY_SECONDS)
    assert len(story.did(effects.StartMedia)) == 2


def test_a_start_that_fails_is_tried_once_more_a_little_later() -> None:
    story = Story()
    not_started(story)
    story.feed(events.MediaReady())
    story.feed(events.TalkPressed("hej"))
    story.join()
    story.connect()
    assert len(story.did(effects.AnswerOffer)) == 1
    story.wait(60)
    assert len(story.did(effects.StartMedia)) == 2


def test_without_a_media_process_help_goes_on_by_chat() -> None:
    story = Story()
    not_started(story)
    story.feed(events.MediaDied("no memory"))
    assert story.sheet() is Sheet.MENU
    story.feed(events.TalkPressed("hej"))
    story.join()
    assert story.notice() is Notice.MEDIA_LOST
    assert story.offer() == ()
    story.agent_says("Hej!")
    story.wait(JOINING_SECONDS)
    assert story.sheet() is Sheet.CHAT
    story.ask()
    assert [answer.granted for answer in story.sent(AnswerScreenShare)] == [False]
    story.wait(60)
    assert len(story.did(effects.StartMedia)) == 2
    story.resolve()
    assert story.sheet() is Sheet.FEEDBACK


def test_a_new_start_that_fails_leaves_the_chat() -> None:
    """It ran, died, and does not come up again: that is one death."""
    story = Story()
    story.to_chat()
    story.feed(events.MediaDied("killed"))
    story.feed(events.MediaDied("no memory"))
    story.wait(1)
    story.offer(2)
    story.wait(MEDIA_RETRY_SECONDS - 1)
    assert len(story.sent(ReportPeerLost)) == 2
    story.wait(8)
    story.feed(events.MediaDied("no memory"))
    assert story.sheet() is Sheet.CHAT
    assert story.notice() is Notice.MEDIA_LOST
    assert len(story.did(effects.StartMedia)) == 3


def test_a_start_is_not_tried_again_for_a_case_that_is_over() -> None:
    story = Story()
    story.link_up()
    story.feed(events.HelpPressed())
    story.feed(events.MediaDied("no memory"))
    story.feed(events.ClosePressed())
    story.wait(MEDIA_RETRY_SECONDS)
    assert len(story.did(effects.StartMedia)) == 1


def test_a_refused_wish_for_a_person_is_a_failure() -> None:
    story = Story()
    story.to_queue()
    command = story.sent(JoinQueue)[0].command
    story.feed(to_kiosk.CommandRefused(command=command, code="no_such_case", message="x"))
    assert story.sheet() is Sheet.SAVING


def test_try_again_once_the_office_answers() -> None:
    story = Story()
    story.fail_at_press()
    story.feed(events.RetryPressed())
    assert story.sheet() is Sheet.FAILURE
    story.link_up()
    assert story.view.failure is not None
    assert story.view.failure.retry
    assert not story.sent(ResumeCase)
    story.feed(events.RetryPressed())
    assert story.sheet() is Sheet.MENU
    first, second = story.sent(OpenCase)
    assert first.case != second.case
    assert first.visit == second.visit


class TestCaseState:
    """What the office says of a case after a break."""

    @pytest.fixture
    def story(self) -> Story:
        story = Story()
        story.to_chat()
        return story

    def test_ended_meanwhile_asks_how_it_went(self, story: Story) -> None:
        story.state(CasePhase.ENDED)
        assert story.sheet() is Sheet.FEEDBACK

    def test_in_the_queue_again(self, story: Story) -> None:
        story.state(CasePhase.QUEUED, position=1)
        assert story.sheet() is Sheet.QUEUE
        assert story.notice() is Notice.AGENT_AWAY
        assert story.view.queue is not None
        assert story.view.queue.position == 1

    def test_old_news_of_the_menu_does_not_throw_back(self, story: Story) -> None:
        story.state(CasePhase.BROWSING)
        assert story.sheet() is Sheet.CHAT

    def test_of_another_case(self, story: Story) -> None:
        story.state(CasePhase.ENDED, case=ASK)
        assert story.sheet() is Sheet.CHAT

    def test_in_the_feedback_it_is_too_late(self, story: Story) -> None:
        story.resolve()
        story.state(CasePhase.ACTIVE, agent="Lisa")
        assert story.sheet() is Sheet.FEEDBACK

    def test_a_queue_that_forgot_us_is_a_failure(self) -> None:
        story = Story()
        story.to_queue()
        story.state(CasePhase.ENDED)
        assert story.sheet() is Sheet.SAVING

    def test_a_menu_that_was_forgotten_closes(self) -> None:
        story = Story()
        story.to_menu()
        story.state(CasePhase.ENDED)
        assert story.sheet() is Sheet.NONE
        assert not story.sent(CloseCase)

    def test_a_place_that_is_not_known_yet(self) -> None:
        story = Story()
        story.to_queue()
        story.state(CasePhase.QUEUED)
        assert story.view.queue is not None
        assert story.view.queue.position is None

    def test_an_agent_came_while_we_were_away(self) -> None:
        story = Story()
        story.to_queue()
        story.state(CasePhase.ACTIVE, agent="Lisa")
        assert story.sheet() is Sheet.CHAT
        assert story.view.help.agent_name == "Lisa"
        assert len(story.sent(ReportPeerLost)) == 1

    def test_a_line_of_the_shoppers_own_that_the_office_sends_back(self, story: Story) -> None:
        own = agent_line("Jag skrev det i mobilen", 1002, Author.SHOPPER)
        story.feed(to_kiosk.DeliverChat(case=story.case, message=own))
        assert story.view.chat is not None
        assert story.view.chat.lines[-1].text == "Jag skrev det i mobilen"
