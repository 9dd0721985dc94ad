"""The top bar: a new customer is asked before anything is lost, and the keys are whole."""

import pytest
from PySide6.QtCore import QTimer

from kiosk_app.case.events import NewCustomerPressed
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.visit import Loss
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.top_bar import StoreName
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import ElidedLabel
from tests.support.screens import LANDSCAPE, PORTRAIT, SIZES, Stage
from tests.support.window import find, place, press
from tests.ui.conftest import OpenStage


def test_an_empty_till_needs_no_question(portrait: Stage) -> None:
    press(portrait, "new_customer")
    assert portrait.fed == [NewCustomerPressed()]


def test_a_cart_is_emptied_by_the_second_press(portrait: Stage) -> None:
    portrait.show(View(loss=Loss.CART))
    key = find(portrait, "new_customer")
    assert isinstance(key, Key)
    before = place(portrait, key)
    press(portrait, "new_customer")
    assert portrait.fed == []
    assert (key.text(), key.kind) == ("Töm korgen?", KeyKind.STOP)
    assert key.accessibleName() == "Töm korgen? Tryck en gång till för ja."
    assert place(portrait, key) == before
    portrait.clock.advance(0.6)
    press(portrait, "new_customer")  # the second half of a double tap
    assert portrait.fed == []
    portrait.clock.advance(0.2)
    press(portrait, "new_customer")
    assert portrait.fed == [NewCustomerPressed()]
    assert key.text() == "Ny kund"


def test_a_question_that_nobody_answers_goes(portrait: Stage) -> None:
    portrait.show(View(loss=Loss.CART))
    press(portrait, "new_customer")
    (timer,) = [
        timer
        for timer in portrait.shell.findChildren(QTimer)
        if timer.isActive() and timer.interval() == 5000
    ]
    timer.timeout.emit()
    key = find(portrait, "new_customer")
    assert isinstance(key, Key)
    assert (key.text(), key.accessibleName(), key.kind) == ("Ny kund", "Ny kund", KeyKind.QUIET)
    portrait.clock.advance(5.1)
    press(portrait, "new_customer")
    assert portrait.fed == []


def test_an_open_case_is_not_ended_by_one_press(portrait: Stage) -> None:
    portrait.show(View(loss=Loss.HELP))
    press(portrait, "new_customer")
    assert portrait.fed == []
    key = find(portrait, "new_customer")
    assert isinstance(key, Key)
    assert key.text() == "Avsluta hjälpen?"


def test_a_question_about_what_is_lost_no_more_goes(portrait: Stage) -> None:
    portrait.show(View(loss=Loss.CART))
    press(portrait, "new_customer")
    portrait.show(View())
    key = find(portrait, "new_customer")
    assert isinstance(key, Key)
    assert key.text() == "Ny kund"
    press(portrait, "new_customer")
    assert portrait.fed == [NewCustomerPressed()]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_keys_at_the_top_say_theirs_on_one_line(
    open_stage: OpenStage, size: tuple[int, int], language: str
) -> None:
    at = open_stage(size, language)
    for name in ("language_sv", "language_en", "new_customer"):
        key = find(at, name)
        assert key.width() >= key.sizeHint().width(), name
        assert place(at, key).right() <= at.shell.width()


def test_a_long_name_of_the_till_ends_in_dots(portrait: Stage) -> None:
    name = ElidedLabel(portrait.shell.theme, "Självscanningskassa 12 vid utgången", Type.SMALL)
    name.setParent(portrait.shell)
    name.show()
    name.resize(200, 40)
    assert name.text().endswith("…")
    assert name.accessibleName() == "Självscanningskassa 12 vid utgången"
    name.resize(2000, 40)
    assert name.text() == "Självscanningskassa 12 vid utgången"


def test_the_shops_name_is_off_where_the_sheet_dims_it(open_stage: OpenStage) -> None:
    for size, lit in ((PORTRAIT, True), (LANDSCAPE, False)):
        at = open_stage(size)
        (name,) = at.shell.findChildren(StoreName)
        at.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
        assert name.isEnabled() == lit
        at.show(View())
        assert name.isEnabled()
