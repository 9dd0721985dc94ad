from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk_app.case.events import ConsentApproved, ConsentRefused
from kiosk_app.case.view import ChatView, ConsentView, Countdown, Sheet, View
from tests.ui.overlay.conftest import Stage


def asked(stage: Stage) -> View:
    within = Countdown(30, stage.clock.monotonic() + 30)
    return View(
        sheet=Sheet.CONSENT, chat=ChatView("Lisa"), consent=ConsentView("ask-1", "Lisa", within)
    )


def test_the_question_and_what_is_safe(stage: Stage) -> None:
    stage.show(asked(stage))

    text = stage.texts("share_consent")
    assert "Support kan tillfälligt se kassaskärmen i 5 min. Godkänn?" in text
    assert "Kort, kod och telefonnummer visas aldrig." in text
    assert "Inget spelas in." in text
    assert "Inget svar på 30 s räknas som nej." in text
    assert "Lisa vill se kassaskärmen" in stage.texts()


def test_yes_names_the_question_it_answers(stage: Stage) -> None:
    stage.show(asked(stage))

    stage.button("share_consent_yes").click()

    assert stage.fed == [ConsentApproved("ask-1")]


def test_no_and_escape_are_no(stage: Stage) -> None:
    stage.show(asked(stage))
    stage.button("share_consent_no").click()
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)

    assert stage.fed == [ConsentRefused("ask-1"), ConsentRefused("ask-1")]


def test_a_key_on_its_way_down_does_not_say_yes(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa")))
    stage.line("chat_input").setFocus(Qt.FocusReason.MouseFocusReason)

    stage.show(asked(stage))

    assert stage.button("share_consent_no").hasFocus()


def test_a_press_that_slides_off_yes_says_nothing(stage: Stage) -> None:
    stage.show(asked(stage))
    yes = stage.button("share_consent_yes")

    QTest.mousePress(yes, Qt.MouseButton.LeftButton)
    QTest.mouseMove(stage.window)
    QTest.mouseRelease(yes, Qt.MouseButton.LeftButton, pos=yes.rect().bottomRight() * 2)

    assert stage.fed == []


def test_no_question_no_answer(stage: Stage) -> None:
    stage.show(asked(stage))
    yes = stage.button("share_consent_yes")
    stage.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa")))
    stage.overlay.wipe()

    yes.click()

    assert stage.fed == []
