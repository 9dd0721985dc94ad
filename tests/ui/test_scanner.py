"""The scanner is a keyboard: what it types is a scan wherever the focus is, and no text."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from kiosk_app.case.events import CartCodeEntered, ChatSubmitted, HelpPressed, ShopperWrote
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.chat import ChatView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.visit import RestoreView, RestoreWay
from kiosk_app.till.builtin import ScanKind
from tests.support.screens import Stage
from tests.support.window import MILK, find, label, type_in


def test_a_scan_reaches_the_till_without_any_focus(portrait: Stage) -> None:
    type_in(portrait, MILK + "\n")
    assert label(portrait, "cart_total") == "19,90\N{NO-BREAK SPACE}kr"


@pytest.mark.parametrize("name", ["help_button", "language_en", "new_customer"])
def test_no_key_steals_a_scan(portrait: Stage, name: str) -> None:
    find(portrait, name).setFocus()
    type_in(portrait, MILK + "\n")
    assert portrait.fed == []
    assert len(portrait.till.state.cart.lines) == 1


def test_enter_alone_still_presses_a_key(portrait: Stage) -> None:
    find(portrait, "help_button").setFocus()
    type_in(portrait, "\n")
    assert portrait.fed == [HelpPressed()]


def test_digits_stay_in_a_text_field(portrait: Stage) -> None:
    portrait.show(View(restore=RestoreView(RestoreWay.CODE, portrait.countdown(300, 200), 5)))
    field = find(portrait, "cart_code")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    type_in(portrait, "4821\n")
    assert portrait.fed == [CartCodeEntered("4821")]
    assert field.text() == ""
    assert portrait.shell.message == ""


def _chat_line(at: Stage) -> QLineEdit:
    at.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa"), help=HelpView(HelpState.AGENT)))
    line = find(at, "chat_input")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    return line


@pytest.mark.parametrize("code", [MILK, "73513537"])
def test_a_scan_into_a_chat_line_is_charged_and_not_sent(portrait: Stage, code: str) -> None:
    line = _chat_line(portrait)
    type_in(portrait, "Är det 3 kr ")
    portrait.clock.advance(1)
    told = portrait.till.scan(code).kind
    portrait.till.wipe()
    portrait.fed.clear()
    type_in(portrait, code + "\n")
    assert not [event for event in portrait.fed if isinstance(event, ChatSubmitted)]
    assert line.text() == "Är det 3 kr "
    assert line.hasFocus()
    # Nor seen by the agent as it is written, not even its first figure.
    assert {e.draft for e in portrait.fed if isinstance(e, ShopperWrote)} <= {"Är det 3 kr "}
    assert len(portrait.till.state.cart.lines) == (told is ScanKind.ADDED)
    # What was being written goes on.
    type_in(portrait, "nu?\n")
    assert portrait.fed[-1] == ChatSubmitted("Är det 3 kr nu?")


def test_a_scan_goes_where_it_was_aimed_into_the_middle_of_a_text(portrait: Stage) -> None:
    line = _chat_line(portrait)
    line.setText("hej där")
    line.setCursorPosition(3)
    type_in(portrait, MILK + "\n")
    assert (line.text(), line.cursorPosition()) == ("hej där", 3)
    assert label(portrait, "cart_total") == "19,90\N{NO-BREAK SPACE}kr"


def test_a_code_typed_by_hand_is_a_message(portrait: Stage) -> None:
    line = _chat_line(portrait)
    for sign in MILK:
        type_in(portrait, sign)
        portrait.clock.advance(0.06)
    # Each figure is seen as soon as the next shows that no scanner wrote it.
    assert ShopperWrote(MILK[:-1]) in portrait.fed
    type_in(portrait, "\n")
    assert portrait.fed[-1] == ChatSubmitted(MILK)
    assert (line.text(), portrait.till.state.cart.empty) == ("", True)


@pytest.mark.parametrize("figures", ["1234", "7310865004704", "731086500470", "0701234567"])
def test_quick_figures_that_are_no_code_are_a_message(portrait: Stage, figures: str) -> None:
    _chat_line(portrait)
    type_in(portrait, figures + "\n")
    assert portrait.fed[-1] == ChatSubmitted(figures)
    assert portrait.till.state.cart.empty


def test_the_keyboard_on_the_screen_never_scans(portrait: Stage) -> None:
    line = _chat_line(portrait)
    for sign in (*MILK, "\r"):
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key.Key_unknown
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(line, event)
    assert portrait.fed[-1] == ChatSubmitted(MILK)
    assert portrait.till.state.cart.empty


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4006381333931", "Vi känner inte igen koden"),
        ("7310865004704", "Koden gick inte att läsa"),
    ],
)
def test_a_wrong_scan_is_told_and_adds_nothing(portrait: Stage, typed: str, said: str) -> None:
    type_in(portrait, typed + "\n")
    assert portrait.shell.message.startswith(said)
    assert portrait.till.state.cart.empty
    type_in(portrait, MILK + "\n")
    assert portrait.shell.message == ""


def test_half_a_code_is_forgotten_after_a_pause(portrait: Stage) -> None:
    type_in(portrait, "731086")
    portrait.clock.advance(6)
    type_in(portrait, MILK + "\n")
    assert len(portrait.till.state.cart.lines) == 1
