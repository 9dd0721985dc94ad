"""The first steps of many stories, as a shopper and an agent take them."""

from tests.support.agent import Agent
from tests.support.shop import Shopper
from tests.support.waiting import eventually

TOTAL = "142,50"  # of the cart of the sketches
FIRST = "Jag kan inte betala"


def fill_cart(shopper: Shopper) -> None:
    """The cart of the sketches, by scanner."""
    for code in (
        "7310865004703",
        "2000000010144",
        "2000000010144",
        "2000000010496",
        "2000000010212",
        "2000000010281",
    ):
        shopper.scan(code)
    shopper.sees("cart_total", TOTAL)


def into_a_chat(shopper: Shopper, agent: Agent) -> None:
    """From an empty till to a chat in which both have said something."""
    fill_cart(shopper)
    shopper.tap("help_button")
    shopper.write("ask_input", FIRST, enter=True)
    agent.accept()
    agent.say("Hej igen")
    shopper.sees("chat_log", "Hej igen")


def into_a_share(shopper: Shopper, agent: Agent) -> None:
    into_a_chat(shopper, agent)
    agent.part("share-request").click()
    shopper.tap("share_consent_yes")
    shopper.tree.wait_for("share_banner")
    eventually(agent.screen, "a frame decoded in Chromium")


def enter_card(shopper: Shopper, answer: str) -> None:
    shopper.tap(answer)
    shopper.focus_window()
    for digit in "1234":
        shopper.desktop.xdotool("key", digit)
    shopper.tap("card_confirm")
