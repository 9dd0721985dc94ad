"""Rows 1 to 5: Hjälp is on every screen, at the same place, big enough, said right, and acts on
release, by finger and by key."""

from collections.abc import Callable

import pytest

from tests.support.agent import Agent
from tests.support.atspi import Box
from tests.support.shop import Shop, Shopper
from tests.support.steps import enter_card
from tests.support.waiting import eventually, throughout

MILK = "7310865004703"
YELLOW = (0xFF, 0xC9, 0x33)
DASH = "\N{EN DASH}"
PX_PER_MM = 3.6  # as the demo's settings have it


@pytest.mark.row(1, 2, 4)
@pytest.mark.en301549("WCAG 3.2.6")
def test_on_every_screen_at_the_same_place(shop: Shop, shopper: Shopper) -> None:
    desktop = shop.desktop
    places: dict[str, Box] = {}

    def see(screen: str) -> None:
        """Hjälp shows there, whole and uncovered: its own colour is where it says it is."""
        node = shopper.can_tap("help_button")
        places[screen] = node.box
        assert node.name.startswith("Hjälp \N{EN DASH} "), screen
        assert node.box.inside(desktop.width, desktop.height), screen

    see("start")
    lit = desktop.picture().getpixel(corner(places["start"]))
    assert lit == YELLOW
    shopper.scan(MILK)
    shopper.sees("cart_total", "19,90")
    see("cart")
    shopper.tap("pay_button")
    see("payment")
    shopper.tap("pay_button")
    see("card entry")
    enter_card(shopper, "terminal_decline")
    see("declined")
    shopper.tap("pay_button")
    shopper.tap("pay_button")
    enter_card(shopper, "terminal_approve")
    see("paid")
    shopper.tap("show_receipt")
    see("receipt")
    shopper.tap("help_button")
    shopper.tree.wait_for("overlay")
    see("help open")
    shopper.tap("help_button")
    shopper.does_not_see("overlay")
    shop.kill_office()
    eventually(lambda: "utan kontakt" in shopper.reads("help_button"), "what is true offline")
    see("offline")

    assert len(set(places.values())) == 1, places
    [box] = set(places.values())
    # 2: bottom right, 4: 20 mm high on this panel, far more than 44 px.
    assert desktop.width - (box.x + box.width) <= 48
    assert desktop.height - (box.y + box.height) <= 48
    assert min(box.width, box.height) >= max(44, 20 * PX_PER_MM)


@pytest.mark.row(3, 5)
def test_it_says_what_it_promises_and_acts_on_release(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    agent.part("queue").wait_for()  # somebody is there to keep the promise
    node = shopper.can_tap("help_button")
    eventually(
        lambda: node.name == f"Hjälp {DASH} svar inom 60 sek", "3, 5: its name is its promise"
    )
    x, y = node.box.centre
    xdotool = shop.desktop.xdotool

    # 5: a finger that comes down and slides off has pressed nothing.
    xdotool("mousemove", str(x), str(y), "mousedown", "1")
    xdotool("mousemove", str(x), str(y - 600), "mouseup", "1")
    closed = closed_overlay(shopper)
    throughout(closed, "the sheet stays away", seconds=0.5)
    xdotool("mousemove", str(x), str(y), "mousedown", "1")
    throughout(closed, "not before the finger is lifted", seconds=0.5)
    xdotool("mouseup", "1")
    shopper.tree.wait_for("overlay")
    shopper.tap("overlay_close")
    shopper.does_not_see("overlay")

    for key in ("space", "Return"):
        shopper.focus_window()
        eventually(lambda: "focused" in shopper.can_tap("help_button").states, "the focus is back")
        xdotool("key", key)
        shopper.tree.wait_for("overlay")
        xdotool("key", "Escape")
        shopper.does_not_see("overlay")


def closed_overlay(shopper: Shopper) -> Callable[[], bool]:
    return lambda: shopper.tree.find("overlay") is None


def corner(box: Box) -> tuple[int, int]:
    """Inside its edge, beside the words."""
    return box.x + box.width // 2, box.y + 14
