from kiosk_app.case.events import ShareRenewPressed, ShareStopPressed
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.screen import View
from kiosk_app.case.view.share import ShareView
from tests.ui.overlay.conftest import Stage


def sharing(
    stage: Stage, left: float = 252.0, *, live: bool = True, renewable: bool = False
) -> View:
    time = Countdown(300, stage.clock.monotonic() + left)
    return View(share=ShareView("Lisa", time, live, renewable))


def test_who_sees_the_screen_and_how_long(stage: Stage) -> None:
    stage.show(sharing(stage))

    assert "Lisa ser skärmen" in stage.texts("share_banner")
    assert stage.texts("share_countdown") == "4:12"


def test_the_countdown_follows_the_clock(stage: Stage) -> None:
    stage.show(sharing(stage))
    stage.clock.advance(13)

    stage.banner.ring.ticked.emit(239.0)

    assert stage.texts("share_countdown") == "3:59"


def test_banner_and_frame_are_there_exactly_while_there_is_a_share(stage: Stage) -> None:
    assert not stage.shows("share_banner")
    assert not any(bar.isVisible() for bar in stage.banner.frame.bars)

    stage.show(sharing(stage))
    assert stage.shows("share_banner")
    assert all(bar.isVisible() for bar in stage.banner.frame.bars)

    stage.show(View())
    assert not stage.shows("share_banner")
    assert not any(bar.isVisible() for bar in stage.banner.frame.bars)


def test_the_frame_is_round_the_whole_window_also_after_a_resize(stage: Stage) -> None:
    stage.show(sharing(stage))
    stage.window.resize(900, 1200)

    united = stage.banner.frame.bars[0].geometry()
    for bar in stage.banner.frame.bars:
        united = united.united(bar.geometry())
    assert united == stage.window.rect()


def test_stopping_is_one_tap(stage: Stage) -> None:
    stage.show(sharing(stage))

    stage.button("share_stop").click()

    assert stage.fed == [ShareStopPressed()]


def test_more_time_is_offered_in_the_last_minute_only(stage: Stage) -> None:
    stage.show(sharing(stage))
    assert not stage.shows("share_renew")

    stage.show(sharing(stage, 42, renewable=True))
    stage.button("share_renew").click()

    assert stage.fed == [ShareRenewPressed()]
    assert stage.texts("share_countdown") == "42 s"


def test_a_share_that_is_being_reconnected_says_so(stage: Stage) -> None:
    stage.show(sharing(stage, live=False))

    assert "Återansluter…" in stage.texts("share_banner")
    assert "ser skärmen" not in stage.texts("share_banner")


def test_the_frame_is_there_exactly_while_somebody_sees_the_screen(stage: Stage) -> None:
    for live in (True, False, True):
        stage.show(sharing(stage, live=live))
        assert stage.shows("share_banner")
        assert {bar.isVisible() for bar in stage.banner.frame.bars} == {live}


def test_it_speaks_the_language_of_the_view(stage: Stage) -> None:
    stage.show(View(language="en", share=sharing(stage).share))

    assert "Lisa sees the screen" in stage.texts("share_banner")
    assert stage.button("share_stop").text() == "Stop sharing"
