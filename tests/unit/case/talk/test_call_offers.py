"""Voice and video before they run: offered, asked for, never forced."""

from kiosk_app.case import events
from kiosk_app.case.settings import OFFER_AFTER_SECONDS
from kiosk_app.case.talk.call import ANSWER_SECONDS
from kiosk_app.case.talk.sharing import ARM_SECONDS, REASK_SECONDS
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallAnswer, CallKind, CallPhase, CallReason
from tests.unit.case.story import CALL_ASK, Story
from tests.unit.case.talk.calling import ALL, SOUND, call, offered, press, told


def test_voice_is_offered_after_a_minute_of_text_and_not_before(story: Story) -> None:
    story.to_chat()
    story.wait(OFFER_AFTER_SECONDS - 0.1)
    assert offered(story) is None
    story.wait(0.2)
    assert offered(story) is CallKind.VOICE
    assert story.devices() == set()
    assert told(story).call.phase is CallPhase.OFFERED


def test_yes_to_the_kiosks_own_offer_asks_the_agent(story: Story) -> None:
    story.to_chat()
    story.wait(OFFER_AFTER_SECONDS + 1)
    story.accept_call()
    assert call(story).phase is CallPhase.ASKED
    assert story.devices() == set()
    story.ask_call()
    assert call(story).phase is CallPhase.LIVE
    assert story.devices() == SOUND


def test_it_is_not_asked_while_contact_is_lost(story: Story) -> None:
    story.to_chat()
    story.wait(OFFER_AFTER_SECONDS - 10)
    story.feed(events.LinkLost())
    story.wait(20)
    assert offered(story) is None
    story.link_up(resumed=True)
    story.wait(OFFER_AFTER_SECONDS)
    assert call(story).offer is not None
    story.feed(events.LinkLost())
    assert offered(story) is None, "nor does it stay"
    story.link_up(resumed=True)
    assert call(story).offer is not None


def test_the_agents_question_takes_the_place_of_the_kiosks_own(story: Story) -> None:
    story.to_chat()
    story.feed(events.HelpPressed())
    story.wait(OFFER_AFTER_SECONDS + 1)
    assert told(story).call.suggested
    assert story.view.folded, "a suggestion brings nothing up"

    story.ask_call()

    offer = call(story).offer
    assert offer is not None
    assert offer.by_agent
    assert not story.view.folded
    assert told(story).call.offered is CallKind.VOICE
    assert not told(story).call.suggested


def test_no_to_it_is_the_last_that_is_heard_of_it(story: Story) -> None:
    story.to_chat()
    story.wait(OFFER_AFTER_SECONDS + 1)
    offer = call(story).offer
    assert offer is not None
    story.feed(events.CallOfferRefused(offer.ask))
    story.wait(10 * OFFER_AFTER_SECONDS)
    assert offered(story) is None
    assert story.sheet() is Sheet.CHAT


def test_nothing_is_offered_over_a_question_about_the_screen(story: Story) -> None:
    story.to_chat()
    story.wait(OFFER_AFTER_SECONDS - 5)
    story.ask()
    story.wait(10)
    assert offered(story) is None
    story.feed(events.ConsentRefused(story.view.consent.ask if story.view.consent else ""))
    story.wait(10)
    assert offered(story) is CallKind.VOICE


def test_the_agents_word_is_a_question_and_opens_nothing(story: Story) -> None:
    story.to_chat()
    story.feed(events.HelpPressed())
    assert story.view.folded
    story.ask_call(CallKind.VIDEO, reason=CallReason.AGE_CHECK)
    offer = call(story).offer
    assert offer is not None
    assert (offer.kind, offer.reason, offer.by_agent) == (
        CallKind.VIDEO,
        CallReason.AGE_CHECK,
        True,
    )
    assert not story.view.folded
    assert story.devices() == set()


def test_yes_opens_what_was_asked_for_and_no_more(story: Story) -> None:
    story.to_call()
    assert story.devices() == SOUND
    assert call(story).phase is CallPhase.LIVE
    assert told(story).call.answer is CallAnswer.GRANTED
    assert told(story).text_version == "call-1"
    assert told(story).language == "sv"


def test_yes_to_video_opens_the_camera_too(story: Story) -> None:
    story.to_call(CallKind.VIDEO)
    assert story.devices() == ALL
    assert call(story).camera
    assert told(story).call.camera


def test_a_press_too_early_to_have_read_the_question_is_none(story: Story) -> None:
    story.to_chat()
    story.ask_call()
    story.wait(ARM_SECONDS / 2)
    story.feed(events.CallOfferAccepted(CALL_ASK))
    assert story.devices() == set()
    assert offered(story) is CallKind.VOICE


def test_a_yes_to_a_question_that_is_not_asked_is_nothing(story: Story) -> None:
    story.to_chat()
    story.feed(events.CallOfferAccepted(CALL_ASK))
    assert story.devices() == set()
    assert call(story).phase is CallPhase.NONE


def test_refusing_loses_nothing_and_is_not_asked_again_at_once(story: Story) -> None:
    story.to_chat()
    story.ask_call()
    story.feed(events.CallOfferRefused(CALL_ASK))
    assert told(story).call.answer is CallAnswer.REFUSED
    story.ask_call()
    assert offered(story) is None
    assert told(story).call.answer is CallAnswer.REFUSED
    assert story.sheet() is Sheet.CHAT
    story.agent_says("Då skriver vi")
    assert story.view.chat is not None
    assert story.view.chat.lines[-1].text == "Då skriver vi"
    story.wait(REASK_SECONDS)
    story.ask_call()
    assert offered(story) is CallKind.VOICE


def test_no_answer_is_a_no(story: Story) -> None:
    story.to_chat()
    story.ask_call()
    story.wait(ANSWER_SECONDS - 0.1)
    assert offered(story) is CallKind.VOICE
    story.wait(0.2)
    assert offered(story) is None
    assert told(story).call.answer is CallAnswer.TIMED_OUT


def test_the_question_delivered_twice_is_one_question(story: Story) -> None:
    story.to_chat()
    story.ask_call()
    story.wait(20)
    story.ask_call()
    story.wait(ANSWER_SECONDS - 19)
    assert offered(story) is None


def test_the_agent_may_take_the_question_back(story: Story) -> None:
    story.to_chat()
    story.ask_call()
    story.feed(to_kiosk.EndCall(case=story.case))
    assert offered(story) is None
    assert call(story).phase is CallPhase.NONE
    assert story.notice() is None


def test_the_shopper_asks_and_the_agent_joins_by_one_press(story: Story) -> None:
    story.to_chat()
    press(story)
    assert call(story).phase is CallPhase.ASKED
    assert told(story).call.phase is CallPhase.ASKED
    story.ask_call()
    assert call(story).phase is CallPhase.LIVE
    assert story.devices() == SOUND


def test_a_wish_for_video_is_met_by_an_agent_who_talks(story: Story) -> None:
    story.to_chat()
    press(story, CallKind.VIDEO)
    story.ask_call(CallKind.VOICE)
    assert story.devices() == ALL


def test_a_wish_for_voice_is_no_yes_to_the_camera(story: Story) -> None:
    story.to_chat()
    press(story)
    story.ask_call(CallKind.VIDEO, reason=CallReason.VISUAL_FAULT)
    assert story.devices() == SOUND
    assert offered(story) is CallKind.VIDEO
    story.accept_call()
    assert story.devices() == ALL


def test_a_wish_can_be_taken_back(story: Story) -> None:
    story.to_chat()
    press(story)
    story.feed(events.CallEndPressed())
    assert call(story).phase is CallPhase.ENDED
    story.ask_call()
    assert story.devices() == set()


def test_in_a_call_the_camera_is_the_shoppers_to_open_and_close(story: Story) -> None:
    story.to_call()
    press(story, CallKind.VIDEO)
    assert story.devices() == ALL
    story.feed(events.CameraStopPressed())
    assert story.devices() == SOUND
    assert call(story).phase is CallPhase.LIVE


def test_pressing_what_the_agent_asks_for_is_a_yes(story: Story) -> None:
    story.to_chat()
    story.ask_call()
    press(story)
    assert call(story).phase is CallPhase.LIVE
    assert offered(story) is None
