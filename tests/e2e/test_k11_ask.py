"""Row 11: a question in the shopper's own words finds articles, and follows them to a person."""

import pytest

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper


@pytest.mark.row(11)
def test_a_misspelt_question_finds_its_article_and_reaches_the_agent(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    shopper.tap("help_button")
    shopper.write("ask_input", "betalnig")
    shopper.sees("overlay", "Kanske hjälper det här")
    shopper.sees("menu_item_1", "Betalningen går inte igenom")
    shopper.tap("menu_item_1")
    shopper.sees("article", "Sätt i kortet")

    shopper.tap("article_unsolved")
    shopper.sees("queue_status", "nummer 1")
    agent.accept()

    agent.sees("context-read", "Betalningen går inte igenom")
    agent.sees("context-asked", "betalnig")
    agent.sees("chat-log", "betalnig")
    assert agent.errors == []
    assert "betalnig" not in shop.log()


@pytest.mark.row(11)
def test_what_nobody_has_written_of_leads_to_a_person(shop: Shop, shopper: Shopper) -> None:
    shopper.tap("help_button")
    shopper.write("ask_input", "xyzzy")

    shopper.sees("overlay", "Vi hittar inget om det.")
    shopper.tap("talk_to_person")
    shopper.sees("queue_status", "nummer 1")
