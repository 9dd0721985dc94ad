"""Row 23: where the agent points there is a ring with their name, for 3 s, and never a press."""

import pytest
from playwright.sync_api import Locator

from tests.support.agent import Agent
from tests.support.atspi import Box
from tests.support.shop import Shop, Shopper
from tests.support.steps import into_a_share

BLUE = (0x1D, 0x4E, 0xD8)


def point_at(layer: Locator, box: Box, shop: Shop) -> None:
    """A press of the agent's in the middle of what is at ``box`` on the kiosk's screen."""
    x, y = box.centre
    room = layer.bounding_box()
    assert room is not None
    layer.click(
        position={
            "x": room["width"] * x / shop.desktop.width,
            "y": room["height"] * y / shop.desktop.height,
        }
    )


@pytest.mark.row(23)
def test_lisa_points(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    into_a_share(shopper, agent)
    layer = agent.part("share-pointer")
    pay = shopper.tree.wait_for("pay_button").box
    point_at(layer, pay, shop)

    ring = shopper.tree.wait_for("pointer")
    assert ring.name == "Lisa pekar på: Betala med kort"
    assert ring.box.x <= pay.centre[0] <= ring.box.x + ring.box.width
    assert ring.box.y <= pay.centre[1] <= ring.box.y + ring.box.height
    picture = shop.desktop.picture()
    left, top = ring.box.x, ring.box.y
    around = picture.crop((left, top, left + ring.box.width, top + ring.box.height))
    colours = around.getcolors(around.width * around.height) or []
    assert BLUE in {colour for _, colour in colours}, "a blue ring is drawn"

    shopper.does_not_see("pointer", within=6)
    agent.sees("context-step", "Varukorg")  # a press would have begun the payment

    shopper.tap("share_stop")
    shopper.does_not_see("share_banner")
    assert layer.count() == 0
    assert agent.errors == []
