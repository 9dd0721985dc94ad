"""Card entry ends a share, and not one frame of it reaches the agent."""

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from tests.support.agent import Agent
from tests.support.atspi import Box
from tests.support.shop import Shop, Shopper
from tests.support.steps import into_a_share
from tests.support.waiting import eventually


@pytest.mark.row(22)
def test_card_entry_ends_the_share_and_is_in_no_frame(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    into_a_share(shopper, agent)
    agent.record()
    shopper.tap("pay_button")
    # Something the agent did see, so that the recording is known to work.
    eventually(lambda: len(agent.recording()) > 0, "frames are recorded")
    shopper.tap("pay_button")
    place = shopper.tree.wait_for("card_entry").box
    shopper.does_not_see("share_banner")
    agent.sees("share-state", "kort")
    for digit in "1234":
        shopper.desktop.xdotool("key", digit)
    screen = shop.desktop.picture()
    secret = crop(screen, place, 1.0)
    leaked = screen.resize((screen.width // 5, screen.height // 5))
    assert alike(crop(leaked, place, 0.2), secret), "the comparison would not see a leak"
    frames = agent.recording()
    assert frames
    for number, frame in enumerate(frames):
        seen = crop(frame, place, 0.2)
        assert not alike(seen, secret), f"frame {number} of {len(frames)} shows the card entry"
    # Nothing typed there is to be heard of by a screen reader either.
    assert "1234" not in shopper.reads("card_entry")
    # Nobody can ask again in that step; the key says why, and the shopper hears nothing of it.
    expect(agent.part("share-request")).to_be_disabled()
    agent.sees("share-why-not", "kunden slår in kort och kod")
    assert shopper.tree.find("share_consent") is None


def crop(picture: Image.Image, place: Box, scale: float) -> Image.Image:
    """``place`` of a picture that is ``scale`` of the screen's size, at a common small size."""
    left, top = place.x * scale, place.y * scale
    box = (left, top, left + place.width * scale, top + place.height * scale)
    return picture.crop(box).convert("L").resize((48, 48))


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two small grey pictures show the same thing: text on paper leaves a pattern."""
    difference = ImageChops.difference(one, other).histogram()
    far_off = sum(difference[48:])
    return far_off < 48 * 48 * 0.02
