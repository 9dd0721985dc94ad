"""What any screen does for the controller: the window, the practice shopper, the tests' own."""

import random
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from kiosk_app.case.view.screen import View
from kiosk_app.cli.practice_lines import load_lines
from kiosk_app.cli.practice_shopper import PracticeShopper
from kiosk_app.kiosk.fake import FakeScreen
from kiosk_app.kiosk.ports import Screen
from kiosk_app.media.ports import Whose
from tests.support.gallery import OVERLAY_SCREENS
from tests.support.screens import Stage, settle, stage


class Sink:
    """Holds its user to what a sink is promised: a slot is filled and published, or not asked."""

    def __init__(self) -> None:
        self.published = 0
        self._begun = False

    def begin(self, width: int, height: int) -> memoryview | None:
        assert width > 0
        assert height > 0
        self._begun = True
        return memoryview(bytearray(width * height * 4))

    def publish(self) -> None:
        assert self._begun, "there is no slot to publish"
        self._begun = False
        self.published += 1


class Unseen:
    """A picture that nothing has come for yet."""

    def read(self, use: Callable[[memoryview, int, int], None]) -> bool:
        return False


@pytest.fixture
def at(qapp: QApplication) -> Iterator[Stage]:
    with stage() as at:
        at.fill()
        yield at


def practice(at: Stage) -> Screen:
    return PracticeShopper(
        till=at.till,
        terminal=at.terminal,
        press=at.fed.append,
        clock=at.clock,
        randomness=random.Random(1),
        lines=load_lines(),
        mean_seconds=60.0,
    )


@pytest.fixture(params=["window", "practice", "fake"])
def screen(request: pytest.FixtureRequest, at: Stage) -> Screen:
    made: dict[str, Callable[[], Screen]] = {
        "window": lambda: at.shell,
        "practice": lambda: practice(at),
        "fake": FakeScreen,
    }
    return made[request.param]()


def show(screen: Screen, view: View) -> None:
    screen.show_view(view)
    settle()


def test_any_view_may_follow_any_other(screen: Screen, at: Stage) -> None:
    views = [make(at) for make in OVERLAY_SCREENS.values()]
    random.Random(2).shuffle(views)
    for view in (View(), *views, views[0], views[0], View()):
        show(screen, view)


def test_no_frame_leaves_once_grabbing_has_stopped(screen: Screen, at: Stage) -> None:
    sink = Sink()
    screen.start_grabbing(sink)
    show(screen, OVERLAY_SCREENS["sharing"](at))
    screen.grab_whole()
    screen.stop_grabbing()
    sent = sink.published
    show(screen, View())
    screen.grab_whole()
    settle()
    assert sink.published == sent


def test_a_share_after_the_other_has_a_sink_of_its_own(screen: Screen, at: Stage) -> None:
    first, second = Sink(), Sink()
    screen.start_grabbing(first)
    screen.stop_grabbing()
    sent = first.published
    screen.start_grabbing(second)
    show(screen, OVERLAY_SCREENS["sharing"](at))
    screen.stop_grabbing()
    assert first.published == sent


def test_what_is_not_there_may_be_stopped_asked_and_shown(screen: Screen) -> None:
    screen.stop_grabbing()
    screen.grab_whole()
    screen.show_sound(9, 0)
    for whose in Whose:
        screen.show_picture(whose, Unseen())
        screen.show_picture(whose, None)
        screen.show_picture(whose, None)
    screen.show_sound(0, 0)
    settle()


@pytest.mark.parametrize("name", ["menu", "chat", "callback", "sharing"])
def test_a_visit_may_end_on_any_screen(screen: Screen, at: Stage, name: str) -> None:
    show(screen, OVERLAY_SCREENS[name](at))
    screen.till_wiped()
    screen.till_wiped()
    show(screen, View())


def test_the_window_shows_what_is_shared(at: Stage) -> None:
    sink = Sink()
    at.shell.start_grabbing(sink)
    assert sink.published == 1
    at.shell.grab_whole()
    assert sink.published == 2
    at.shell.stop_grabbing()
