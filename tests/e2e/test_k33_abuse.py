"""Row 33: a game with the help is ended in words, and costs nobody in danger anything."""

import pytest
from playwright.sync_api import expect

from kiosk_app.case.visit.restraint import LINES, PERSONS
from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.waiting import PATIENCE


@pytest.mark.row(33)
def test_an_agent_ends_and_pauses(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shopper.tap("help_button")
    shopper.write("ask_input", "Blah", enter=True)
    agent.accept()
    shopper.tree.wait_for("chat_log")
    agent.part("pause-open").click()
    agent.part("pause-minutes").select_option("15")
    agent.part("pause-help").click()
    shopper.does_not_see("overlay")
    shopper.sees("help_button", "pausad till")
    expect(agent.part("case-open")).to_have_count(0, timeout=PATIENCE * 1000)
    # The pause is the kiosk's: neither the next shopper nor a restart of either side ends it.
    shopper.new_customer()
    shopper.sees("help_button", "pausad till")
    shop.kill_office()
    shop.start_office()
    shop.kill_kiosk()
    shop.start_kiosk()
    shopper.sees("help_button", "pausad till")
    # Articles go on, a person is not to be had, and danger is not paused.
    shopper.tap("help_button")
    shopper.sees("overlay", "Hjälpen är pausad till")
    assert "enabled" not in shopper.tree.wait_for("talk_to_person").states
    shopper.tap("menu_item_1")
    shopper.tap("safety_lane")
    agent.sees("queue", "I fara")


@pytest.mark.row(33)
def test_persons_asked_for_again_and_again(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    for _ in range(PERSONS):
        shopper.tap("help_button")
        shopper.tap("talk_to_person")
        shopper.tap("queue_leave")
        shopper.does_not_see("overlay")
    shopper.tap("help_button")
    shopper.sees("overlay", "Du har fått hjälp flera gånger.")
    assert "enabled" not in shopper.tree.wait_for("talk_to_person").states
    shopper.can_tap("safety_lane")


@pytest.mark.row(33)
def test_lines_written_too_fast_wait_and_are_not_lost(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    shopper.tree.wait_for("help_button")
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept(greet=False)
    agent.say("Hej")
    shopper.sees("chat_log", "Hej")
    shopper.write("chat_input", "rad 0", enter=True)
    for number in range(1, LINES + 2):
        shopper.desktop.xdotool("type", "--delay", "4", f"rad {number}")
        shopper.desktop.xdotool("key", "Return")
    shopper.sees("overlay", "Du skriver snabbt.")
    agent.sees("chat-log", f"rad {LINES - 1}")
    assert agent.part("chat-message").filter(has_text=f"rad {LINES + 1}").count() == 0
    hand.put_forward(61)
    agent.sees("chat-log", f"rad {LINES + 1}")
    # Whoever is still writing too fast when the agent ends it learns that the rest did not go.
    for number in range(LINES + 2, 2 * LINES + 4):
        shopper.desktop.xdotool("type", "--delay", "4", f"rad {number}")
        shopper.desktop.xdotool("key", "Return")
    shopper.sees("overlay", "Du skriver snabbt.")
    agent.part("resolve-case").click()
    shopper.tree.wait_for("feedback_1")
    shopper.sees("overlay", "Dina sista rader skickades inte.")
