"""Row 31: one tap changes the language anywhere, and nothing else."""

import pytest

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.steps import TOTAL, fill_cart


@pytest.mark.row(31)
@pytest.mark.en301549("9.3.1.1")
def test_one_tap_anywhere(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shopper.sees("cart", "Skanna din första vara")
    assert shopper.tree.wait_for("cart").locale.startswith("sv")
    shopper.tap("language_en")
    shopper.sees("cart", "Scan your first item")
    assert shopper.tree.wait_for("cart").locale.startswith("en")
    fill_cart(shopper)
    shopper.tap("help_button")
    shopper.sees("overlay", "How can we help?")
    shopper.tap("language_sv")
    shopper.sees("overlay", "Hur kan vi hjälpa?")
    shopper.write("ask_input", "Can you help", enter=False)
    shopper.tap("language_en")
    shopper.sees("ask_input", "Can you help")  # what was written stays
    shopper.tap("talk_to_person")
    agent.accept()
    agent.sees("context-language", "Engelska")
    shopper.sees("chat_log", "Hi!")  # greeted in their own language
    shopper.tap("language_sv")
    agent.sees("context-language", "Svenska")
    shopper.sees("chat_log", "Hi!")
    shopper.sees("cart_total", TOTAL)
    # The next shopper begins in the shop's own language.
    shopper.tap("language_en")
    shopper.new_customer()
    shopper.sees("cart", "Skanna din första vara")
    assert agent.errors == []
