"""The call on the screen: asked, answered, heard, seen, ended and forgotten."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk_app.case.events import (
    CallEndPressed,
    CallMutePressed,
    CallOfferAccepted,
    CallOfferRefused,
    CallPressed,
    CameraStopPressed,
)
from kiosk_app.case.talk.sharing import ARM_SECONDS
from kiosk_app.case.view.call import CallOfferView, CallView
from kiosk_app.case.view.chat import LettersView
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.screen import Sheet
from kiosk_app.media.ports import Whose
from kiosk_app.protocol.call import CallKind, CallPhase, CallReason
from kiosk_app.ui.call.pictures import CallPictures
from kiosk_app.ui.overlay.slide import Slide
from tests.support.call_screens import DrawnPicture, call_view
from tests.support.repaint import Painted
from tests.support.screens import settle
from tests.support.screens import stage as whole_window
from tests.ui.overlay.conftest import Stage, make_stage

VOICE = CallView("Lisa", CallPhase.LIVE, CallKind.VOICE)
VIDEO = CallView("Lisa", CallPhase.LIVE, CallKind.VIDEO, camera=True)
PRIVACY = "Vi använder video och röst bara för att hjälpa i stunden."


def offer(
    stage: Stage, kind: CallKind = CallKind.VOICE, reason: CallReason = CallReason.GUIDANCE
) -> CallOfferView:
    now = stage.clock.monotonic()
    return CallOfferView("ask", kind, reason, True, now + ARM_SECONDS, Countdown(30, now + 30))


def test_a_call_can_be_asked_for_from_the_chat(stage: Stage) -> None:
    stage.show(call_view(CallView("Lisa")))

    stage.button("voice_start").click()
    stage.button("video_start").click()

    assert stage.fed == [CallPressed(CallKind.VOICE), CallPressed(CallKind.VIDEO)]
    assert not stage.shows("call_mute")
    assert not stage.shows("call_end")


def test_nothing_is_offered_where_there_can_be_no_call(stage: Stage) -> None:
    stage.show(call_view(CallView("Lisa", voice=False, video=False)))

    assert not stage.shows("voice_start")
    assert not stage.shows("video_start")


def test_what_cannot_be_pressed_now_is_off(stage: Stage) -> None:
    stage.show(call_view(CallView("Lisa", video=False)))

    assert stage.button("voice_start").isEnabled()
    assert not stage.button("video_start").isEnabled()


@pytest.mark.en301549("6.3")
@pytest.mark.parametrize(
    ("kind", "reason", "words"),
    [
        (CallKind.VOICE, CallReason.GUIDANCE, "Lisa vill gärna prata med dig."),
        (CallKind.VIDEO, CallReason.AGE_CHECK, "Lisa behöver kontrollera din ålder med kameran."),
        (CallKind.VIDEO, CallReason.VISUAL_FAULT, "Lisa vill gärna se vad som är fel."),
    ],
)
def test_a_question_says_who_what_and_why(
    stage: Stage, kind: CallKind, reason: CallReason, words: str
) -> None:
    stage.show(call_view(CallView("Lisa", offer=offer(stage, kind, reason))))

    said = stage.texts("call_offer")
    assert words in said
    assert PRIVACY in said
    assert ("Kameran" in said) == (kind is CallKind.VIDEO)


def test_beside_a_question_nothing_else_is_asked(stage: Stage) -> None:
    stage.show(call_view(CallView("Lisa", offer=offer(stage))))
    assert not stage.shows("voice_start")
    assert not stage.shows("video_start")

    stage.show(call_view(CallView("Lisa")))
    assert stage.shows("voice_start")
    assert stage.shows("video_start")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_question_in_a_call_leaves_room_for_the_keys_below(qtbot: QtBot, language: str) -> None:
    # As high as the window is on a screen of 1080 x 1920 beside the desktop's own bars.
    stage = make_stage(qtbot, (1026, 1824), language=language)
    call = replace(VIDEO, camera=False, kind=CallKind.VOICE)
    asks = offer(stage, CallKind.VIDEO, CallReason.VISUAL_FAULT)
    letters = LettersView("Lisa", live=True)
    stage.show(replace(call_view(replace(call, offer=asks)), letters=letters, phone=True))
    settle()
    assert stage.shows("call_offer")
    for name in ("chat_send", "chat_end", "rtt_switch", "chat_phone"):
        key = stage.button(name)
        assert key.visibleRegion().boundingRect() == key.rect(), f"{name} is seen whole"


def test_a_question_takes_no_press_before_it_can_have_been_read(stage: Stage) -> None:
    view = call_view(CallView("Lisa", offer=offer(stage)))
    stage.show(view)
    stage.button("call_offer_yes").click()
    assert stage.fed == []

    stage.clock.advance(ARM_SECONDS)
    stage.show(replace(view, language="sv"))
    stage.button("call_offer_yes").click()
    stage.button("call_offer_no").click()

    assert stage.fed == [CallOfferAccepted("ask"), CallOfferRefused("ask")]


def test_who_has_asked_reads_what_it_is_for_and_can_take_it_back(stage: Stage) -> None:
    stage.show(call_view(CallView("Lisa", CallPhase.ASKED, CallKind.VOICE)))

    assert PRIVACY in stage.texts("call_strip")
    assert "Lisa får frågan" in stage.texts("call_strip")
    stage.button("call_end").click()
    assert stage.fed == [CallEndPressed()]


def test_in_a_call_it_is_muted_and_ended_by_one_press(stage: Stage) -> None:
    stage.show(call_view(VOICE))
    assert "Lisa hör dig" in stage.texts("call_strip")

    stage.button("call_mute").click()
    stage.button("video_start").click()
    stage.button("call_end").click()

    assert stage.fed == [CallMutePressed(), CallPressed(CallKind.VIDEO), CallEndPressed()]


@pytest.mark.en301549("5.6.1", "5.6.2")
def test_muted_is_said_and_seen(stage: Stage) -> None:
    stage.show(call_view(VOICE))
    assert not stage.button("call_mute").isChecked()

    stage.show(call_view(replace(VOICE, muted=True)))

    assert stage.button("call_mute").isChecked()
    assert stage.button("call_mute").accessibleName() == "Öppna din mikrofon"
    assert "Din mikrofon är stängd" in stage.texts("call_strip")


def test_a_press_does_not_say_muted_before_the_rules_do(stage: Stage) -> None:
    stage.show(call_view(VOICE))

    stage.button("call_mute").click()

    assert not stage.button("call_mute").isChecked()


def test_the_camera_is_as_easy_to_close_as_to_open(stage: Stage) -> None:
    stage.show(call_view(VIDEO))

    stage.button("video_start").click()

    assert stage.fed == [CameraStopPressed()]


@pytest.mark.en301549("6.2.2.4", "6.5.5")
def test_who_is_heard_is_seen_at_once(stage: Stage) -> None:
    stage.show(call_view(VOICE))
    strip = stage.overlay.chat.call.strip
    quiet = strip.agent.grab().toImage()

    stage.overlay.chat.call.show_sound(0, 8)

    assert strip.agent.grab().toImage() != quiet
    assert strip.agent.accessibleName() == "Lisa hörs"
    assert strip.own.accessibleName() == "Du är tyst"


def test_nobody_is_heard_where_there_is_no_call(stage: Stage) -> None:
    stage.show(call_view(CallView("Lisa")))

    stage.overlay.chat.call.show_sound(9, 9)

    assert stage.overlay.chat.call.strip.agent.level == 0


def colour_of(stage: Stage, whose: Whose) -> QColor | None:
    image = stage.overlay.chat.call.pictures.image(whose)
    return image.pixelColor(5, 5) if image is not None else None


def test_both_are_seen_and_gone_when_they_are(stage: Stage) -> None:
    stage.show(call_view(VIDEO))
    panel = stage.overlay.chat.call
    panel.show_picture(Whose.AGENT, DrawnPicture(150, 110, 90))
    panel.show_picture(Whose.SHOPPER, DrawnPicture(60, 110, 150))
    assert colour_of(stage, Whose.AGENT) == QColor(150, 110, 90)
    assert colour_of(stage, Whose.SHOPPER) == QColor(60, 110, 150)
    assert panel.pictures.accessibleName() == "Bild av Lisa. Det som kameran visar av dig"

    panel.show_picture(Whose.AGENT, None)
    stage.show(call_view(VOICE))

    assert colour_of(stage, Whose.AGENT) is None
    assert colour_of(stage, Whose.SHOPPER) is None
    assert not stage.shows("call_pictures")


def test_a_late_picture_of_the_shopper_is_not_shown_once_the_camera_is_closed(
    stage: Stage,
) -> None:
    stage.show(call_view(VOICE))

    stage.overlay.chat.call.show_picture(Whose.SHOPPER, DrawnPicture(60, 110, 150))

    assert colour_of(stage, Whose.SHOPPER) is None


def test_nothing_of_it_stays_for_the_next_shopper(stage: Stage) -> None:
    stage.show(call_view(replace(VIDEO, offer=offer(stage))))
    panel = stage.overlay.chat.call
    panel.show_picture(Whose.AGENT, DrawnPicture(150, 110, 90))
    panel.show_picture(Whose.SHOPPER, DrawnPicture(60, 110, 150))

    stage.overlay.wipe()

    assert colour_of(stage, Whose.AGENT) is None
    assert colour_of(stage, Whose.SHOPPER) is None
    assert panel.strip.isHidden()
    assert panel.offer.isHidden()


def test_a_picture_repaints_its_own_place_and_nothing_below(qapp: QApplication) -> None:
    """Or the till under the sheet would be painted 45 times a second, for nobody."""
    with whole_window() as at:
        at.show(call_view(VIDEO))
        at.shell.show_picture(Whose.AGENT, DrawnPicture(150, 110, 90))
        at.shell.show_picture(Whose.SHOPPER, DrawnPicture(60, 110, 150))
        settle()
        pictures = at.shell.findChild(CallPictures)
        assert pictures is not None
        window, place = Painted(at.shell), Painted(pictures)

        at.shell.show_picture(Whose.SHOPPER, DrawnPicture(60, 150, 110))
        settle()
        assert 0 < place.area < pictures.width() * pictures.height() / 4
        at.shell.show_picture(Whose.AGENT, DrawnPicture(110, 150, 90))
        at.shell.show_sound(4, 4)
        settle()
        assert window.area == 0


def test_its_sheet_slides_though_the_banner_comes_and_goes(qapp: QApplication) -> None:
    with whole_window(reduced_motion=False) as at:
        at.show(call_view(VIDEO, folded=True))
        slide = at.shell.findChild(Slide)
        assert slide is not None
        slide.stop()

        at.shell.show_view(call_view(VIDEO))
        assert slide.running
        slide.stop()
        at.shell.show_view(call_view(VIDEO, folded=True))
        assert slide.running


def test_a_folded_call_is_seen_and_ended_at_the_top_of_the_window(qapp: QApplication) -> None:
    with whole_window() as at:
        at.show(call_view(VOICE, folded=True))
        banner = at.shell.findChild(type(at.shell._late._make_call()))
        assert banner is not None
        assert banner.isVisible()
        assert banner.geometry().top() == 0
        assert banner.geometry().bottom() < at.shell._keys.geometry().top()
        banner.strip.end.click()
        assert at.fed[-1] == CallEndPressed()

        at.show(call_view(VOICE))
        assert not banner.isVisible()
        at.show(call_view(VOICE, sheet=Sheet.CONSENT, folded=False))
        settle()
        assert banner.isVisible(), "an open microphone with nothing on the screen that says so"
        at.show(call_view(CallView("Lisa"), folded=True))
        assert not banner.isVisible()
