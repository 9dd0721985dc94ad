import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kiosk_app.base.settings import KioskSettings, OnScreenKeyboard
from kiosk_app.case.events import ChatSubmitted
from kiosk_app.case.view.chat import ChatView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.ui.aids import STEADY_SECONDS
from tests.ui.overlay.conftest import Stage, make_stage

GUARD = KioskSettings(
    kiosk="k", store="s", till_name="t", office_url="ws://127.0.0.1:1/kiosk", data_dir="d"
).key_repeat_guard


def open_keyboard(stage: Stage, language: str = "sv") -> None:
    stage.show(View(sheet=Sheet.CHAT, language=language, chat=ChatView("Lisa")))
    stage.line("chat_input").setFocus(Qt.FocusReason.MouseFocusReason)
    stage.overlay.chat.write.line.touched.emit()


def visible_keys(stage: Stage) -> dict[str, QPushButton]:
    QApplication.processEvents()  # a new row shows at the next turn of the loop
    keys = stage.overlay.keyboard.findChildren(QPushButton)
    return {key.accessibleName(): key for key in keys if key.isVisible()}


def press(stage: Stage, *names: str) -> None:
    for name in names:
        visible_keys(stage)[name].click()


def test_it_comes_when_a_finger_touches_a_line_and_goes_with_the_screen(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa")))
    assert not stage.shows("keyboard")

    open_keyboard(stage)
    assert stage.shows("keyboard")
    assert not stage.shows("chat_end")

    stage.show(View(sheet=Sheet.MENU))
    assert not stage.shows("keyboard")


@pytest.mark.parametrize(
    ("when", "by_mouse", "by_finger"),
    [("touch", False, True), ("always", True, True), ("never", False, False)],
)
def test_a_panel_may_play_a_mouse(
    qtbot: QtBot, when: OnScreenKeyboard, by_mouse: bool, by_finger: bool
) -> None:
    stage = make_stage(qtbot, on_screen_keyboard=when)
    stage.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa")))
    line = stage.line("chat_input")
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert stage.shows("keyboard") is by_mouse
    stage.overlay.chat.write.line.touched.emit()
    assert stage.shows("keyboard") is by_finger


def test_it_writes_capitals_and_swedish_letters_and_sends(stage: Stage) -> None:
    open_keyboard(stage)

    press(stage, "Versaler", "H", "å", "l", "l", "Mellanslag", "ö", "Ta bort", "p", "å")
    assert stage.line("chat_input").text() == "Håll på"
    press(stage, "Skicka")

    assert stage.fed[-1] == ChatSubmitted("Håll på")


def test_figures_and_signs_are_one_key_away(stage: Stage) -> None:
    open_keyboard(stage)

    press(stage, "Siffror och tecken", "4", "2", "?", "Bokstäver", "a")

    assert stage.line("chat_input").text() == "42?a"


def test_it_follows_the_language(stage: Stage) -> None:
    open_keyboard(stage, "en")

    names = visible_keys(stage)
    assert "Space" in names
    assert "å" not in names


def test_every_key_has_a_name_and_takes_no_focus(stage: Stage) -> None:
    open_keyboard(stage)

    keys = visible_keys(stage)
    assert len(keys) > 30
    assert "" not in keys
    assert stage.line("chat_input").hasFocus()


def test_it_can_be_put_away(stage: Stage) -> None:
    open_keyboard(stage)

    press(stage, "Dölj tangentbordet")

    assert not stage.shows("keyboard")
    assert stage.shows("chat_end")


@pytest.mark.parametrize(("guard", "text"), [(0.0, "llalb"), (30.0, "lalb")])
def test_the_same_key_at_once_counts_once_where_that_is_wanted(
    qtbot: QtBot, guard: float, text: str
) -> None:
    stage = make_stage(qtbot, guard=guard)
    open_keyboard(stage)

    press(stage, "l", "l", "a", "l", "b")

    assert stage.line("chat_input").text() == text


@pytest.mark.en301549("5.7", "5.8", "5.9")
@pytest.mark.parametrize(
    ("guard", "pause", "text"),
    [
        (GUARD, 0.02, "kasa"),  # a hand that trembles
        (GUARD, 0.12, "kassa"),  # a double letter that is meant
        (STEADY_SECONDS, 0.3, "kasa"),  # "Lugna tangenter"
        (STEADY_SECONDS, 0.6, "kassa"),
    ],
)
def test_a_tremor_is_no_double_letter(stage: Stage, guard: float, pause: float, text: str) -> None:
    open_keyboard(stage)
    stage.overlay.keyboard.guard = guard

    for sign in "kassa":
        press(stage, sign)
        stage.clock.advance(pause)

    assert stage.line("chat_input").text() == text


@pytest.mark.en301549("5.7")
def test_a_key_that_is_held_counts_once(stage: Stage) -> None:
    open_keyboard(stage)

    key = visible_keys(stage)["k"]
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    QTest.qWait(50)
    assert not key.autoRepeat()
    QTest.mouseRelease(key, Qt.MouseButton.LeftButton)

    assert stage.line("chat_input").text() == "k"


@pytest.mark.en301549("9.2.1.1")
def test_with_a_keypad_one_writes_by_arrows_and_enter(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa")))
    line = stage.line("chat_input")
    QTest.keyClick(line, Qt.Key.Key_Return)
    keyboard = stage.overlay.keyboard
    focus = QApplication.focusWidget()
    assert stage.shows("keyboard")
    assert isinstance(focus, QPushButton)
    assert focus.accessibleName() == "q"

    QTest.keyClick(focus, Qt.Key.Key_Return)
    below = keyboard.neighbour(focus, Qt.Key.Key_Down)
    assert isinstance(below, QPushButton)
    QTest.keyClick(below, Qt.Key.Key_Return)

    assert line.text() == f"q{below.text()}"
    assert keyboard.neighbour(focus, Qt.Key.Key_Up) is line
