"""Larger text, more contrast, everything lower down, steady keys: from one key, until the wipe."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.visit import RestoreView, RestoreWay
from kiosk_app.ui.aids import REACH_MM
from kiosk_app.ui.looks import Looks
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import LARGE_CAPITAL_MM, Type
from tests.support.evidence import Evidence
from tests.support.screens import LANDSCAPE, PORTRAIT, Stage, settle
from tests.ui.conftest import OpenStage


def key(at: Stage, name: str) -> QPushButton:
    found = at.shell.findChild(QPushButton, name)
    assert found is not None, name
    return found


def open_panel(at: Stage) -> None:
    key(at, "looks_key").click()
    settle()


@pytest.mark.en301549("5.1.4", "9.1.4.4")
@pytest.mark.parametrize("px_per_mm", [2.5, 3.6, 8.0])
def test_large_capitals_are_high_enough_on_any_panel(qapp: QApplication, px_per_mm: float) -> None:
    theme = Theme(px_per_mm=px_per_mm)
    theme.fit_window(*PORTRAIT)
    small = {style: theme.font(style).pixelSize() for style in Type}
    theme.set_looks(high_contrast=False, large=True)
    for style in Type:
        font = theme.font(style)
        assert QFontMetricsF(font).capHeight() >= LARGE_CAPITAL_MM * px_per_mm - 0.5
        if style.value.size <= 34:
            assert font.pixelSize() >= 2 * small[style]


@pytest.mark.en301549("9.1.4.3", "9.1.4.4")
def test_two_taps_change_it_and_the_wipe_takes_it_back(
    portrait: Stage, evidence: Evidence, tmp_path: Path
) -> None:
    theme = portrait.shell.theme
    open_panel(portrait)
    key(portrait, "looks_large").click()
    key(portrait, "looks_contrast").click()
    settle()
    assert (theme.large, theme.high_contrast) == (True, True)
    assert key(portrait, "looks_large").isChecked()
    evidence.keep(portrait.picture(tmp_path / "large-contrast.png"))
    portrait.shell.till_wiped()
    assert (theme.large, theme.high_contrast) == (False, False)
    assert portrait.shell.aids.looks == Looks()
    panel = portrait.shell.findChild(QWidget, "looks")
    assert panel is not None
    assert panel.isHidden()


def test_the_panel_comes_up_at_its_key_also_over_a_cart_that_waits(portrait: Stage) -> None:
    open_panel(portrait)
    panel = portrait.shell.findChild(QWidget, "looks")
    assert panel is not None
    before = panel.y()
    hold = portrait.countdown(300, 200)
    portrait.show(View(restore=RestoreView(RestoreWay.ONE_TAP, hold, 5)))
    settle()
    assert panel.y() == before
    large = key(portrait, "looks_large")
    middle = large.mapTo(portrait.shell, large.rect().center())
    assert portrait.shell.childAt(middle) is large, "nothing lies over it"


@pytest.mark.en301549("8.3.2")
def test_lowered_everything_is_within_reach(
    portrait: Stage, evidence: Evidence, tmp_path: Path
) -> None:
    portrait.fill()
    open_panel(portrait)
    key(portrait, "looks_low").click()
    settle()
    shell = portrait.shell
    top = shell.height() - shell.theme.mm(REACH_MM - 700)
    for view in (View(), View(sheet=Sheet.MENU)):
        portrait.show(view)
        for each in shell.findChildren(QAbstractButton):
            if each.isVisible() and not each.visibleRegion().isEmpty():
                at = each.mapTo(shell, each.visibleRegion().boundingRect().topLeft())
                assert at.y() >= top, each.objectName()
    evidence.keep(portrait.picture(tmp_path / "low.png"))


def test_a_panel_that_is_within_reach_has_no_key_to_lower_it(open_stage: OpenStage) -> None:
    at = open_stage(LANDSCAPE)
    open_panel(at)
    assert at.shell.findChild(QPushButton, "looks_low") is None


@pytest.mark.en301549("9.2.1.1", "9.2.4.3")
def test_the_panel_by_keys(portrait: Stage) -> None:
    window = portrait.shell.windowHandle()
    looks = key(portrait, "looks_key")
    looks.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window, Qt.Key.Key_Return)
    settle()
    assert QApplication.focusWidget() is key(portrait, "looks_large")
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert portrait.shell.theme.large
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is looks


@pytest.mark.en301549("5.1.6.2", "9.2.1.1", "9.2.1.2", "5.5.2")
@pytest.mark.parametrize("arrow", [Qt.Key.Key_Down, Qt.Key.Key_Up])
def test_arrows_come_round_everything_and_are_held_nowhere(portrait: Stage, arrow: Qt.Key) -> None:
    portrait.fill("Kanelbulle")
    portrait.show(View(sheet=Sheet.MENU))
    window = portrait.shell.windowHandle()
    first = QApplication.focusWidget()
    seen = []
    for _ in range(60):
        QTest.keyClick(window, arrow)
        seen.append(QApplication.focusWidget())
        if seen[-1] is first:
            break
    assert seen[-1] is first
    names = {widget.objectName() for widget in seen if widget is not None}
    assert {"help_button", "pay_button", "talk_to_person", "ask_input", "looks_key"} <= names
