"""Any till, another program's: it owns the screen, and Hjälp lies above it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.agent import Agent
from tests.support.atspi import Box
from tests.support.companion_window import COLOUR
from tests.support.desktop import Desktop
from tests.support.shop import Shop, Shopper, open_shop
from tests.support.waiting import eventually

INK = (27, 31, 29)  # the chosen language's key
YELLOW = (255, 200, 50)  # about what Hjälp is painted in


@pytest.fixture
def shop(portrait: Desktop, tmp_path: Path) -> Iterator[Shop]:
    with open_shop(portrait, tmp_path / "demo", till="socket") as shop:
        path = shop.directory / "kiosk" / "till.sock"
        eventually(path.exists, "the till's socket")
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.support.companion_window", str(path)],
            env=portrait.environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            eventually(lambda: "the till's program is here" in shop.log(), "the program is here")
            yield shop
        finally:
            program.terminate()
            program.wait(10)


def test_help_above_another_programs_till(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    # Hjälp at the bottom right, the program's own screen everywhere else.
    place = shopper.can_tap("help_button").box
    assert place.x > shop.desktop.width // 2 and place.y > shop.desktop.height * 3 // 4
    eventually(lambda: like(shop, *above_corner(place), YELLOW), "Hjälp is above the till")
    for x, y in ((20, shop.desktop.height - 20), (540, 900), (1060, 20), (place.x - 60, place.y)):
        assert like(shop, x, y, COLOUR), f"the till is not seen at {x},{y}"

    shopper.tap("sell_Folköl")  # through the kiosk's window, which is not there
    shopper.sees("their_cart", "Folköl")
    shopper.tap("help_button")
    language = shopper.can_tap("language_sv").box
    eventually(lambda: like(shop, language.x + 20, language.centre[1], INK), "the bar is painted")
    shopper.tap("talk_to_person")
    agent.accept()
    shopper.tree.wait_for("chat_log")
    agent.sees("context-cart", "Folköl")
    agent.sees("context-step", "Varukorg")
    shopper.write("chat_input", "Jag fyller arton i dag", enter=True)
    agent.sees("chat-log", "Jag fyller arton i dag")

    # What of that screen is sensitive nobody can know: it is never shown, and the agent reads why.
    agent.part("share-request").click()
    agent.sees("share-state", "Går inte här")
    assert shopper.tree.find("share_consent") is None

    agent.part("action-unlock-item").click()
    shopper.sees("their_cart", "Folköl (unlocked)")
    shopper.sees("overlay", "Lisa låste upp: Folköl")
    agent.sees("context-cart", "Ålder kontrollerad")

    shopper.tap("help_button")  # folds the sheet
    shopper.does_not_see("overlay")
    eventually(lambda: like(shop, 540, 900, COLOUR), "the till is back")
    shopper.desktop.xdotool("key", "--delay", "4", *"4006381333931", "Return")  # the till's again
    shopper.sees("their_cart", "4006381333931")
    agent.sees("context-cart", "4006381333931")

    shopper.tap("to_the_front")
    eventually(lambda: like(shop, *above_corner(place), YELLOW), "Hjälp comes back above it")

    shopper.tap("help_button")
    shopper.leave(lambda: shopper.reads("their_cart") == "nothing")
    assert agent.errors == []


def above_corner(place: Box) -> tuple[int, int]:
    """Inside Hjälp, where there is neither word nor icon."""
    return place.x + place.width // 2, place.y + 14


def like(shop: Shop, x: int, y: int, colour: tuple[int, int, int]) -> bool:
    seen = shop.desktop.picture().getpixel((x, y))
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 30 for one, other in zip(seen, colour, strict=True))
