"""Row 32: somebody is in danger; nothing stands between them and a person."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.waiting import PATIENCE, throughout


@pytest.mark.row(32)
def test_on_every_level_of_the_menu(shop: Shop, shopper: Shopper) -> None:
    shopper.tap("help_button")
    shopper.sees("safety_lane", "Jag är inlåst, rädd eller skadad")
    shopper.tap("menu_item_1")
    shopper.can_tap("safety_lane")


@pytest.mark.row(32)
def test_past_the_queue_and_straight_to_voice(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shopper.tap("help_button")
    shopper.tap("safety_lane")
    shopper.sees("safety", "Ring 112 vid fara.")
    shopper.sees("overlay", "Vi hämtar en person åt dig.")
    agent.sees("queue", "I fara")
    expect(agent.part("safety-mark")).to_be_visible()
    expect(agent.part("sound")).to_have_attribute("data-ringing", "urgent")
    agent.accept()
    expect(agent.part("case-safety")).to_be_visible()
    expect(agent.part("sound")).to_have_attribute("data-ringing", "no")
    # The shopper's own press has asked for voice already: the agent has only to say yes.
    expect(agent.part("voice-start")).to_be_visible(timeout=PATIENCE * 1000)
    shopper.tree.wait_for("chat_log")
    shopper.sees("help_button", "Lisa är här")


def test_who_waits_already_goes_to_the_head(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    shopper.sees("queue_status", "nummer 1")
    expect(agent.part("sound")).to_have_attribute("data-ringing", "new")
    shopper.tap("safety_lane")
    shopper.sees("safety", "Ring 112 vid fara.")
    expect(agent.part("sound")).to_have_attribute("data-ringing", "urgent")
    shopper.tap("safety_back")
    shopper.sees("queue_status", "nummer 1")


def test_while_nobody_can_be_reached(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand(store_phone="08-123 456 78")
    shopper.tree.wait_for("help_button")
    shop.kill_office()
    shopper.sees("help_button", "kontakt")
    shopper.tap("help_button")
    shopper.tap("safety_lane")
    shopper.sees("overlay", "Vi når ingen just nu.")
    shopper.sees("safety", "Ring 112 vid fara.")
    shopper.sees("safety", "Butiken: 08-123 456 78")
    # It does not turn into a notice of a technical fault.
    hand.put_forward(120)
    throughout(lambda: shopper.tree.find("safety") is not None, "whom to call is said", seconds=2)
    shop.start_office()
    agent.sees("queue", "I fara")
    shopper.sees("overlay", "Vi hämtar en person åt dig.")


def test_an_agent_who_comes_later_finds_it_first(
    shop: Shop, shopper: Shopper, hire: Callable[[], Agent]
) -> None:
    shopper.tap("help_button")
    shopper.tap("safety_lane")
    shopper.sees("overlay", "Vi når ingen just nu.")
    agent = hire()
    agent.sees("queue", "I fara")
    shopper.sees("overlay", "Vi hämtar en person åt dig.")
    agent.accept()
    shopper.sees("help_button", "Lisa är här")
