"""The pad for a number to call, what is promised of it, and the ways to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from kiosk_app.case.events import (
    CallbackNumberEntered,
    CallbackPressed,
    CallKioskPressed,
    ClosePressed,
)
from kiosk_app.case.view.ending import CallbackStep, CallbackView, FailureView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.wait import LateReason, QueueView
from kiosk_app.ui.sensitive import sensitive_rects
from tests.ui.overlay.conftest import Stage


def pad(step: CallbackStep = CallbackStep.ENTER) -> View:
    tail = "" if step is CallbackStep.ENTER else "67"
    return View(sheet=Sheet.CALLBACK, callback=CallbackView(step, tail))


def press(stage: Stage, signs: str) -> None:
    keys = {key.text(): key for key in stage.overlay.callback.pad.findChildren(QPushButton)}
    for sign in signs:
        keys[sign].click()


def test_the_number_is_shown_as_people_write_it_and_left_with_one_press(stage: Stage) -> None:
    stage.show(pad())
    assert "+46" in stage.texts("callback_reads")
    assert not stage.button("callback_send").isEnabled()

    press(stage, "0701234567")

    assert stage.line("callback_number").text() == "070-123 45 67"
    assert stage.texts("callback_reads") == "Vi ringer +46 70 123 45 67"
    stage.button("callback_send").click()
    assert stage.fed == [CallbackNumberEntered("+46701234567")]


def test_a_number_of_another_country(stage: Stage) -> None:
    stage.show(pad())

    press(stage, "+4791234567")
    stage.button("callback_send").click()

    assert stage.fed == [CallbackNumberEntered("+4791234567")]


@pytest.mark.en301549("9.3.3.1", "9.3.3.3")
def test_what_cannot_be_called_is_said_and_cannot_be_left(stage: Stage) -> None:
    stage.show(pad())

    press(stage, "0999999999999")
    QTest.keyClick(stage.line("callback_number"), Qt.Key.Key_Return)

    assert "går inte att ringa" in stage.texts("callback_reads")
    assert not stage.button("callback_send").isEnabled()
    assert stage.fed == []


def test_a_digit_can_be_erased(stage: Stage) -> None:
    stage.show(pad())
    press(stage, "07012")

    stage.overlay.callback.pad.erase_pressed.emit()

    assert stage.line("callback_number").text() == "070-1"


def test_by_keyboard_letters_are_left_out_and_enter_leaves_it(stage: Stage) -> None:
    stage.show(pad())
    line = stage.line("callback_number")

    QTest.keyClicks(line, "070x123 45-67")
    QTest.keyClick(line, Qt.Key.Key_Return)

    assert line.text() == "070-123 45 67"
    assert stage.fed == [CallbackNumberEntered("+46701234567")]


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (CallbackStep.KEEPING, "Vi sparar ditt nummer…"),
        (CallbackStep.UNSAFE, "Stanna tills vi har det."),
        (CallbackStep.KEPT, "Numret som slutar på 67 är sparat."),
        (CallbackStep.SENT, "Vi ringer numret som slutar på 67."),
    ],
)
def test_only_what_is_true_is_promised(stage: Stage, step: CallbackStep, text: str) -> None:
    stage.show(pad())
    press(stage, "0701234567")
    stage.show(pad(step))

    assert text in stage.texts("callback_said")
    assert not stage.shows("callback_number")
    assert not stage.shows("callback_send")
    promised = step in (CallbackStep.KEPT, CallbackStep.SENT)
    assert ("Vi ringer upp" in stage.texts()) is promised
    # Whoever comes by does not read the number.
    assert stage.overlay.callback.number.text() == ""


def test_neither_number_nor_pad_is_in_a_sent_frame(stage: Stage) -> None:
    stage.show(pad())
    press(stage, "0701234567")

    hidden = sensitive_rects(stage.window)

    callback = stage.overlay.callback
    for widget in (callback.number, callback.pad, stage.find("callback_reads")):
        assert isinstance(widget, QWidget)
        place = widget.rect().translated(widget.mapTo(stage.window, widget.rect().topLeft()))
        assert any(rect.contains(place) for rect in hidden)


def test_the_number_is_read_back_and_not_to_those_who_stand_near(stage: Stage) -> None:
    heard: list[tuple[str, bool]] = []

    def announced(text: str, *, urgent: bool, private: bool) -> None:
        heard.append((text, private))

    stage.window.announced = announced  # type: ignore[attr-defined]  # a window that listens
    stage.show(pad())
    press(stage, "0701234567")

    assert ("Vi ringer +46 70 123 45 67", True) in heard
    assert not any("123" in text for text, private in heard if not private)


def test_nothing_of_it_is_left_for_the_next_shopper(stage: Stage) -> None:
    stage.show(pad())
    press(stage, "0701234567")
    stage.show(View())

    line = stage.overlay.callback.number
    assert line.text() == ""
    assert not line.isUndoAvailable()
    assert "123" not in " ".join(each.text() for each in stage.window.findChildren(QLineEdit))


def test_the_way_back(stage: Stage) -> None:
    stage.show(pad())

    stage.button("callback_back").click()

    assert stage.fed == [ClosePressed()]


def failure(call: CallbackView | None = None) -> View:
    notice = FailureView(None, None, empty_cart=True, retry=False, call=call)
    return View(sheet=Sheet.FAILURE, failure=notice)


def test_the_failure_offers_both_calls(stage: Stage) -> None:
    stage.show(failure())

    stage.button("callback_open").click()
    stage.button("callback_kiosk").click()

    assert stage.button("callback_kiosk").text() == "Ring kioskskärmen"
    assert stage.fed == [CallbackPressed(), CallKioskPressed()]


def test_the_failure_says_what_is_promised(stage: Stage) -> None:
    stage.show(failure(CallbackView(CallbackStep.KEPT, "67")))

    assert "Vi ringer när kontakten är tillbaka." in stage.texts("failure_notice")
    assert stage.button("callback_open").text() == "Ändra numret"
    assert not stage.shows("callback_kiosk")


def test_a_call_is_offered_to_those_who_wait_too_long(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.QUEUE, queue=QueueView(1, None, text_sent=False)))
    assert not stage.shows("queue_callback")
    late = QueueView(1, None, text_sent=False, late=LateReason.BUSY)
    stage.show(View(sheet=Sheet.QUEUE, queue=late))

    stage.button("queue_callback").click()

    assert stage.fed == [CallbackPressed()]


def test_who_is_called_on_the_screen_need_not_wait_at_it(stage: Stage) -> None:
    queue = QueueView(2, None, text_sent=False, call_here=True)
    stage.show(View(sheet=Sheet.QUEUE, queue=queue))

    assert "Vi ringer den här skärmen" in stage.texts()
    assert "Du kan fortsätta i kassan så länge." in stage.texts("queue_status")
    assert "Kopplar upp" not in stage.texts("queue_status")
