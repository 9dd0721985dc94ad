"""Real-time text on the screen: both directions, what is told of it, and what is never sent."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk_app.case.events import ChatSubmitted, LettersSwitched, ShopperWrote
from kiosk_app.case.view.call import CallView
from kiosk_app.case.view.chat import ChatView, LettersView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.protocol.call import CallKind, CallPhase
from tests.support.fit import complaints
from tests.support.repaint import Painted
from tests.ui.overlay.conftest import LANDSCAPE, PORTRAIT, Stage, make_stage

LIVE = LettersView("Lisa", live=True)
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


def chat(letters: LettersView | None = LIVE, *, typing: bool = False) -> View:
    return View(sheet=Sheet.CHAT, chat=ChatView("Lisa", (), typing), letters=letters)


def text(stage: Stage, name: str) -> str:
    found = stage.find(name)
    assert isinstance(found, QPlainTextEdit)
    return found.toPlainText()


def accessible(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def wrote(stage: Stage) -> list[str]:
    return [event.draft for event in stage.fed if isinstance(event, ShopperWrote)]


@pytest.mark.en301549("6.2.2.1", "6.2.2.2", "6.2.2.3")
def test_each_direction_has_its_place_and_its_name(stage: Stage) -> None:
    stage.show(chat(replace(LIVE, remote="Vad ser", local="Det st")))

    assert text(stage, "rtt_remote") == "Vad ser"
    assert text(stage, "rtt_local") == "Det st"
    assert "Lisa skriver…" in stage.texts()
    assert "Lisa ser:" in stage.texts()
    for name, says, content in (
        ("rtt_remote", "Det Lisa skriver nu", "Vad ser"),
        ("rtt_local", "Det Lisa ser av din text", "Det st"),
    ):
        node = accessible(stage.find(name))
        assert node.text(QAccessible.Text.Name) == says
        spoken = node.textInterface()
        assert spoken is not None
        assert spoken.text(0, spoken.characterCount()) == content


def test_only_what_is_different_is_changed(stage: Stage, qtbot: QtBot) -> None:
    stage.show(chat(replace(LIVE, remote=f"Vad {FAMILY}s")))
    remote = stage.overlay.chat.remote.text
    changes: list[tuple[int, int, int]] = []
    remote.document().contentsChange.connect(lambda *change: changes.append(change))

    stage.show(chat(replace(LIVE, remote=f"Vad {FAMILY}ser")))
    stage.show(chat(replace(LIVE, remote="Vad ")))
    stage.show(chat(replace(LIVE, remote="Vad")))

    family = len(FAMILY.encode("utf-16-le")) // 2
    assert changes == [(5 + family, 0, 2), (3, family + 4, 0)]
    assert text(stage, "rtt_remote") == "Vad"


def test_nothing_of_it_where_there_is_no_way_for_it(stage: Stage) -> None:
    stage.show(chat(None, typing=True))

    assert "Lisa skriver…" in stage.texts()
    for name in ("rtt_remote", "rtt_local", "rtt_switch", "rtt_status"):
        assert not stage.shows(name)


def test_the_shopper_is_told_and_may_say_no(stage: Stage) -> None:
    stage.show(chat())
    assert "Lisa ser det du skriver medan du skriver." in stage.texts()
    assert stage.button("rtt_switch").text() == "Dölj medan jag skriver"
    stage.button("rtt_switch").click()
    stage.show(chat(replace(LIVE, on=False)))
    assert "Lisa ser din text när du skickar den." in stage.texts()
    assert stage.button("rtt_switch").text() == "Visa medan jag skriver"
    stage.button("rtt_switch").click()
    assert stage.fed == [LettersSwitched(on=False), LettersSwitched(on=True)]


def test_a_break_is_said_in_words(stage: Stage) -> None:
    stage.show(chat(LettersView("Lisa", live=False, remote="Vad\ufffd", local="Det")))
    assert text(stage, "rtt_remote") == "Vad[text saknas]"
    assert text(stage, "rtt_local") == ""
    assert "Lisa ser inte det du skriver just nu." in stage.texts()


def test_a_call_for_attention_is_seen_once(stage: Stage, qtbot: QtBot) -> None:
    remote = stage.overlay.chat.remote
    stage.show(chat(replace(LIVE, alerts=1)))
    assert remote.property("bubble") == "alert"
    qtbot.waitUntil(lambda: remote.property("bubble") != "alert", timeout=5000)
    stage.show(chat(replace(LIVE, alerts=1, remote="Hej")))
    assert remote.property("bubble") == "theirs"


def test_the_newest_lines_are_in_sight_and_no_more_than_three(stage: Stage) -> None:
    stage.show(chat(replace(LIVE, remote="ord " * 200 + "sist")))
    remote = stage.overlay.chat.remote.text
    bar = remote.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()
    assert remote.height() < 4 * remote.fontMetrics().lineSpacing()


def test_every_change_is_told_whoever_made_it(stage: Stage) -> None:
    stage.show(chat())
    line = stage.line("chat_input")
    QTest.keyClicks(line, "Ko")
    # As a program does that writes for somebody who cannot use keys.
    editable = accessible(line).editableTextInterface()
    assert editable is not None
    editable.insertText(2, "rt åäö")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert wrote(stage) == ["K", "Ko", "Kort åäö", "Kort åä"]


def test_what_the_program_changes_is_not_told(stage: Stage) -> None:
    stage.show(chat())
    stage.overlay.chat.write.line.put("Halvfärdigt")
    QTest.keyClick(stage.line("chat_input"), Qt.Key.Key_Return)
    stage.overlay.wipe()
    assert wrote(stage) == []
    assert ChatSubmitted("Halvfärdigt") in stage.fed


def test_backspace_takes_what_a_reader_calls_a_character(stage: Stage) -> None:
    stage.show(chat())
    line = stage.line("chat_input")
    stage.overlay.chat.write.line.put("åe\u0301" + FAMILY)
    for _ in range(3):
        QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert wrote(stage) == ["åe\u0301", "å", ""]
    line.setText("abc")
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == ""


def test_figures_that_may_be_a_scan_are_held_back(stage: Stage, qtbot: QtBot) -> None:
    stage.show(chat())
    line = stage.overlay.chat.write.line
    line.put("Hej ")
    line.hold_back("Hej ")
    line.setText("Hej 73108")
    assert wrote(stage) == ["Hej "]
    # No more of them come: they were written.
    qtbot.waitUntil(lambda: wrote(stage) == ["Hej ", "Hej 73108"], timeout=5000)


def test_a_letter_repaints_no_more_than_its_place(stage: Stage, qtbot: QtBot) -> None:
    """Or the till would stand still three times a second while somebody writes."""
    stage.show(chat(replace(LIVE, remote="Vad")))
    qtbot.waitUntil(lambda: stage.find("rtt_remote").isVisible())
    QApplication.processEvents()
    painted = Painted(stage.overlay)

    stage.show(chat(replace(LIVE, remote="Vad ser")))
    qtbot.waitUntil(lambda: painted.area > 0)

    whole = stage.overlay.width() * stage.overlay.height()
    assert painted.area < whole / 10


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=str)
@pytest.mark.parametrize("kind", CallKind)
def test_letters_beside_a_call_fit(qtbot: QtBot, size: tuple[int, int], kind: CallKind) -> None:
    """There is real-time text whenever there is voice; neither takes the other's room."""
    stage = make_stage(qtbot, size)
    call = CallView("Lisa", CallPhase.LIVE, kind, camera=kind is CallKind.VIDEO)
    letters = replace(LIVE, remote="Vad står det? " * 9, local="Det står " * 9)
    stage.show(replace(chat(letters), call=call))
    qtbot.wait(1)
    assert complaints(stage.overlay) == []
    screen = stage.overlay.chat
    assert screen.rect().contains(screen.call.geometry())
    stage.overlay.chat.write.line.touched.emit()
    qtbot.wait(1)
    assert complaints(screen.remote) + complaints(screen.local) + complaints(screen.write) == []
    assert screen.write.height() >= screen.write.line.height()
