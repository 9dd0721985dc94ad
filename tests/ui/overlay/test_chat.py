from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk_app.case.events import ChatSubmitted, LeavePressed, ShopperTyped
from kiosk_app.case.view.chat import ChatLine, ChatView, LettersView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.protocol.shared import Author
from kiosk_app.ui.overlay.overlay import Overlay
from tests.support.screens import LANDSCAPE
from tests.ui.conftest import OpenStage
from tests.ui.overlay.conftest import Stage


def said(key: str, author: Author, text: str, *, delivered: bool = True) -> ChatLine:
    name = "Lisa" if author is Author.AGENT else ""
    return ChatLine(key, author, name, text, delivered)


def chat(*lines: ChatLine, typing: bool = False) -> View:
    return View(sheet=Sheet.CHAT, chat=ChatView("Lisa", lines, typing))


HELLO = said("1", Author.AGENT, "Hej! Jag ser din korg (142,50 kr).")


def test_who_says_what(stage: Stage) -> None:
    stage.show(chat(HELLO, said("2", Author.SHOPPER, "Kortet nekas")))

    assert "Lisa\nHej! Jag ser din korg (142,50 kr)." in stage.texts("chat_log")
    assert "Du · skickat\nKortet nekas" in stage.texts("chat_log")


def test_a_line_says_whether_it_has_arrived(stage: Stage) -> None:
    stage.show(chat(HELLO, said("2", Author.SHOPPER, "Kortet nekas", delivered=False)))
    assert "Du · skickas…" in stage.texts("chat_log")

    stage.show(chat(HELLO, said("2", Author.SHOPPER, "Kortet nekas")))

    assert "Du · skickat" in stage.texts("chat_log")
    assert "skickas" not in stage.texts("chat_log")


def test_lines_that_were_there_are_not_made_again(stage: Stage) -> None:
    stage.show(chat(HELLO))
    before = stage.overlay.chat.log.bubbles

    stage.show(chat(HELLO, said("2", Author.AGENT, "Vad står det?")))

    assert stage.overlay.chat.log.bubbles[0] is before[0]
    assert len(stage.overlay.chat.log.bubbles) == 2


def test_the_agents_typing_is_told(stage: Stage) -> None:
    stage.show(chat(HELLO, typing=True))
    assert "Lisa skriver…" in stage.texts()

    stage.show(chat(HELLO))

    assert "Lisa skriver…" not in stage.texts()


def test_sending_by_enter_and_by_the_key(stage: Stage) -> None:
    stage.show(chat(HELLO))
    stage.overlay.chat.write.line.put("Ett")
    QTest.keyClick(stage.line("chat_input"), Qt.Key.Key_Return)
    stage.overlay.chat.write.line.put("Två")
    stage.button("chat_send").click()
    stage.button("chat_send").click()

    assert stage.fed == [ChatSubmitted("Ett"), ChatSubmitted("Två")]


def test_typing_is_told_and_untold(stage: Stage) -> None:
    stage.show(chat(HELLO))
    QTest.keyClicks(stage.line("chat_input"), "a")
    QTest.keyClick(stage.line("chat_input"), Qt.Key.Key_Backspace)

    typed = [event for event in stage.fed if isinstance(event, ShopperTyped)]
    assert typed == [ShopperTyped(True), ShopperTyped(False)]


def test_ending_is_one_tap(stage: Stage) -> None:
    stage.show(chat(HELLO))

    stage.button("chat_end").click()

    assert stage.fed == [LeavePressed()]


def test_markup_from_outside_is_read_as_it_is_written(stage: Stage) -> None:
    stage.show(chat(said("1", Author.AGENT, "<b>Hej</b> <img src=x>")))

    assert "<b>Hej</b> <img src=x>" in stage.texts("chat_log")
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText
        for bubble in stage.overlay.chat.log.bubbles
        for label in (bubble._text, bubble._name)
    )


def test_a_word_without_end_stays_inside_its_bubble(stage: Stage, qtbot: QtBot) -> None:
    stage.show(chat(said("1", Author.AGENT, "x" * 400)))

    log = stage.overlay.chat.log
    qtbot.waitUntil(lambda: log.bubbles[0].width() > 0)
    assert log.bubbles[0].minimumSizeHint().width() <= log.viewport().width()


def test_the_newest_line_is_in_sight(stage: Stage, qtbot: QtBot) -> None:
    lines = [said(str(n), Author.AGENT, f"Rad {n} " + "ord " * 30) for n in range(30)]
    stage.show(chat(*lines))

    bar = stage.overlay.chat.log.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    stage.show(chat(*lines, said("new", Author.SHOPPER, "Ok")))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())

    assert stage.overlay.chat.log.bubbles[-1].line.text == "Ok"


def test_who_scrolls_up_is_left_in_peace(stage: Stage, qtbot: QtBot) -> None:
    lines = [said(str(n), Author.AGENT, f"Rad {n} " + "ord " * 30) for n in range(30)]
    stage.show(chat(*lines))
    bar = stage.overlay.chat.log.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bubble = stage.overlay.chat.log.bubbles[0]
    qtbot.waitUntil(lambda: bubble.isVisible() and bubble.height() == bubble.sizeHint().height())
    bar.setValue(0)

    stage.show(chat(*lines, said("new", Author.AGENT, "Hallå?")))

    newest = stage.overlay.chat.log.bubbles[-1]
    qtbot.waitUntil(lambda: newest.isVisible() and newest.y() > bubble.y())
    assert bar.value() == 0


@pytest.mark.parametrize(
    "letters", [None, LettersView("Lisa", live=True, remote="Vad står", local="Det st")]
)
def test_three_lines_are_in_sight_above_the_keyboard_of_a_wide_screen(
    open_stage: OpenStage, qtbot: QtBot, letters: LettersView | None
) -> None:
    at = open_stage(LANDSCAPE)
    lines = [said(str(n), (Author.AGENT, Author.SHOPPER)[n % 2], "Nekas") for n in range(9)]
    at.show(replace(chat(*lines), letters=letters))
    (overlay,) = at.shell.findChildren(Overlay)
    assert overlay.sheet.second.isVisible()

    overlay.chat.write.line.touched.emit()

    log = overlay.chat.log
    qtbot.waitUntil(lambda: all(wholly_in_sight(bubble) for bubble in log.bubbles[-3:]))
    assert overlay.keyboard.isVisible()
    overlay.keyboard.hidden_by_shopper.emit()
    assert overlay.sheet.second.isVisible()


def wholly_in_sight(bubble: QWidget) -> bool:
    return bubble.visibleRegion().boundingRect() == bubble.rect()
