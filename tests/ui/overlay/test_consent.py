from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk_app.case.events import ConsentApproved, ConsentRefused
from kiosk_app.case.talk.sharing import ARM_SECONDS
from kiosk_app.case.view.chat import ChatView
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.share import ConsentView
from tests.ui.overlay.conftest import Stage, tap


def asked(stage: Stage, *, armed_in: float = 0.0) -> View:
    now = stage.clock.monotonic()
    consent = ConsentView("ask-1", "Lisa", Countdown(30, now + 30), now + armed_in)
    return View(sheet=Sheet.CONSENT, chat=ChatView("Lisa"), consent=consent)


def test_the_question_and_what_is_safe(stage: Stage) -> None:
    stage.show(asked(stage))

    text = stage.texts("share_consent")
    assert "Support kan tillfälligt se kassaskärmen i 5 min. Godkänn?" in text
    assert "Kort, kod och telefonnummer visas aldrig." in text
    assert "Inget spelas in." in text
    assert "Inget svar inom 30 s räknas som nej." in text
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


def test_its_keys_take_no_press_before_it_can_have_been_seen(stage: Stage, qtbot: QtBot) -> None:
    """The finger was on its way to a letter, to Skicka or to a tile."""
    stage.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa")))
    stage.show(asked(stage, armed_in=ARM_SECONDS))
    yes, no = stage.button("share_consent_yes"), stage.button("share_consent_no")

    for key in (yes, no):
        assert not key.isEnabled()
        tap(stage, key)
        QTest.keyClick(stage.window.focusWidget(), Qt.Key.Key_Return)
    assert stage.fed == []

    stage.clock.advance(ARM_SECONDS)
    qtbot.waitUntil(yes.isEnabled)
    assert no.hasFocus()
    assert stage.fed == []
    tap(stage, yes)
    assert stage.fed == [ConsentApproved("ask-1")]


def test_a_timer_that_is_early_arms_nothing(stage: Stage, qtbot: QtBot) -> None:
    stage.show(asked(stage, armed_in=0.05))
    with qtbot.waitSignal(stage.overlay.consent._arming.timeout):
        pass

    assert not stage.button("share_consent_yes").isEnabled()


def test_escape_is_a_no_at_once(stage: Stage) -> None:
    stage.show(asked(stage, armed_in=ARM_SECONDS))

    QTest.keyClick(stage.window, Qt.Key.Key_Escape)

    assert stage.fed == [ConsentRefused("ask-1")]


def test_the_question_has_the_focus_and_a_name_while_its_keys_cannot(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa")))
    stage.show(asked(stage, armed_in=ARM_SECONDS))

    holder = stage.window.focusWidget()
    assert holder is stage.find("share_consent")
    assert "Godkänn?" in holder.accessibleName()
