from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk_app.case.events import (
    ClosePressed,
    MenuBackPressed,
    MenuItemPressed,
    QuestionTyped,
    SolvedPressed,
    TalkPressed,
)
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.menu import ArticleView, MenuView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.protocol.knowledge import Block, BlockKind
from tests.support.help import article_view, found_view, menu_view
from tests.ui.overlay.conftest import Stage

MENU = View(sheet=Sheet.MENU, menu=menu_view())
LEVEL = View(sheet=Sheet.MENU, menu=menu_view(topic=1))
ARTICLE = View(sheet=Sheet.MENU, menu=article_view())


def test_four_topics_a_question_and_a_person(stage: Stage) -> None:
    stage.show(MENU)

    topics = [stage.button(f"menu_item_{n}").text() for n in range(1, 5)]
    assert topics[0] == "Betalningen går inte igenom"
    assert "Hur kan vi hjälpa?" in stage.texts()
    assert "Vi ser skärmen bara om du godkänner, för att hjälpa i stunden." in stage.texts()
    assert stage.button("talk_to_person").text() == "Prata med en person"


@pytest.mark.parametrize(
    ("offline", "seconds", "text"),
    [
        (False, 60, "Din korg ligger kvar. Svar inom 60 sek."),
        (False, 150, "Din korg ligger kvar. Svar inom ca 3 min."),
        (False, None, "Din korg ligger kvar. Vi ringer upp."),
        (True, 60, "Din korg ligger kvar. Vi har ingen kontakt just nu."),
    ],
)
def test_the_second_line_promises_what_is_true(
    stage: Stage, offline: bool, seconds: int | None, text: str
) -> None:
    help_view = HelpView(HelpState.OPEN, promise_seconds=seconds, offline=offline)
    stage.show(View(sheet=Sheet.MENU, help=help_view))

    assert text in stage.texts()
    way = "Bli uppringd" if offline else "Prata med en person"
    assert stage.button("talk_to_person").text() == way


def test_a_topic_is_chosen_by_its_key(stage: Stage) -> None:
    stage.show(MENU)

    stage.button("menu_item_2").click()

    assert stage.fed == [MenuItemPressed("topic:1")]


def test_a_level_has_its_name_a_way_back_and_a_person(stage: Stage) -> None:
    stage.show(MENU)
    stage.button("menu_item_2").click()
    stage.show(LEVEL)

    assert "Varor, koder och priser" in stage.texts()
    assert stage.button("menu_item_1").text() == "En vara saknar pris eller kod"
    assert stage.button("menu_item_1").hasFocus()
    stage.button("menu_back").click()
    stage.button("talk_to_person").click()
    assert stage.fed[1:] == [MenuBackPressed(), TalkPressed("")]


def test_the_way_back_leads_the_focus_to_where_it_was(stage: Stage) -> None:
    stage.show(MENU)
    stage.button("menu_item_2").click()
    stage.show(LEVEL)
    stage.button("menu_item_3").click()
    stage.show(
        replace(MENU, menu=replace(menu_view(topic=1), article=article_view().article, depth=2))
    )
    assert stage.button("article_back").hasFocus()

    stage.show(LEVEL)
    assert stage.button("menu_item_3").hasFocus()
    stage.show(MENU)
    assert stage.button("menu_item_2").hasFocus()


def test_an_article_can_be_read_and_a_person_is_still_one_tap_away(stage: Stage) -> None:
    stage.show(ARTICLE)

    text = stage.texts("article")
    assert "Betalningen går inte igenom" in text
    assert "1.\nSätt i kortet i stället för att blippa." in text
    assert "Nekas kortet dras inga pengar." in text
    assert not stage.shows("ask_input")
    stage.button("talk_to_person").click()
    assert stage.fed == [TalkPressed("")]


def test_steps_are_counted_and_points_are_not(stage: Stage) -> None:
    blocks = (
        Block(BlockKind.HEADING, "Först"),
        Block(BlockKind.STEP, "ett"),
        Block(BlockKind.STEP, "två"),
        Block(BlockKind.POINT, "annat"),
        Block(BlockKind.STEP, "nytt"),
    )
    menu = MenuView(article=ArticleView("a", "Titel", blocks), depth=1)
    stage.show(replace(MENU, menu=menu))

    assert stage.texts("article").split("\n") == [
        *("Titel", "Först", "1.", "ett", "2.", "två", "\N{BULLET}", "annat", "1.", "nytt")
    ]


def test_nothing_of_a_longer_article_is_left_under_a_shorter_one(stage: Stage) -> None:
    stage.show(replace(MENU, menu=article_view("sv", "gick-kopet-igenom")))
    stage.show(replace(MENU, menu=article_view("sv", "flera-likadana")))

    assert "konto" not in stage.texts("article")


def test_did_it_help(stage: Stage) -> None:
    stage.show(ARTICLE)
    assert "Löste det sig?" in stage.texts()

    stage.button("article_solved").click()
    stage.button("article_unsolved").click()

    assert stage.fed == [SolvedPressed(), TalkPressed("")]
    assert stage.button("article_solved").accessibleName() == "Löste det sig? Ja"


def test_escape_leaves_the_article_before_it_leaves_the_menu(stage: Stage) -> None:
    stage.show(ARTICLE)
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    stage.show(LEVEL)
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    stage.show(MENU)
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)

    assert stage.fed == [MenuBackPressed(), MenuBackPressed(), ClosePressed()]


def test_articles_are_looked_for_with_each_letter(stage: Stage) -> None:
    stage.show(MENU)
    stage.line("ask_input").setFocus()
    QTest.keyClicks(stage.line("ask_input"), "kv")
    assert stage.fed == [QuestionTyped("k"), QuestionTyped("kv")]

    stage.show(replace(MENU, menu=found_view("sv", "kvitto", "retur")))

    assert "Kanske hjälper det här" in stage.texts()
    assert stage.button("menu_item_1").text() == "Få ditt kvitto"
    assert not stage.shows("menu_item_3")
    assert stage.line("ask_input").hasFocus()
    stage.button("menu_item_2").click()
    assert stage.fed[-1] == MenuItemPressed("retur")


def test_where_nothing_is_found_a_person_is_named(stage: Stage) -> None:
    stage.show(MENU)
    stage.show(replace(MENU, menu=found_view("sv")))

    assert "Vi hittar inget om det. En person kan hjälpa dig." in stage.texts()
    assert not stage.shows("menu_item_1")
    assert stage.shows("talk_to_person")


def test_escape_takes_the_question_back_first(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClicks(stage.line("ask_input"), "k")
    stage.show(replace(MENU, menu=found_view("sv", "kvitto")))

    QTest.keyClick(stage.window, Qt.Key.Key_Escape)

    assert stage.fed[-1] == QuestionTyped("")
    assert stage.line("ask_input").text() == ""


def test_another_language_keeps_the_place(stage: Stage) -> None:
    stage.show(ARTICLE)
    stage.show(replace(ARTICLE, language="en", menu=article_view("en")))

    assert "The payment does not go through" in stage.texts("article")
    assert "Did that help?" in stage.texts()


def test_what_was_found_is_there_beside_the_keyboard(stage: Stage) -> None:
    stage.show(MENU)
    stage.overlay.menu.ask.line.touched.emit()
    assert not stage.shows("menu_item_1")

    stage.show(replace(MENU, menu=found_view("sv", "kvitto")))

    assert stage.shows("menu_item_1")
    assert stage.shows("keyboard")


def test_no_promise_where_none_may_be_made(stage: Stage) -> None:
    stage.show(replace(MENU, help=HelpView(HelpState.OPEN, promised=False)))

    assert "Din korg ligger kvar." in stage.texts().split("\n")


def test_a_question_is_asked_by_enter_and_by_the_key(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClicks(stage.line("ask_input"), "  Jag kan inte betala ")
    QTest.keyClick(stage.line("ask_input"), Qt.Key.Key_Return)
    QTest.keyClicks(stage.line("ask_input"), "Igen")
    stage.button("ask_send").click()

    sent = [event for event in stage.fed if isinstance(event, TalkPressed)]
    assert sent == [TalkPressed("Jag kan inte betala"), TalkPressed("Igen")]
    assert stage.line("ask_input").text() == ""


def test_an_empty_question_asks_nobody(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClicks(stage.line("ask_input"), "   ")

    stage.button("ask_send").click()

    assert not [event for event in stage.fed if isinstance(event, TalkPressed)]


def test_what_was_half_written_goes_with_the_shopper_to_the_person(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClicks(stage.line("ask_input"), "kortet")

    stage.button("talk_to_person").click()

    assert stage.fed[-1] == TalkPressed("kortet")


def test_letters_typed_at_the_menu_begin_a_question_and_digits_do_not(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClick(stage.button("menu_item_1"), Qt.Key.Key_7)
    assert stage.line("ask_input").text() == ""

    QTest.keyClick(stage.button("menu_item_1"), Qt.Key.Key_H)

    assert stage.line("ask_input").text() == "h"
    assert stage.line("ask_input").hasFocus()
