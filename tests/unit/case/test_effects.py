"""What ends is over before the screen is drawn anew."""

from kiosk_app.case.effects import (
    CloseDevice,
    DropPeer,
    Effect,
    OpenDevice,
    StartMedia,
    StopMedia,
    StopShare,
    WipeTill,
    endings_first,
)
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import ShareEndCause

SHARE = StopShare(ShareEndCause.CARD_ENTRY)
CAMERA = CloseDevice(CallDevice.CAMERA)
MICROPHONE = CallDevice.MICROPHONE


def test_endings_come_first_in_their_order() -> None:
    wanted: tuple[Effect, ...] = (WipeTill(), SHARE, CAMERA, WipeTill(), DropPeer(), StopMedia())
    early, late = endings_first(wanted)
    assert early == (SHARE, CAMERA, DropPeer(), StopMedia())
    assert late == (WipeTill(), WipeTill())


def test_what_begins_anew_is_not_ended_by_it() -> None:
    wanted = (StopMedia(), StartMedia("case"))
    assert endings_first(wanted) == ((StopMedia(),), (StartMedia("case"),))


def test_what_has_only_begun_is_ended_after_it() -> None:
    wanted = (SHARE, OpenDevice(MICROPHONE), CloseDevice(MICROPHONE), StopMedia())
    early, late = endings_first(wanted)
    assert early == (SHARE,)
    assert late == (OpenDevice(MICROPHONE), CloseDevice(MICROPHONE), StopMedia())
