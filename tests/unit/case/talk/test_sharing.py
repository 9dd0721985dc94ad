"""Consent and screen share, as the shopper and the office see them."""

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.consent import ASK_SECONDS, SHARE_SECONDS, TEXT_VERSION
from kiosk_app.case.phase import LinkState
from kiosk_app.case.talk.sharing import ARM_SECONDS, REASK_SECONDS, RENEW_SECONDS
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import AnswerScreenShare, ReportShareEnded
from kiosk_app.protocol.shared import PaymentStep, ShareAnswer, ShareEndCause
from tests.unit.case.story import ASK, COFFEE, Story, uuid_of

OTHER_ASK = uuid_of(0xBEEF)


def answers(story: Story) -> list[tuple[str, bool]]:
    return [(message.ask, message.granted) for message in story.sent(AnswerScreenShare)]


def test_a_request_starts_nothing_and_shows_the_question() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.HelpPressed())
    story.ask()
    assert story.sheet() is Sheet.CONSENT
    assert not story.view.folded
    assert story.view.consent is not None
    assert story.view.consent.agent_name == "Lisa"
    assert not story.did(effects.StartShare)
    assert not answers(story)


def test_another_programs_screen_is_never_asked_for() -> None:
    story = Story(share_possible=False)
    story.to_chat()
    story.ask()
    assert story.sheet() is Sheet.CHAT
    assert story.view.consent is None
    (answer,) = story.sent(AnswerScreenShare)
    assert (answer.granted, answer.answer) == (False, ShareAnswer.NOT_HERE)


def test_a_press_makes_the_grant_and_folds_the_sheet() -> None:
    story = Story()
    story.to_share()
    (start,) = story.did(effects.StartShare)
    assert start.grant.ask == ASK
    assert start.grant.deadline == story.clock.monotonic() + SHARE_SECONDS
    assert start.grant.live(story.clock.monotonic())
    (answer,) = story.sent(AnswerScreenShare)
    assert answer.granted
    assert answer.text_version == TEXT_VERSION
    assert answer.language == "sv"
    assert answer.deadline_seconds == SHARE_SECONDS
    assert story.view.folded
    assert story.view.share is not None
    assert story.view.share.live
    assert not story.view.share.renewable


@pytest.mark.parametrize("event", [events.ConsentRefused(ASK), events.ClosePressed()])
def test_a_no_is_told_and_back_to_the_chat(event: events.Event) -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.feed(event)
    assert answers(story) == [(ASK, False)]
    assert story.sheet() is Sheet.CHAT
    assert not story.view.folded
    story.feed(events.ConsentApproved(ASK))
    assert not story.did(effects.StartShare)


def test_a_press_that_was_meant_for_something_else_is_no_yes() -> None:
    """The question comes up under a finger that was typing."""
    story = Story()
    story.to_chat()
    story.ask()
    assert story.view.consent is not None
    assert story.view.consent.armed_at == story.clock.monotonic() + ARM_SECONDS
    story.feed(events.ConsentApproved(ASK))
    story.wait(ARM_SECONDS - 0.01)
    assert story.feed(events.ConsentApproved(ASK)) == ()
    assert story.sheet() is Sheet.CONSENT
    assert not answers(story)
    story.wait(0.01)
    story.feed(events.ConsentApproved(ASK))
    assert answers(story) == [(ASK, True)]
    assert len(story.did(effects.StartShare)) == 1


@pytest.mark.parametrize("no", [events.ConsentRefused(ASK), events.ClosePressed()])
def test_after_a_no_nobody_asks_again_for_a_while(no: events.Event) -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.feed(no)
    story.wait(REASK_SECONDS - 1)
    story.ask(OTHER_ASK)
    assert story.sheet() is Sheet.CHAT
    assert answers(story) == [(ASK, False), (OTHER_ASK, False)]
    story.wait(1)
    story.ask(uuid_of(0xF00D))
    assert story.sheet() is Sheet.CONSENT


def test_who_has_said_no_may_still_want_more_time() -> None:
    story = Story()
    story.to_share()
    story.wait(SHARE_SECONDS - RENEW_SECONDS)
    story.feed(events.ShareRenewPressed())
    story.feed(events.ClosePressed())
    story.feed(events.ShareRenewPressed())
    assert story.sheet() is Sheet.CONSENT


def test_what_is_logged_is_the_grant() -> None:
    story = Story()
    story.feed(events.LanguageChosen("en"))
    story.to_share()
    grant = story.did(effects.StartShare)[0].grant
    (answer,) = story.sent(AnswerScreenShare)
    assert (answer.case, answer.ask) == (grant.case, grant.ask)
    assert (answer.answered_at, answer.text_version) == (grant.granted_at, grant.text_version)
    assert (answer.language, grant.language) == ("en", "en")


def test_no_answer_in_time_is_a_no() -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.wait(ASK_SECONDS)
    assert answers(story) == [(ASK, False)]
    assert story.notice() is Notice.CONSENT_TIMED_OUT
    story.feed(events.ConsentApproved(ASK))
    assert not story.did(effects.StartShare)


def test_a_yes_that_comes_with_the_deadline_is_too_late() -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.clock.advance(ASK_SECONDS)
    story.feed(events.ConsentApproved(ASK))
    assert answers(story) == [(ASK, False)]
    assert not story.did(effects.StartShare)


def test_a_yes_to_another_question_is_no_yes() -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.feed(events.ConsentApproved(OTHER_ASK))
    story.feed(events.ConsentRefused(OTHER_ASK))
    assert story.sheet() is Sheet.CONSENT
    assert not answers(story)


def test_a_yes_while_the_question_is_folded_away_is_none() -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.feed(events.HelpPressed())
    assert story.view.folded
    story.feed(events.ConsentApproved(ASK))
    assert not story.did(effects.StartShare)


def test_a_second_question_does_not_take_the_place_of_the_first() -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.ask(OTHER_ASK)
    story.ask()
    assert answers(story) == [(OTHER_ASK, False)]
    assert story.view.consent is not None
    assert story.view.consent.ask == ASK


def test_nobody_may_ask_before_an_agent_is_there() -> None:
    story = Story()
    story.to_queue()
    story.ask()
    assert answers(story) == [(ASK, False)]
    assert story.view.consent is None


def test_the_card_step_refuses_questions_and_answers() -> None:
    story = Story()
    story.to_chat()
    story.scan(COFFEE, step=PaymentStep.CARD_ENTRY)
    story.ask()
    assert answers(story) == [(ASK, False)]
    story.scan(COFFEE, step=PaymentStep.PAYMENT)
    story.ask(OTHER_ASK)
    story.scan(COFFEE, step=PaymentStep.CARD_ENTRY)
    story.feed(events.ConsentApproved(OTHER_ASK))
    assert answers(story) == [(ASK, False), (OTHER_ASK, False)]
    assert not story.did(effects.StartShare)


def stop_by_shopper(story: Story) -> None:
    story.feed(events.ShareStopPressed())


def stop_by_agent(story: Story) -> None:
    story.feed(to_kiosk.StopScreenShare(case=story.case))


def stop_by_deadline(story: Story) -> None:
    story.wait(SHARE_SECONDS)


def stop_by_card(story: Story) -> None:
    story.scan(COFFEE, step=PaymentStep.CARD_ENTRY)


def stop_by_end(story: Story) -> None:
    story.resolve()


def stop_by_wipe(story: Story) -> None:
    story.feed(events.NewCustomerPressed())


def stop_by_media(story: Story) -> None:
    story.feed(events.MediaDied("killed"))


def stop_by_link(story: Story) -> None:
    story.feed(events.LinkLost())


def stop_by_agent_gone(story: Story) -> None:
    story.feed(to_kiosk.AgentLeft(case=story.case))


def stop_by_other_agent(story: Story) -> None:
    story.join("Omar")


@pytest.mark.parametrize(
    ("stop", "cause"),
    [
        (stop_by_shopper, ShareEndCause.SHOPPER_STOPPED),
        (stop_by_agent, ShareEndCause.AGENT_STOPPED),
        (stop_by_deadline, ShareEndCause.DEADLINE),
        (stop_by_card, ShareEndCause.CARD_ENTRY),
        (stop_by_end, ShareEndCause.CASE_ENDED),
        (stop_by_wipe, ShareEndCause.CASE_ENDED),
        (stop_by_media, ShareEndCause.MEDIA_LOST),
        (stop_by_link, ShareEndCause.LINK_LOST),
        (stop_by_agent_gone, ShareEndCause.PEER_LOST),
        (stop_by_other_agent, ShareEndCause.PEER_LOST),
    ],
)
def test_a_share_ends_with_its_cause_once(stop: object, cause: ShareEndCause) -> None:
    assert callable(stop)
    story = Story()
    story.to_share()
    stop(story)
    assert story.view.share is None
    assert [effect.cause for effect in story.did(effects.StopShare)] == [cause]
    (report,) = story.sent(ReportShareEnded)
    assert (report.ask, report.cause) == (ASK, cause)
    story.wait(2 * SHARE_SECONDS)
    assert len(story.sent(ReportShareEnded)) == 1
    assert len(story.did(effects.StartShare)) == 1


def test_how_long_was_shared_is_told_and_never_more_than_agreed() -> None:
    story = Story()
    story.to_share()
    story.wait(42)
    story.feed(events.ShareStopPressed())
    assert story.sent(ReportShareEnded)[0].shared_seconds == 42
    assert story.notice() is Notice.SHARE_ENDED
    assert story.view.share_ended is ShareEndCause.SHOPPER_STOPPED
    slept = Story()
    slept.to_share()
    slept.clock.advance(3 * SHARE_SECONDS)
    slept.feed(events.TimePassed())
    assert slept.sent(ReportShareEnded)[0].shared_seconds == SHARE_SECONDS


def test_a_new_connection_goes_on_under_the_same_grant() -> None:
    story = Story()
    story.to_share()
    story.wait(100)
    story.feed(events.PeerLost(1, "gone"))
    assert [effect.cause for effect in story.did(effects.StopShare)] == [ShareEndCause.PEER_LOST]
    assert not story.sent(ReportShareEnded)
    assert story.view.share is not None
    assert not story.view.share.live
    story.feed(events.ShareWentLive(True))
    assert not story.view.share.live
    story.wait(5)
    story.connect(2)
    first, second = story.did(effects.StartShare)
    assert first.grant == second.grant
    assert story.view.share.left.ends_at == first.grant.deadline


def test_a_new_offer_pauses_what_nobody_sees_any_more() -> None:
    story = Story()
    story.to_share()
    story.offer(2)
    assert len(story.did(effects.StopShare)) == 1
    assert story.view.share is not None


def test_a_deadline_while_the_peer_is_away_ends_it_too() -> None:
    story = Story()
    story.to_share()
    story.feed(events.PeerLost(1, "gone"))
    story.wait(SHARE_SECONDS)
    assert story.sent(ReportShareEnded)[0].cause is ShareEndCause.DEADLINE
    story.connect(2)
    assert len(story.did(effects.StartShare)) == 1


def test_a_yes_before_the_connection_starts_when_it_is_there() -> None:
    story = Story()
    story.to_joining()
    story.ask()
    story.approve()
    assert story.view.share is not None
    assert not story.did(effects.StartShare)
    story.connect()
    assert len(story.did(effects.StartShare)) == 1
    unseen = Story()
    unseen.to_joining()
    unseen.ask()
    unseen.approve()
    unseen.wait(10)
    unseen.feed(events.ShareStopPressed())
    assert not unseen.did(effects.StopShare)
    assert unseen.sent(ReportShareEnded)[0].shared_seconds == 0


@pytest.mark.en301549("9.2.2.1")
def test_renewing_asks_again_and_only_in_the_last_minute() -> None:
    story = Story()
    story.to_share()
    story.feed(events.ShareRenewPressed())
    assert story.view.consent is None
    story.wait(SHARE_SECONDS - RENEW_SECONDS)
    assert story.view.share is not None
    assert story.view.share.renewable
    story.feed(events.ShareRenewPressed())
    story.feed(events.ShareRenewPressed())
    assert story.sheet() is Sheet.CONSENT
    assert len(story.did(effects.StartShare)) == 1
    assert story.view.consent is not None
    ask = story.view.consent.ask
    assert ask != ASK
    story.approve(ask)
    grant = story.did(effects.StartShare)[-1].grant
    assert grant.ask == ask
    assert grant.deadline == story.clock.monotonic() + SHARE_SECONDS
    story.wait(SHARE_SECONDS - 1)
    assert story.view.share is not None
    story.wait(1)
    assert [report.ask for report in story.sent(ReportShareEnded)] == [ask]


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_renewal_not_agreed_to_goes_with_the_share(by_hand: bool) -> None:
    story = Story()
    story.to_share()
    story.wait(SHARE_SECONDS - 10)
    story.feed(events.ShareRenewPressed())
    assert story.view.consent is not None
    ask = story.view.consent.ask
    if by_hand:
        story.feed(events.ShareStopPressed())
    else:
        story.wait(10)
    assert story.view.share is None
    assert story.sheet() is Sheet.CHAT
    assert story.notice() is Notice.SHARE_ENDED
    assert answers(story)[-1] == (ask, False)
    story.feed(events.ConsentApproved(ask))
    assert len(story.did(effects.StartShare)) == 1


def test_live_is_what_the_media_process_says() -> None:
    story = Story()
    story.to_share()
    story.feed(events.ShareWentLive(False))
    assert story.view.share is not None
    assert not story.view.share.live


def test_the_last_gate_holds_by_itself() -> None:
    """A question that should have gone with the link: its yes is a no all the same."""
    story = Story()
    story.to_chat()
    story.ask()
    core = vars(story.machine)["_core"]
    core.link = LinkState.DOWN
    story.feed(events.ConsentApproved(ASK))
    assert answers(story) == [(ASK, False)]
    assert not story.did(effects.StartShare)


def test_the_card_step_without_a_case_is_nobodys_business() -> None:
    story = Story()
    story.link_up()
    story.scan(COFFEE, step=PaymentStep.CARD_ENTRY)
    assert not story.did(effects.Send)


def test_the_office_hears_whose_no_it_was() -> None:
    story = Story()
    story.to_chat()
    story.ask()
    story.wait(ASK_SECONDS)
    story.ask(OTHER_ASK)
    story.feed(events.ConsentRefused(OTHER_ASK))
    story.ask(uuid_of(0xCAFE))
    story.wait(REASK_SECONDS)
    story.scan(COFFEE, step=PaymentStep.CARD_ENTRY)
    story.ask(uuid_of(0xD00D))
    assert [message.answer for message in story.sent(AnswerScreenShare)] == [
        ShareAnswer.TIMED_OUT,
        ShareAnswer.REFUSED,
        ShareAnswer.REFUSED,
        ShareAnswer.NOT_NOW,
    ]
