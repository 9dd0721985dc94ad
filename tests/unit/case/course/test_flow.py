"""The way from the press to the till again, when nothing fails."""

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.closing import FEEDBACK_SECONDS
from kiosk_app.case.core import JOINING_SECONDS
from kiosk_app.case.course.shopper_events import FOLDED_MENU_SECONDS
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import (
    AnswerPeer,
    CloseCase,
    ContextChanged,
    GiveFeedback,
    JoinQueue,
    OpenCase,
)
from kiosk_app.protocol.shared import (
    Author,
    Battery,
    BatteryState,
    Device,
    EndCause,
    Network,
    NetworkKind,
    PaymentStep,
)
from tests.unit.case.story import ASK, COFFEE, Story, agent_line


def test_the_whole_way() -> None:
    story = Story()
    story.to_menu()
    (opened,) = story.sent(OpenCase)
    assert opened.promised_seconds == 60
    assert opened.context.store == "Byabutiken"
    assert opened.context.cart.lines == (COFFEE,)
    assert opened.context.step is PaymentStep.CART
    assert story.did(effects.StartMedia) == [effects.StartMedia(story.case)]
    assert story.sheet() is Sheet.MENU
    assert story.view.help.state is HelpState.OPEN

    story.feed(events.TalkPressed(" Jag kan inte betala "))
    (join,) = story.sent(JoinQueue)
    assert join.message is not None
    assert join.message.author is Author.SHOPPER
    assert join.message.text == "Jag kan inte betala"
    assert story.view.queue is not None
    assert story.view.queue.position is None
    assert story.view.queue.text_sent
    story.feed(to_kiosk.QueueChanged(case=story.case, position=1, wait_seconds=20))
    assert story.view.queue.position == 1
    assert story.view.queue.wait is not None
    assert story.view.queue.wait.total == 20
    assert story.view.help.position == 1

    story.feed(to_kiosk.QueueChanged(case=story.case, position=1, wait_seconds=None))
    assert story.view.queue.wait is None
    assert story.view.queue.nobody
    story.feed(to_kiosk.QueueChanged(case=story.case, position=1, wait_seconds=20))
    assert not story.view.queue.nobody

    story.join()
    assert story.sheet() is Sheet.JOINING
    assert story.view.joining is not None
    assert story.view.joining.agent_name == "Lisa"
    assert story.view.help.agent_name == "Lisa"
    story.connect()
    story.wait(JOINING_SECONDS)
    assert story.sheet() is Sheet.JOINING, "a browser that is connected is nobody yet"
    story.agent_types()
    assert story.sent(AnswerPeer)[0].signature == "signature"
    assert story.sheet() is Sheet.CHAT
    assert story.view.chat is not None
    assert [line.text for line in story.view.chat.lines] == ["Jag kan inte betala"]
    assert story.view.chat.lines[0].id == join.message.id
    story.feed(events.CommandDelivered(join.command))
    assert story.view.chat.lines[0].delivered

    story.resolve()
    assert story.did(effects.StopMedia)
    assert story.sheet() is Sheet.FEEDBACK
    assert story.view.feedback is not None
    assert story.view.feedback.agent_name == "Lisa"
    assert not story.sent(CloseCase)
    story.feed(events.FeedbackGiven(5, " Tack "))
    (feedback,) = story.sent(GiveFeedback)
    assert (feedback.score, feedback.text) == (5, "Tack")
    (closed,) = story.sent(CloseCase)
    assert closed.cause is EndCause.RESOLVED
    assert story.sheet() is Sheet.NONE
    assert story.view.chat is None
    assert not story.machine.case_open
    assert not story.did(effects.WipeTill)


def test_the_screen_knows_what_is_paid() -> None:
    story = Story()
    story.to_menu()
    assert not story.view.paid
    story.scan(step=PaymentStep.PAID)
    assert story.view.paid


def test_nothing_written_is_nothing_sent() -> None:
    story = Story()
    story.to_queue("   ")
    assert story.sent(JoinQueue)[0].message is None
    assert story.view.chat is not None
    assert story.view.chat.lines == ()
    assert story.view.queue is not None
    assert not story.view.queue.text_sent


def test_help_folds_and_brings_back() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.HelpPressed())
    assert story.view.folded
    story.agent_says("ett", 901)
    story.agent_says("två", 902)
    story.feed(events.PeerChatReceived(agent_line("två", 902)))
    assert story.view.help.state is HelpState.AGENT
    assert story.view.help.unread == 2
    story.feed(events.HelpPressed())
    assert not story.view.folded
    assert story.view.help.unread == 0
    story.feed(events.HelpPressed())
    assert story.view.help.unread == 0


def test_lines_that_come_behind_the_question_are_unread_until_the_chat_is_seen() -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.agent_says("Får jag se skärmen?")
    story.feed(events.HelpPressed())
    assert story.view.help.unread == 1
    story.feed(events.HelpPressed())
    story.feed(events.ConsentRefused(ASK))
    story.feed(events.ClosePressed())
    assert story.view.help.unread == 0


@pytest.mark.parametrize("press", [events.ClosePressed(), events.LeavePressed()])
def test_closing_the_menu_ends_the_case_and_claims_no_solution(press: events.Event) -> None:
    story = Story()
    story.to_menu()
    story.feed(press)
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.LEFT_MENU]
    assert story.did(effects.StopMedia)
    assert story.sheet() is Sheet.NONE


def test_a_folded_menu_is_given_up_after_a_while() -> None:
    story = Story()
    story.to_menu()
    story.feed(events.HelpPressed())
    assert story.view.help.state is HelpState.PROMISE
    story.wait(FOLDED_MENU_SECONDS / 2)
    story.feed(events.HelpPressed())
    story.wait(FOLDED_MENU_SECONDS)
    assert story.sheet() is Sheet.MENU
    story.feed(events.HelpPressed())
    story.wait(FOLDED_MENU_SECONDS)
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.LEFT_MENU]


def test_close_folds_once_a_person_is_asked_for() -> None:
    story = Story()
    story.to_queue()
    story.feed(events.ClosePressed())
    assert story.view.folded
    story.feed(events.ClosePressed())
    assert story.view.folded
    assert story.view.help.state is HelpState.QUEUED
    assert not story.sent(CloseCase)


def test_leaving_the_queue() -> None:
    story = Story()
    story.to_queue()
    story.feed(events.LeavePressed())
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.LEFT_QUEUE]
    assert story.sheet() is Sheet.NONE


def test_leaving_the_agent_asks_how_it_went() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.LeavePressed())
    assert story.sheet() is Sheet.FEEDBACK
    story.feed(events.FeedbackSkipped())
    assert [closed.cause for closed in story.sent(CloseCase)] == [EndCause.SHOPPER_ENDED]
    assert not story.sent(GiveFeedback)


def test_feedback_has_ten_seconds_that_start_over_when_touched() -> None:
    story = Story()
    story.to_chat()
    story.resolve()
    story.wait(FEEDBACK_SECONDS - 1)
    story.feed(events.FeedbackTouched())
    story.wait(FEEDBACK_SECONDS - 1)
    assert story.sheet() is Sheet.FEEDBACK
    story.wait(1)
    assert story.view.feedback is None
    assert len(story.sent(CloseCase)) == 1


def test_feedback_takes_five_faces_and_close_skips() -> None:
    story = Story()
    story.to_chat()
    story.resolve()
    story.feed(events.FeedbackGiven(6))
    assert not story.sent(GiveFeedback)
    story.feed(events.ClosePressed())
    assert story.sheet() is Sheet.NONE


def test_a_case_resolved_in_the_menu_is_over() -> None:
    story = Story()
    story.to_menu()
    story.resolve()
    assert story.sheet() is Sheet.NONE


def test_context_follows_while_the_case_is_open_and_only_when_it_changed() -> None:
    story = Story()
    sensed = events.DeviceSensed(
        Device(model="kiosk"),
        Network(kind=NetworkKind.WIRED),
        Battery(state=BatteryState.MAINS),
    )
    story.feed(sensed)
    assert not story.sent(ContextChanged)
    story.to_menu()
    assert story.sent(OpenCase)[0].context.network.kind is NetworkKind.WIRED
    story.feed(sensed)
    assert not story.sent(ContextChanged)
    story.scan(COFFEE, step=PaymentStep.PAYMENT)
    story.feed(events.LanguageChosen("en"))
    story.feed(events.LanguageChosen("xx"))
    told = story.sent(ContextChanged)
    assert [(x.context.step, x.context.language) for x in told] == [
        (PaymentStep.PAYMENT, "sv"),
        (PaymentStep.PAYMENT, "en"),
    ]
    assert story.view.language == "en"


def test_the_promise_follows_the_office() -> None:
    story = Story()
    assert story.view.help.promise_seconds is None
    story.link_up()
    assert story.view.help.promise_seconds == 60
    story.feed(to_kiosk.PromiseChanged(seconds=180))
    story.scan()
    story.feed(events.HelpPressed())
    assert story.sent(OpenCase)[0].promised_seconds == 180


def test_a_notice_goes_by_itself() -> None:
    story = Story()
    story.to_share()
    story.feed(events.ShareStopPressed())
    assert story.notice() is Notice.SHARE_ENDED
    story.wait(8)
    assert story.notice() is None
    assert story.view.share_ended is None


@pytest.mark.parametrize(
    "event",
    [
        events.ClosePressed(),
        events.LeavePressed(),
        events.TalkPressed("x"),
        events.ChatSubmitted("x"),
        events.ShopperTyped(True),
        events.ConsentApproved(ASK),
        events.ConsentRefused(ASK),
        events.ShareStopPressed(),
        events.ShareRenewPressed(),
        events.FeedbackGiven(3),
        events.FeedbackTouched(),
        events.FeedbackSkipped(),
        events.CartRestorePressed(),
        events.CartCodeEntered("1234"),
        events.RetryPressed(),
        events.MediaReady(),
        events.MediaDied("x"),
        events.PeerAnswerMade(1, "x", "x"),
        events.PeerConnected(1),
        events.PeerLost(1, "x"),
        events.PeerChatReceived(agent_line("x")),
        events.AgentTyped(True),
        events.ShareWentLive(True),
        events.CartSaved(),
        events.CartSaveFailed("x"),
        events.CartRestoreFailed("x"),
        events.CommandDelivered(ASK),
        events.TimePassed(),
        to_kiosk.CaseResolved(case=ASK),
        to_kiosk.CommandRefused(command=ASK, code="x", message="x"),
    ],
)
def test_without_a_case_nothing_happens(event: events.Event) -> None:
    story = Story()
    story.link_up()
    before = story.view
    assert story.feed(event) == ()
    assert story.view == before


def test_the_promise_that_counts_is_the_last_one_read_before_asking() -> None:
    story = Story()
    story.feed(to_kiosk.PromiseChanged(None))
    story.feed(events.HelpPressed())
    story.feed(to_kiosk.PromiseChanged(60))
    story.feed(events.TalkPressed(""))
    assert story.sent(OpenCase)[0].promised_seconds is None
    assert story.sent(JoinQueue)[0].promised_seconds == 60
