"""A shopper presses Hjälp and gets a person: the story of the first release, all of it real."""

import pytest
from PIL import Image, ImageChops

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.steps import TOTAL, fill_cart
from tests.support.waiting import eventually

CART = {"Mellanmjölk": "7310865004703"}


@pytest.mark.en301549("5.1.5", "5.1.7", "6.4")
def test_a_shopper_gets_a_person(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    fill_cart(shopper)
    assert shop.media_pids() == []

    shopper.tap("help_button")
    shopper.sees("overlay", "Svar inom 60 sek")
    shopper.write("ask_input", "Jag kan inte betala", enter=True)
    shopper.sees("queue_status", "nummer 1")

    agent.sees("queue", "Jag kan inte betala")
    agent.accept()
    shopper.sees("agent_status", "ansluter")
    shopper.tree.wait_for("chat_log")
    for part, words in {
        "context-panel": "Byabutiken",
        "context-cart": TOTAL,
        "context-step": "Varukorg",
        "context-language": "Svenska",
    }.items():
        agent.sees(part, words)
    for part in ("context-device", "context-network", "context-battery"):
        assert agent.part(part).inner_text().strip()

    agent.say("Vad står det på terminalen?")
    shopper.sees("chat_log", "Vad står det på terminalen?")
    shopper.write("chat_input", "Kortet nekas", enter=True)
    agent.sees("chat-log", "Kortet nekas")

    agent.part("share-request").click()
    shopper.sees("share_consent", "kassaskärmen i 5 min")
    assert agent.screen() is None
    shopper.tap("share_consent_yes")
    shopper.tree.wait_for("share_banner")
    first = eventually(agent.screen, "a frame decoded in Chromium")
    assert first.size == (shop.desktop.width, shop.desktop.height)

    # The till moves as the shopper taps it, and the agent sees just that.
    shopper.scan(CART["Mellanmjölk"])
    shopper.sees("cart_total", "162,40")
    eventually(lambda: alike(agent.screen(), shop.desktop.picture()), "the till in the video")

    shopper.tap("share_stop")
    shopper.does_not_see("share_banner")
    agent.sees("share-state", "kunden")

    agent.part("resolve-case").click()
    shopper.tap("feedback_5")
    shopper.tap("feedback_send")
    shopper.does_not_see("overlay")
    shopper.sees("cart_total", "162,40")
    eventually(lambda: shop.media_pids() == [], "the media process is gone with the case")
    assert agent.errors == []


def alike(video: Image.Image | None, screen: Image.Image) -> bool:
    """Whether the two show the same: small, grey, and no cell far off."""
    if video is None or video.size != screen.size:
        return False
    size = (screen.width // 20, screen.height // 20)
    small, seen = (p.convert("L").resize(size, Image.Resampling.BOX) for p in (video, screen))
    furthest = ImageChops.difference(small, seen).getextrema()[1]
    return isinstance(furthest, int) and furthest < 40
