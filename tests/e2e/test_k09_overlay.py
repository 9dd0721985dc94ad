"""Rows 9 and 12: help lies over the till and leaves it as it is; what is known is never asked."""

import pytest

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.steps import TOTAL, enter_card, fill_cart
from tests.support.waiting import eventually


@pytest.mark.row(9)
@pytest.mark.en301549("9.4.1.2")
def test_the_shopper_never_leaves_the_till(shop: Shop, shopper: Shopper) -> None:
    fill_cart(shopper)
    before = eventually(lambda: still(shop), "the till stands still")
    for way in ("overlay_close", "Escape", "help_button"):
        shopper.tap("help_button")
        sheet = shopper.tree.wait_for("overlay")
        assert (sheet.role, sheet.name) == ("dialog", "Hur kan vi hjälpa?")
        shopper.sees("cart_total", TOTAL)  # in sight and in place all the time
        if way == "Escape":
            shopper.focus_window()
            shop.desktop.xdotool("key", way)
        else:
            shopper.tap(way)
        shopper.does_not_see("overlay")
        eventually(lambda: still(shop) == before, f"by {way} back to exactly the same till")


def still(shop: Shop) -> bytes:
    """What is above the foot, where the button's own words change."""
    picture = shop.desktop.picture()
    return picture.crop((0, 0, picture.width, picture.height - 400)).tobytes()


@pytest.mark.row(12)
@pytest.mark.en301549("WCAG 3.3.7")
def test_everything_known_follows_without_a_question(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    fill_cart(shopper)
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept()
    for part, words in {
        "context-panel": "Byabutiken",
        "context-cart": TOTAL,
        "context-step": "Varukorg",
        "context-language": "Svenska",
    }.items():
        agent.sees(part, words)
    agent.sees("context-panel", "Kassa 2")
    for part in ("context-device", "context-network", "context-battery"):
        assert agent.part(part).inner_text().strip(), part
    shopper.tap("language_en")
    agent.sees("context-language", "Engelska")
    shopper.tap("help_button")
    shopper.tap("pay_button")
    shopper.tap("pay_button")
    agent.sees("context-step", "Slår in kort och kod")
    enter_card(shopper, "terminal_decline")
    agent.sees("context-step", "Kortet nekat")
    assert agent.errors == []
