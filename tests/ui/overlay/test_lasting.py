"""In large text the ways to a person stand still while the rest of the page scrolls."""

import pytest
from PySide6.QtWidgets import QApplication

from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.ending import FailureView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.wait import QueueView
from kiosk_app.ui.looks import Looks
from kiosk_app.ui.overlay.safety import SafetyKey
from tests.support.help import menu_view
from tests.support.screens import LANDSCAPE, PORTRAIT, Stage, settle, stage


def failure(at: Stage) -> View:
    notice = FailureView("4821", at.countdown(300, 290), empty_cart=False, retry=True)
    return View(sheet=Sheet.FAILURE, failure=notice, help=HelpView(HelpState.FAILED))


def queue(at: Stage) -> View:
    waits = QueueView(1, at.countdown(60, 20), text_sent=True)
    return View(sheet=Sheet.QUEUE, queue=waits, help=HelpView(HelpState.QUEUED, position=1))


def menu(at: Stage) -> View:
    return View(sheet=Sheet.MENU, menu=menu_view(at.language), help=HelpView(HelpState.OPEN))


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("make", [failure, queue, menu])
def test_the_safety_key_is_in_sight(
    qapp: QApplication, size: tuple[int, int], make: object
) -> None:
    assert callable(make)
    with stage(size, "sv") as at:
        at.fill()
        at.shell.aids.apply(Looks(large=True))
        at.show(make(at))
        settle()
        [key] = [key for key in at.shell.findChildren(SafetyKey) if key.isVisible()]
        assert key.visibleRegion().boundingRect() == key.rect()
        assert key.words_height() <= key.height()


def test_it_goes_back_to_its_place(qapp: QApplication) -> None:
    with stage(PORTRAIT, "sv") as at:
        at.fill()
        at.show(failure(at))
        settle()
        [key] = [key for key in at.shell.findChildren(SafetyKey) if key.isVisible()]
        home = key.parentWidget()
        at.shell.aids.apply(Looks(large=True))
        settle()
        assert key.parentWidget() is not home
        at.shell.aids.apply(Looks())
        settle()
        assert key.parentWidget() is home
        assert key.visibleRegion().boundingRect() == key.rect()
