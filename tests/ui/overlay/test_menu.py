from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk_app.case.events import ClosePressed, TalkPressed
from kiosk_app.case.view import HelpState, HelpView, Sheet, View
from kiosk_app.ui.overlay.articles import ArticleError, load_articles
from tests.ui.overlay.conftest import Stage

MENU = View(sheet=Sheet.MENU)


def test_four_topics_a_question_and_a_person(stage: Stage) -> None:
    stage.show(MENU)

    topics = [stage.button(f"menu_item_{n}").text() for n in range(1, 5)]
    assert topics[0] == "Betalningen går inte igenom"
    assert "Hur kan vi hjälpa?" in stage.texts()
    assert "Vi ser skärmen bara om du godkänner, för att hjälpa i stunden." in stage.texts()
    assert stage.button("talk_to_person").text() == "Prata med en person"


@pytest.mark.parametrize(
    ("state", "seconds", "text"),
    [
        (HelpState.OPEN, 60, "Din korg ligger kvar. Svar inom 60 sek."),
        (HelpState.OPEN, 150, "Din korg ligger kvar. Svar om ca 3 min."),
        (HelpState.OPEN, None, "Din korg ligger kvar. Vi ringer upp."),
        (HelpState.OFFLINE, 60, "Din korg ligger kvar. Vi har ingen kontakt just nu."),
    ],
)
def test_the_second_line_promises_what_is_true(
    stage: Stage, state: HelpState, seconds: int | None, text: str
) -> None:
    stage.show(View(sheet=Sheet.MENU, help=HelpView(state=state, promise_seconds=seconds)))

    assert text in stage.texts()


def test_a_topic_opens_its_article_and_a_person_is_still_one_tap_away(stage: Stage) -> None:
    stage.show(MENU)

    stage.button("menu_item_2").click()

    assert "En vara saknar pris eller kod" in stage.texts("article")
    stage.button("talk_to_person").click()
    assert stage.fed == [TalkPressed("")]


def test_back_and_escape_leave_the_article_before_they_leave_the_menu(stage: Stage) -> None:
    stage.show(MENU)
    stage.button("menu_item_1").click()
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    assert not stage.shows("article")
    assert stage.button("menu_item_1").hasFocus()

    stage.button("menu_item_3").click()
    stage.button("article_back").click()
    assert not stage.shows("article")
    assert stage.fed == []

    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    assert stage.fed == [ClosePressed()]


def test_an_article_that_helped_closes_the_help(stage: Stage) -> None:
    stage.show(MENU)
    stage.button("menu_item_1").click()

    stage.button("article_solved").click()

    assert stage.fed == [ClosePressed()]


def test_a_question_is_asked_by_enter_and_by_the_key(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClicks(stage.line("ask_input"), "  Jag kan inte betala ")
    QTest.keyClick(stage.line("ask_input"), Qt.Key.Key_Return)
    QTest.keyClicks(stage.line("ask_input"), "Igen")
    stage.button("ask_send").click()

    assert stage.fed == [TalkPressed("Jag kan inte betala"), TalkPressed("Igen")]
    assert stage.line("ask_input").text() == ""


def test_an_empty_question_asks_nobody(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClicks(stage.line("ask_input"), "   ")

    stage.button("ask_send").click()

    assert stage.fed == []


def test_what_was_half_written_goes_with_the_shopper_to_the_person(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClicks(stage.line("ask_input"), "kortet")

    stage.button("talk_to_person").click()

    assert stage.fed == [TalkPressed("kortet")]


def test_letters_typed_at_the_menu_begin_a_question_and_digits_do_not(stage: Stage) -> None:
    stage.show(MENU)
    QTest.keyClick(stage.button("menu_item_1"), Qt.Key.Key_7)
    assert stage.line("ask_input").text() == ""

    QTest.keyClick(stage.button("menu_item_1"), Qt.Key.Key_H)

    assert stage.line("ask_input").text() == "h"
    assert stage.line("ask_input").hasFocus()


def test_articles_say_what_is_wrong_with_them(tmp_path: Path) -> None:
    (tmp_path / "sv").mkdir()
    with pytest.raises(ArticleError, match="no help articles"):
        load_articles("sv", tmp_path)
    (tmp_path / "sv" / "1_a.toml").write_text("title = 3\n")
    with pytest.raises(ArticleError, match=r"1_a\.toml"):
        load_articles("sv", tmp_path)


def test_every_language_has_the_same_short_articles() -> None:
    swedish, english = load_articles("sv"), load_articles("en")

    assert len(swedish) == len(english) == 4
    for article in (*swedish, *english):
        assert 2 <= len(article.sentences) <= 4
        assert all(len(sentence.split()) <= 15 for sentence in article.sentences)


def test_a_language_without_articles_shows_the_swedish_ones() -> None:
    assert load_articles("fi") == load_articles("sv")
