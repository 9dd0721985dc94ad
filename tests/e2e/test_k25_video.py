"""Seen both ways, for a reason that is said, and never while a card is entered; row 25, row 22."""

import pytest
from PIL import Image, ImageChops

from tests.support.calling import CallingAgent, meet
from tests.support.shop import Shop, Shopper
from tests.support.sound import SoundServer
from tests.support.waiting import eventually

MILK = "7310865004703"


@pytest.mark.row(19, 25)
def test_an_age_check_by_video(
    shop: Shop, shopper: Shopper, caller: CallingAgent, sound: SoundServer
) -> None:
    shopper.scan(MILK)
    meet(shopper, caller)
    caller.part("video-reason").select_option("age_check")
    caller.part("video-start").click()
    shopper.sees("call_offer", "kontrollera din ålder")
    shopper.sees("call_offer", "bara för att hjälpa i stunden")
    assert caller.part("call-video").count() == 0
    shopper.tap("call_offer_yes")
    caller.sees_bars()
    sound.has_open(1, 1)
    # The shopper sees what the camera shows, and the agent once she shows herself.
    eventually(lambda: has(shop, shopper, (20, 160, 90)), "the preview on the kiosk")
    assert not has(shop, shopper, (0, 136, 0), most=0.2)
    caller.part("call-camera").click()
    eventually(lambda: has(shop, shopper, (0, 136, 0), most=0.2), "the agent on the kiosk")

    # The card terminal: the camera is closed before its page is up, the talk goes on.
    shopper.tap("pay_button")
    shopper.tap("pay_button")
    shopper.tree.wait_for("card_entry")
    eventually(lambda: caller.part("call-video").count() == 0, "no picture at the terminal")
    shopper.sees("call_banner", "Lisa hör dig")
    sound.has_open(1, 1)
    assert caller.part("video-start").is_disabled()
    shopper.tap("call_end")
    sound.has_open(0, 0)
    assert caller.errors == []


def has(shop: Shop, shopper: Shopper, colour: tuple[int, int, int], *, most: float = 0.02) -> bool:
    """Whether at least ``most`` of the kiosk's call pictures is near ``colour``."""
    node = shopper.tree.find("call_pictures")
    if node is None:
        return False
    box = node.box
    area = (box.x, box.y, box.x + box.width, box.y + box.height)
    picture = shop.desktop.picture().crop(area).resize((160, 90))
    hidden = Image.new("RGB", picture.size, colour)
    far = ImageChops.difference(picture, hidden).split()
    near = ImageChops.lighter(ImageChops.lighter(far[0], far[1]), far[2]).histogram()[:60]
    return sum(near) >= most * 160 * 90
