"""Voice and video while they run: what is open, who ends it, and what a break costs."""

import pytest

from kiosk_app.case import events
from kiosk_app.case.core import JOINING_SECONDS
from kiosk_app.case.course.kiosk_events import LINK_GONE_SECONDS
from kiosk_app.case.effects import DropPeer, StopMedia
from kiosk_app.case.machine import Machine
from kiosk_app.case.settings import OFFER_AFTER_SECONDS, CaseSettings
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.call import CallView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallAnswer, CallDevice, CallEndCause, CallKind, CallPhase
from kiosk_app.protocol.from_kiosk import ReportCall
from kiosk_app.protocol.policy import KioskPolicy
from kiosk_app.protocol.shared import CasePhase, PaymentStep
from tests.unit.case.story import Story, uuid_of
from tests.unit.case.talk.calling import ALL, SOUND, call, offered, press, told


def help_state(story: Story) -> HelpState:
    return story.view.help.state


def without(story: Story, *, voice: bool = True, video: bool = True) -> Story:
    """The same story at a kiosk that lacks something."""
    settings = CaseSettings(store="Byabutiken", till_name="Kassa 2", voice=voice, video=video)
    numbers = iter(range(1, 10_000))
    story.machine = Machine(lambda: uuid_of(next(numbers)), lambda: "4821", settings)
    return story


def test_mute_closes_the_microphone(story: Story) -> None:
    story.to_call()
    story.feed(events.CallMutePressed())
    assert story.devices() == {CallDevice.SPEAKER}
    assert call(story).muted
    assert told(story).call.muted
    story.feed(events.CallMutePressed())
    assert story.devices() == SOUND


def test_hanging_up_closes_all_and_the_chat_goes_on(story: Story) -> None:
    story.to_call(CallKind.VIDEO)
    story.feed(events.CallEndPressed())
    assert story.devices() == set()
    assert told(story).call.cause is CallEndCause.SHOPPER_ENDED
    assert story.sheet() is Sheet.CHAT
    assert story.notice() is None


def test_the_agent_hangs_up_and_it_is_said(story: Story) -> None:
    story.to_call()
    story.feed(to_kiosk.EndCall(case=story.case))
    assert story.devices() == set()
    assert story.notice() is Notice.CALL_ENDED
    assert call(story).cause is CallEndCause.AGENT_ENDED


def test_card_entry_closes_the_camera_and_the_talk_goes_on(story: Story) -> None:
    story.to_call(CallKind.VIDEO)
    story.scan(step=PaymentStep.CARD_ENTRY)
    assert story.devices() == SOUND
    assert story.notice() is Notice.CAMERA_CLOSED
    assert not call(story).video
    press(story, CallKind.VIDEO)
    assert story.devices() == SOUND
    story.scan(step=PaymentStep.PAID)
    assert story.devices() == SOUND, "it opened without a press"
    press(story, CallKind.VIDEO)
    assert story.devices() == ALL


def test_video_cannot_be_asked_for_in_card_entry(story: Story) -> None:
    story.to_chat()
    story.ask_call(CallKind.VIDEO)
    story.scan(step=PaymentStep.CARD_ENTRY)
    assert offered(story) is None
    assert told(story).call.answer is CallAnswer.NOT_NOW
    story.ask_call(CallKind.VIDEO)
    assert offered(story) is None
    story.ask_call()
    assert offered(story) is CallKind.VOICE


def test_a_lost_link_does_not_end_a_living_call(story: Story) -> None:
    story.to_call()
    story.feed(events.LinkLost())
    assert help_state(story) is HelpState.AGENT, "the agent is there and talks"
    story.wait(3 * LINK_GONE_SECONDS)
    assert story.devices() == SOUND
    assert story.sheet() is Sheet.CHAT
    story.feed(events.CallEndPressed())
    assert help_state(story) is HelpState.RECONNECTING
    story.wait(LINK_GONE_SECONDS)
    assert story.sheet() in (Sheet.SAVING, Sheet.FAILURE)


def test_a_lost_connection_closes_all_and_a_new_one_goes_on_without_a_tap(story: Story) -> None:
    story.to_call(CallKind.VIDEO)
    story.feed(events.CallMutePressed())
    story.feed(events.PeerLost(1, "gone"))
    assert story.devices() == set()
    assert call(story).phase is CallPhase.CONNECTING
    story.connect(2)
    assert story.devices() == {CallDevice.SPEAKER, CallDevice.CAMERA}
    assert call(story).phase is CallPhase.LIVE


def test_a_new_offer_means_that_the_old_connection_is_not_heard(story: Story) -> None:
    story.to_call()
    story.offer(2)
    assert story.devices() == set()


def test_a_dead_media_process_costs_the_call_nothing_but_a_moment(story: Story) -> None:
    story.to_call()
    story.feed(events.MediaDied("killed"))
    assert story.devices() == set()
    story.feed(events.MediaReady())
    story.connect(2)
    assert story.devices() == SOUND


def test_with_another_agent_nothing_of_it_goes_on(story: Story) -> None:
    story.to_call()
    done = story.feed(to_kiosk.AgentLeft(case=story.case))
    assert story.devices() == set()
    assert isinstance(done[-1], DropPeer)
    assert told(story).call.cause is CallEndCause.AGENT_LEFT
    story.join("Omar")
    story.connect(2)
    story.wait(JOINING_SECONDS)
    assert story.devices() == set()


@pytest.mark.parametrize(
    "ending",
    [events.NewCustomerPressed(), events.LeavePressed()],
    ids=["next shopper", "goodbye"],
)
def test_the_case_takes_the_call_with_it(story: Story, ending: events.Event) -> None:
    story.to_call(CallKind.VIDEO)
    done = story.feed(ending)
    assert story.devices() == set()
    assert any(isinstance(effect, StopMedia) for effect in done)
    assert story.view.call is None


def test_the_next_case_begins_without_a_call(story: Story) -> None:
    story.to_call(CallKind.VIDEO)
    story.feed(events.CallMutePressed())
    story.feed(events.NewCustomerPressed())
    story.to_chat()
    assert call(story) == CallView(agent_name="Lisa")
    assert story.devices() == set()


def test_what_the_office_missed_is_told_again(story: Story) -> None:
    story.to_call()
    before = len(story.sent(ReportCall))
    story.state(CasePhase.ACTIVE, agent="Lisa")
    assert len(story.sent(ReportCall)) == before + 1
    assert told(story).call.phase is CallPhase.LIVE


def test_a_kiosk_that_was_started_anew_says_that_there_is_no_call(story: Story) -> None:
    story.link_up()
    story.feed(events.VisitRecovered("v", uuid_of(77), b"", "", False, 200.0))
    story.state(CasePhase.ACTIVE, case=uuid_of(77), agent="Lisa")
    assert told(story).call.phase is CallPhase.NONE


@pytest.mark.parametrize("device", sorted(SOUND))
def test_without_sound_the_call_ends_in_words_and_the_chat_goes_on(
    story: Story, device: CallDevice
) -> None:
    story.to_call()
    story.feed(events.DeviceFailed(device, "unplugged"))
    assert story.devices() == set()
    assert story.notice() is Notice.CALL_ENDED
    assert call(story).cause in (CallEndCause.NO_MICROPHONE, CallEndCause.NO_SPEAKER)
    assert story.sheet() is Sheet.CHAT


def test_without_a_camera_it_goes_on_as_voice(story: Story) -> None:
    story.to_call(CallKind.VIDEO)
    story.feed(events.DeviceFailed(CallDevice.CAMERA, "unplugged"))
    assert story.devices() == SOUND
    assert story.notice() is Notice.CAMERA_MISSING
    assert told(story).call.kind is CallKind.VOICE


def test_news_of_a_device_that_is_not_used_is_none(story: Story) -> None:
    story.to_call()
    story.feed(events.DeviceFailed(CallDevice.CAMERA, "late"))
    assert story.notice() is None
    assert story.devices() == SOUND


def test_a_kiosk_without_a_microphone_offers_nothing(story: Story) -> None:
    without(story, voice=False)
    story.to_chat()
    story.wait(2 * OFFER_AFTER_SECONDS)
    assert offered(story) is None
    assert not call(story).voice
    assert not call(story).video
    press(story)
    assert call(story).phase is CallPhase.NONE
    story.ask_call()
    assert told(story).call.answer is CallAnswer.NO_DEVICE


def test_the_office_switches_it_off_for_what_has_not_begun(story: Story) -> None:
    story.to_call(CallKind.VIDEO)
    story.feed(events.PolicyChanged(KioskPolicy(voice=False, video=False)))
    assert story.devices() == ALL
    story.feed(events.CallEndPressed())
    press(story)
    assert call(story).phase is CallPhase.ENDED
    assert not call(story).voice


def test_a_kiosk_without_a_camera_talks(story: Story) -> None:
    without(story, video=False)
    story.to_chat()
    story.ask_call(CallKind.VIDEO)
    assert told(story).call.answer is CallAnswer.NO_DEVICE
    story.ask_call()
    story.accept_call()
    assert story.devices() == SOUND
    assert not call(story).video
