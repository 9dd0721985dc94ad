"""The call of a story, as its tests ask about it."""

from kiosk_app.case import events
from kiosk_app.case.view.call import CallView
from kiosk_app.protocol.call import CallDevice, CallKind
from kiosk_app.protocol.from_kiosk import ReportCall
from tests.unit.case.story import Story

SOUND = {CallDevice.MICROPHONE, CallDevice.SPEAKER}
ALL = {*SOUND, CallDevice.CAMERA}


def call(story: Story) -> CallView:
    assert story.view.call is not None
    return story.view.call


def offered(story: Story) -> CallKind | None:
    offer = call(story).offer
    return offer.kind if offer is not None else None


def told(story: Story) -> ReportCall:
    return story.sent(ReportCall)[-1]


def press(story: Story, kind: CallKind = CallKind.VOICE) -> None:
    story.feed(events.CallPressed(kind))
