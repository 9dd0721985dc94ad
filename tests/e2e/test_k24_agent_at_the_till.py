"""Row 24: an agent unlocks, takes away and opens the payment again, before the shopper's eyes."""

import pytest
from playwright.sync_api import expect

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.waiting import eventually

BEER = "2000000012940"
MILK = "7310865004703"


@pytest.mark.row(24)
def test_lisa_acts_at_the_till(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shopper.scan(MILK)
    shopper.scan(BEER)
    shopper.sees("cart", "Folköl 3,5")
    assert "enabled" not in shopper.tree.wait_for("pay_button").states

    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept()
    shopper.tree.wait_for("chat_log")
    agent.sees("context-cart", "Åldersgräns")

    agent.part("action-unlock-item").click()
    shopper.sees("overlay", "Lisa låste upp: Folköl 3,5")
    agent.sees("context-cart", "Ålder kontrollerad")
    expect(agent.part("action-unlock-item")).to_have_count(0)
    shopper.tap("help_button")  # fold the sheet: the till is behind it
    shopper.can_tap("pay_button")

    milk = agent.part("context-cart").get_by_role("button", name="Ta bort Mellanmjölk")
    milk.click()
    shopper.sees("cart", "Mellanmjölk")  # asked first
    milk.click()
    eventually(lambda: "Mellanmjölk" not in shopper.reads("cart"), "the milk is taken away")
    shopper.sees("message_line", "Lisa tog bort: Mellanmjölk")

    shopper.tap("pay_button")
    shopper.tap("pay_button")
    shopper.tap("terminal_decline")
    for _ in range(4):
        shopper.desktop.xdotool("key", "1")
    shopper.tap("card_confirm")
    agent.sees("context-step", "Kortet nekat")
    agent.part("action-resume-payment").click()
    shopper.sees("message_line", "Lisa öppnade betalningen igen")
    agent.sees("context-step", "Betalar")

    for action in ("unlock_line", "void_line", "resume_payment"):
        assert f"'{action}'" not in shop.log()
    assert "Folköl" not in shop.log()
    assert agent.errors == []
