from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk_app.case.events import FeedbackGiven, FeedbackSkipped, FeedbackTouched
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.ending import FeedbackView
from kiosk_app.case.view.screen import Sheet, View
from tests.ui.overlay.conftest import Stage


def ended(stage: Stage, left: float = 10.0, receipt: str | None = None) -> View:
    time = Countdown(10, stage.clock.monotonic() + left)
    return View(sheet=Sheet.FEEDBACK, feedback=FeedbackView("Lisa", time, receipt))


def test_five_named_faces_and_a_way_round_them(stage: Stage) -> None:
    stage.show(ended(stage))

    names = [stage.button(f"feedback_{n}").accessibleName() for n in range(1, 6)]
    assert names == ["Mycket dåligt", "Dåligt", "Sådär", "Bra", "Mycket bra"]
    assert "Klart! Skriv gärna hur det gick (10 sek)." in stage.texts()
    stage.button("feedback_skip").click()
    assert stage.fed == [FeedbackSkipped()]


def test_after_the_payment_it_is_the_receipt_that_stays(stage: Stage) -> None:
    stage.show(ended(stage))
    assert "Tryck på ett ansikte. Din korg ligger kvar." in stage.texts()

    stage.show(replace(ended(stage), paid=True))

    assert "Tryck på ett ansikte. Ditt kvitto finns kvar." in stage.texts()
    assert "korg" not in stage.texts()


def test_a_face_and_a_word(stage: Stage) -> None:
    stage.show(ended(stage))
    stage.button("feedback_5").click()
    QTest.keyClicks(stage.line("feedback_text"), "Ok")
    stage.button("feedback_send").click()

    assert stage.fed == [
        FeedbackTouched(),
        FeedbackTouched(),
        FeedbackTouched(),
        FeedbackGiven(5, "Ok"),
    ]


def test_a_face_alone_is_enough(stage: Stage) -> None:
    stage.show(ended(stage))
    stage.button("feedback_2").click()
    stage.button("feedback_send").click()

    assert stage.fed[-1] == FeedbackGiven(2, "")


def test_enter_sends_once(stage: Stage) -> None:
    stage.show(ended(stage))
    stage.button("feedback_4").click()
    stage.line("feedback_text").setText("Tack")
    QTest.keyClick(stage.line("feedback_text"), Qt.Key.Key_Return)
    stage.button("feedback_send").click()

    assert [e for e in stage.fed if isinstance(e, FeedbackGiven)] == [FeedbackGiven(4, "Tack")]


def test_nothing_is_sent_without_a_face(stage: Stage) -> None:
    stage.show(ended(stage))
    assert not stage.button("feedback_send").isEnabled()

    stage.line("feedback_text").setText("Tack")
    QTest.keyClick(stage.line("feedback_text"), Qt.Key.Key_Return)

    assert stage.fed == []


def test_a_chosen_face_is_sent_when_the_time_is_out(stage: Stage) -> None:
    stage.show(ended(stage))
    stage.button("feedback_3").click()

    stage.show(ended(stage, left=0.5))

    assert stage.fed[-1] == FeedbackGiven(3, "")


def test_the_next_shopper_finds_no_face_chosen(stage: Stage) -> None:
    stage.show(ended(stage))
    stage.button("feedback_3").click()
    stage.line("feedback_text").setText("hemligt")
    stage.show(View())

    stage.show(ended(stage))

    assert stage.line("feedback_text").text() == ""
    assert not any(stage.button(f"feedback_{n}").isChecked() for n in range(1, 6))


def test_the_receipt_is_offered_only_where_there_is_one(stage: Stage) -> None:
    stage.show(ended(stage))
    assert not stage.shows("receipt_qr")

    stage.show(ended(stage, receipt="https://kiosk.example/r/1"))

    assert stage.shows("receipt_qr")
    assert "Ditt kvitto ligger i mobilen. Tack för hjälpen!" in stage.texts()
