"""Row 29: the till sees that somebody is stuck, and help is offered once, for that very reason."""

from collections.abc import Callable

import pytest

from tests.support.agent import Agent
from tests.support.desktop import Desktop
from tests.support.shop import Shop, Shopper
from tests.support.steps import fill_cart
from tests.support.waiting import eventually, throughout

UNKNOWN = "4006381333931"  # a right code that this shop does not sell
BEER = "2000000012940"


@pytest.fixture
def decline(shopper: Shopper) -> Callable[[], None]:
    """The card is declined once more, from the cart or from the last decline."""

    def once() -> None:
        eventually(lambda: _to_terminal(shopper), "the terminal")
        shopper.tap("terminal_decline")
        shopper.focus_window()
        shopper.desktop.xdotool("key", "--delay", "150", *"1234", "Return")
        shopper.does_not_see("card_entry")

    return once


def _to_terminal(shopper: Shopper) -> bool:
    if shopper.tree.find("card_entry") is None:
        shopper.tap("pay_button")
    return shopper.tree.find("card_entry") is not None


@pytest.mark.row(29)
def test_two_declines(
    shop: Shop, shopper: Shopper, agent: Agent, decline: Callable[[], None]
) -> None:
    fill_cart(shopper)
    decline()
    assert shopper.tree.find("help_offer") is None
    decline()
    shopper.sees("help_offer", "Kortet nekades två gånger.")
    below = shopper.tree.wait_for("help_button").box
    assert shopper.tree.wait_for("help_offer").box.y < below.y
    shopper.tap("help_offer_yes")
    shopper.does_not_see("help_offer")
    shopper.tap("talk_to_person")
    agent.accept()
    agent.sees("context-reason", "Kortet nekades två gånger")


@pytest.mark.row(29)
def test_three_scans_that_find_nothing(shop: Shop, shopper: Shopper) -> None:
    fill_cart(shopper)
    for _ in range(2):
        shopper.scan(UNKNOWN)
        shopper.sees("message_line", "känner inte igen koden")
    assert shopper.tree.find("help_offer") is None
    shopper.scan(UNKNOWN)
    shopper.sees("help_offer", "Går varan inte att skanna?")
    shopper.tap("help_offer_no")
    shopper.does_not_see("help_offer")
    # Once a visit, whatever else happens in it.
    shopper.scan(BEER)
    shopper.sees("cart", "Folköl")
    throughout(lambda: shopper.tree.find("help_offer") is None, "offered once", seconds=1)
    # And the next shopper's is theirs.
    shopper.new_customer()
    shopper.scan(BEER)
    shopper.sees("help_offer", "En vara har åldersgräns.")


@pytest.mark.row(29)
def test_nothing_happens_in_the_payment(shop: Shop, shopper: Shopper, portrait: Desktop) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    shopper.tree.wait_for("help_button")
    fill_cart(shopper)
    shopper.tap("pay_button")
    shopper.sees("pay_button", "Till terminalen")
    hand.put_forward(15)
    throughout(lambda: shopper.tree.find("help_offer") is None, "too soon", seconds=1.5)
    hand.put_forward(6)
    shopper.sees("help_offer", "Vill du ha hjälp med att betala?")


@pytest.mark.row(29)
def test_switched_off_by_the_office(shop: Shop, shopper: Shopper) -> None:
    settings = shop.directory / "office" / "knowledge" / "settings.toml"
    off = '\n[kiosk."byabutiken-2"]\nproactive = false\npromise = false\n'
    settings.write_text(settings.read_text("utf-8") + off, "utf-8")
    eventually(
        lambda: (node := shopper.tree.find("help_button")) and node.name == "Hjälp",
        "the kiosk has the switches",
    )
    shopper.scan(BEER)
    shopper.sees("cart", "Folköl")
    throughout(lambda: shopper.tree.find("help_offer") is None, "switched off", seconds=1)
