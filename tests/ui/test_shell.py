"""The window: what is where, and that Hjälp is always there."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from kiosk_app.case.events import HelpPressed, LanguageChosen
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.share import ShareView
from tests.support.screens import LANDSCAPE, PORTRAIT, SIZES, TILL_SCREENS, Stage, settle
from tests.support.window import find, place, press
from tests.ui.conftest import OpenStage


@pytest.mark.en301549("WCAG 3.2.6")
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_help_is_at_the_same_place_and_uncovered_on_every_screen(
    open_stage: OpenStage, size: tuple[int, int]
) -> None:
    seen = set()
    for name, arrange in TILL_SCREENS.items():
        at = open_stage(size)
        arrange(at)
        settle()
        button = place(at, at.shell.help_button)
        seen.add(button.getRect())
        for corner in (button.topLeft(), button.center(), button.bottomRight()):
            assert at.shell.childAt(corner) is at.shell.help_button, name
        at.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
        assert place(at, at.shell.help_button).getRect() in seen
        assert at.shell.childAt(button.center()) is at.shell.help_button
    assert len(seen) == 1


def test_help_says_what_holds(portrait: Stage) -> None:
    button = portrait.shell.help_button
    says = {
        HelpView(): "Hjälp \N{EN DASH} svar inom 60 sek",
        HelpView(promise_seconds=180): "Hjälp \N{EN DASH} svar inom ca 3 min",
        HelpView(promise_seconds=None): "Hjälp \N{EN DASH} vi ringer upp",
        HelpView(HelpState.OPEN): "Hjälp \N{EN DASH} dölj",
        HelpView(HelpState.QUEUED, position=1): "Hjälp \N{EN DASH} nummer 1 i kön",
        HelpView(HelpState.AGENT, agent_name="Lisa", unread=1): (
            "Hjälp \N{EN DASH} Lisa är här · 1 nytt"
        ),
        HelpView(HelpState.FEEDBACK): "Hjälp \N{EN DASH} klart",
    }
    for view, name in says.items():
        portrait.show(View(help=view))
        assert button.accessibleName() == name


def test_help_feeds_one_press(portrait: Stage) -> None:
    press(portrait, "help_button")
    assert portrait.fed == [HelpPressed()]


def test_one_tap_changes_every_word(portrait: Stage) -> None:
    portrait.fill()
    settle()
    press(portrait, "language_en")
    assert portrait.fed == [LanguageChosen("en")]
    portrait.shell.show_view(View(language="en"))
    settle()
    pay = find(portrait, "pay_button")
    assert isinstance(pay, QAbstractButton)
    assert pay.text() == "Pay by card"
    assert portrait.shell.help_button.accessibleName() == "Help \N{EN DASH} answer within 60 sec"


@pytest.mark.en301549("WCAG 2.4.11")
def test_the_sheet_never_covers_foot_or_top_keys(open_stage: OpenStage) -> None:
    for size in (PORTRAIT, LANDSCAPE):
        at = open_stage(size)
        at.fill()
        at.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
        sheet = place(at, find(at, "overlay"))
        for name in ("help_button", "pay_button", "cart_total", "language_en", "new_customer"):
            assert not sheet.intersects(place(at, find(at, name))), (size, name)
        assert at.shell.sheet_rect() == sheet


@pytest.mark.en301549("WCAG 2.4.11")
def test_what_lies_behind_the_sheet_is_off_and_comes_back(portrait: Stage) -> None:
    portrait.fill()
    portrait.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
    assert not find(portrait, "till").isEnabled()
    assert find(portrait, "pay_button").isEnabled()
    portrait.show(View())
    assert find(portrait, "till").isEnabled()
    assert portrait.shell.focusWidget() is portrait.shell.help_button


def test_in_landscape_the_cart_stays_in_use_beside_the_sheet(open_stage: OpenStage) -> None:
    at = open_stage(LANDSCAPE)
    at.fill()
    at.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
    assert find(at, "cart").isEnabled()


def test_the_banner_covers_nothing(open_stage: OpenStage) -> None:
    for size, language in product((PORTRAIT, LANDSCAPE), ("sv", "en")):
        at = open_stage(size, language)
        share = ShareView("Lisa", at.countdown(300, 250), live=True, renewable=False)
        at.show(View(share=share))
        banner = place(at, find(at, "share_banner"))
        for name in ("language_sv", "new_customer", "till", "help_button"):
            assert not banner.intersects(place(at, find(at, name))), (size, name)
        # Nor does the sheet, which lies over the shop's own part only.
        for name in ("language_sv", "new_customer", "help_button"):
            assert not at.shell.sheet_rect().intersects(place(at, find(at, name))), (size, name)


@pytest.mark.en301549("5.1.6.2", "9.2.1.2", "9.2.4.3")
def test_tab_goes_through_everything_and_comes_back(portrait: Stage) -> None:
    portrait.fill("Kanelbulle")
    settle()
    seen: list[str] = []
    for _ in range(30):
        QTest.keyClick(portrait.shell.focusWidget() or portrait.shell, Qt.Key.Key_Tab)
        focus = portrait.shell.focusWidget()
        assert isinstance(focus, QAbstractButton)
        seen.append(focus.objectName() or focus.accessibleName() or focus.text())
        if len(seen) > 1 and seen[-1] == seen[0]:
            break
    assert seen[:3] == ["language_sv", "language_en", "looks_key"]
    assert seen[-4:-1] == ["Ta bort Kanelbulle", "pay_button", "help_button"]


@pytest.mark.en301549("9.2.4.7")
def test_the_focus_is_seen_once_a_key_moves_it(portrait: Stage) -> None:
    help_button = portrait.shell.help_button
    help_button.setFocus()
    settle()
    around = place(portrait, help_button).adjusted(-12, -12, 12, 12)
    before = portrait.shell.grab(around).toImage()
    QTest.keyClick(help_button, Qt.Key.Key_Tab)
    help_button.setFocus()
    settle()
    assert portrait.shell.grab(around).toImage() != before


@pytest.mark.parametrize("window", [(540, 960), (1280, 720), (720, 1280), (1080, 1920)])
def test_every_key_is_big_enough_and_whole_on_the_screen(
    open_stage: OpenStage, window: tuple[int, int]
) -> None:
    for name, arrange in TILL_SCREENS.items():
        at = open_stage(window, warm=False)
        arrange(at)
        settle()
        for key in at.shell.findChildren(QAbstractButton):
            if not key.isVisible() or key.visibleRegion().isEmpty():
                continue
            box = place(at, key)
            assert min(box.width(), box.height()) >= 44, (name, key.text(), box)
            assert key.accessibleName() or key.text(), (name, key)
