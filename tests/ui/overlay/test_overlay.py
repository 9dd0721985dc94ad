import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk_app.case.events import ClosePressed, TalkPressed
from kiosk_app.case.view.chat import ChatLine, ChatView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.protocol.shared import Author, ShareEndCause
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.overlay.slide import Slide
from kiosk_app.ui.theme.theme import Theme
from tests.ui.overlay.conftest import PORTRAIT, Stage, make_stage, tap

CHAT = View(
    sheet=Sheet.CHAT,
    chat=ChatView("Lisa", (ChatLine("1", Author.AGENT, "Lisa", "Hej!", True),)),
)


def test_it_opens_and_closes_with_the_view(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.overlay.opened):
        stage.show(View(sheet=Sheet.MENU))
    assert stage.overlay.isVisible()

    with qtbot.waitSignal(stage.overlay.closed):
        stage.show(View())

    assert not stage.overlay.isVisible()


def test_a_folded_sheet_is_away_and_still_follows(stage: Stage) -> None:
    stage.show(CHAT)
    stage.show(View(sheet=Sheet.CHAT, folded=True, chat=CHAT.chat))
    assert not stage.overlay.isVisible()
    more = ChatView("Lisa", (ChatLine("2", Author.AGENT, "Lisa", "Är du kvar?", True),))

    stage.show(View(sheet=Sheet.CHAT, folded=True, chat=more))
    stage.show(View(sheet=Sheet.CHAT, chat=more))

    assert "Är du kvar?" in stage.texts("chat_log")


def test_closing_and_escape_ask_to_close(stage: Stage) -> None:
    stage.show(CHAT)
    stage.button("overlay_close").click()
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)

    assert stage.fed == [ClosePressed(), ClosePressed()]


def test_escape_is_nothing_when_there_is_no_sheet(stage: Stage) -> None:
    stage.show(CHAT)
    stage.show(View())

    QTest.keyClick(stage.window, Qt.Key.Key_Escape)

    assert stage.fed == []


@pytest.mark.parametrize("sheet", [Sheet.MENU, Sheet.QUEUE, Sheet.CHAT, Sheet.FEEDBACK])
def test_the_focus_moves_in_but_never_into_a_line_that_would_swallow_a_scan(
    stage: Stage, sheet: Sheet
) -> None:
    stage.show(View(sheet=sheet))

    holder = stage.window.focusWidget()
    assert holder is not None
    assert stage.overlay.isAncestorOf(holder)
    assert not holder.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_who_writes_is_not_interrupted_by_a_new_line(stage: Stage) -> None:
    stage.show(CHAT)
    stage.line("chat_input").setFocus(Qt.FocusReason.MouseFocusReason)
    more = ChatView("Lisa", (ChatLine("2", Author.AGENT, "Lisa", "Är du kvar?", True),))

    stage.show(View(sheet=Sheet.CHAT, chat=more))

    assert stage.line("chat_input").hasFocus()


def test_tab_visits_everything_and_comes_back(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.MENU))
    seen = []
    for _ in range(12):
        QTest.keyClick(stage.window, Qt.Key.Key_Tab)
        holder = stage.window.focusWidget()
        seen.append(holder.objectName() if holder else "")

    assert {"ask_input", "menu_item_1", "menu_item_4", "talk_to_person", "overlay_close"} <= set(
        seen
    )
    assert seen.count("talk_to_person") > 1 or seen.index("talk_to_person") < 11


def test_everything_changes_language_with_the_view(stage: Stage) -> None:
    stage.show(CHAT)
    stage.show(View(sheet=Sheet.MENU, language="en"))

    assert "How can we help?" in stage.texts()
    assert stage.button("menu_item_1").text() == "The payment does not go through"
    assert stage.button("talk_to_person").text() == "Talk to a person"
    assert stage.button("overlay_close").text() == "Close"

    stage.show(View(sheet=Sheet.MENU, language="sv"))

    assert stage.button("overlay_close").text() == "Stäng"


@pytest.mark.parametrize("sheet", [s for s in Sheet if s is not Sheet.NONE])
def test_no_swedish_is_left_on_an_english_screen(stage: Stage, sheet: Sheet) -> None:
    stage.show(View(sheet=sheet))
    swedish = set(stage.texts().split("\n")) - {"", " "}

    stage.show(View(sheet=sheet, language="en"))

    english = set(stage.texts().split("\n"))
    assert not {text for text in swedish & english if any(letter in text for letter in "åäö")}


def test_a_notice_is_said_in_words(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.MENU, notice=Notice.LINK_LOST))
    assert "Vi har tappat kontakten och återansluter." in stage.texts("overlay_notice")

    stage.show(
        View(
            sheet=Sheet.MENU,
            notice=Notice.SHARE_ENDED,
            share_ended=ShareEndCause.CARD_ENTRY,
        )
    )
    assert "Delningen är slut, för du betalar med kort." in stage.texts("overlay_notice")

    stage.show(View(sheet=Sheet.MENU))
    assert not stage.shows("overlay_notice")


def test_the_next_shopper_finds_nothing_of_the_last(stage: Stage) -> None:
    stage.show(CHAT)
    stage.line("chat_input").setText("hemligt")

    stage.show(View())

    assert stage.overlay.chat.log.bubbles == []
    assert stage.overlay.chat.write.line.text() == ""
    assert not stage.overlay.chat.write.line.isUndoAvailable()


def test_what_was_said_to_the_last_shopper_is_forgotten_too(stage: Stage) -> None:
    for sheet in Sheet:
        stage.show(View(sheet=sheet, chat=CHAT.chat, notice=Notice.LINK_LOST))
    stage.overlay.wipe()

    holders = [stage.overlay, *stage.overlay.sheet.findChildren(SheetScreen)]
    announcers = [each for holder in holders for each in vars(holder).values()]
    said = [each._said for each in announcers if isinstance(each, Announcer)]
    assert len(said) >= 5
    assert not any(said)


def test_the_sheet_slides_and_can_be_used_at_once(qtbot: QtBot) -> None:
    stage = make_stage(qtbot, PORTRAIT, motion=True)
    slide = stage.overlay._slide

    stage.show(View(sheet=Sheet.MENU))
    assert slide.running
    QTest.mouseClick(stage.button("talk_to_person"), Qt.MouseButton.LeftButton)
    assert len(stage.fed) == 1

    qtbot.waitUntil(lambda: not slide.running)
    assert not slide.isVisible()
    stage.show(View())
    assert not stage.overlay.isVisible()
    assert slide.running
    stage.show(View(sheet=Sheet.MENU))
    qtbot.waitUntil(lambda: not slide.running)
    assert stage.overlay.isVisible()
    assert not slide.isVisible()


@pytest.mark.parametrize("motion", [True, False])
def test_a_screen_that_comes_by_itself_takes_no_press_that_was_on_its_way(
    qtbot: QtBot, motion: bool
) -> None:
    """The agent ends the case while the till is used: the faces come up under a finger."""
    stage = make_stage(qtbot, PORTRAIT, motion=motion)
    stage.show(View(sheet=Sheet.CHAT, folded=True, chat=CHAT.chat))
    faces = stage.overlay.feedback.faces

    stage.show(View(sheet=Sheet.FEEDBACK))
    tap(stage, faces[0])
    assert not faces[0].isChecked()

    qtbot.waitUntil(lambda: not stage.shows("sheet_guard"))
    tap(stage, faces[0])
    assert faces[0].isChecked()


def test_what_the_shopper_asked_for_takes_a_press_at_once(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.MENU))
    tap(stage, stage.button("talk_to_person"))

    assert stage.fed == [TalkPressed("")]


def test_a_screen_that_takes_the_place_of_another_takes_no_press_at_once(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.show(View(sheet=Sheet.QUEUE))
    stage.show(CHAT)
    tap(stage, stage.button("chat_end"))
    assert stage.fed == []

    qtbot.waitUntil(lambda: not stage.shows("sheet_guard"))
    tap(stage, stage.button("chat_end"))
    assert stage.fed != []


def test_reduced_motion_moves_nothing(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.MENU))

    assert not stage.overlay._slide.running


def test_a_sheet_that_slides_comes_to_rest(qtbot: QtBot) -> None:
    stage = make_stage(qtbot, motion=True)
    stage.show(View(sheet=Sheet.MENU))
    slide = stage.overlay._slide
    assert slide.running
    with qtbot.waitSignal(slide.finished):
        pass
    assert not slide.running
    assert not slide.isVisible()


def test_round_corners_are_round_while_it_slides(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    slide = Slide(Theme(), window)
    slide.resize(90, 90)
    behind, sheet = QPixmap(90, 90), QPixmap(90, 90)
    behind.fill(QColor("red"))
    sheet.fill(QColor("blue"))
    slide.start(behind, sheet, QPoint(), up=False)
    seen = slide.grab().toImage()
    slide.stop()
    assert seen.pixelColor(0, 0) == QColor("red")
    assert seen.pixelColor(45, 45) == QColor("blue")


def test_one_that_nobody_sees_comes_to_rest_as_well(qtbot: QtBot) -> None:
    """A screen that is off: nothing is painted, and the sheet is there all the same."""
    stage = make_stage(qtbot, motion=True)
    slide = stage.overlay._slide
    stage.overlay.window().hide()
    slide.start(QPixmap(9, 9), QPixmap(9, 9), QPoint(), up=True)
    with qtbot.waitSignal(slide.finished):
        pass
    assert not slide.running


def test_a_new_window_size_moves_the_sheet_along(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.MENU))
    stage.overlay.setGeometry(0, 0, 700, 900)

    sheet = stage.overlay.sheet.geometry()
    assert stage.overlay.rect().contains(sheet)
    assert sheet.width() > 600


def test_nothing_is_left_of_a_case_that_was_only_ever_folded(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.CHAT, folded=True, chat=CHAT.chat))

    stage.show(View())

    assert stage.overlay.chat.log.bubbles == []
