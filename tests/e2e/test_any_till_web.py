"""Any till, a web checkout: Hjälp over the chain's own page, whose cart the agent sees."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from tests.support.agent import Agent
from tests.support.atspi import Node
from tests.support.desktop import Desktop
from tests.support.pages import MARKER, SECRET, page_with_a_secret
from tests.support.shop import Shop, Shopper, open_shop
from tests.support.waiting import eventually

MILK = "7310865004703"
BEER = "2000000012940"


@pytest.fixture
def shop(portrait: Desktop, tmp_path: Path) -> Iterator[Shop]:
    url = page_with_a_secret(tmp_path / "page")
    with open_shop(portrait, tmp_path / "demo", till="web", till_url=url) as shop:
        yield shop


def test_help_over_the_chains_own_page(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shopper.tree.wait_for("goods")
    tap_in_page(shopper, "Mellanmjölk")
    shopper.sees("lines", "Mellanmjölk")
    shopper.scan(BEER)  # into the page, which has the keyboard
    shopper.sees("lines", "Folköl")

    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    shopper.scan(MILK)  # into the sheet, from where it reaches the page
    agent.accept()
    shopper.tree.wait_for("chat_log")
    agent.sees("context-cart", "Folköl")
    agent.sees("context-cart", "58,70")
    agent.sees("context-step", "Varukorg")

    agent.part("action-unlock-item").click()
    shopper.sees("overlay", "Lisa låste upp: Folköl")
    agent.sees("context-cart", "Ålder kontrollerad")

    agent.part("share-request").click()
    shopper.tap("share_consent_yes")
    shopper.tree.wait_for("share_banner")
    eventually(lambda: shows(agent.screen(), MARKER), "the page in the agent's video")
    agent.record()
    eventually(lambda: len(agent.recording()) > 20, "frames while the secret wanders")
    assert shows(shop.desktop.picture(), SECRET), "the secret is on the screen"
    frames = agent.recording()
    assert any(shows(frame, MARKER) for frame in frames), "the comparison would see a leak"
    for number, frame in enumerate(frames):
        assert not shows(frame, SECRET), f"frame {number} of {len(frames)} shows the secret"

    shopper.tap("pay")
    agent.sees("context-step", "Betalar")
    shopper.tap("go")
    shopper.does_not_see("share_banner")
    agent.sees("share-state", "kort")
    assert agent.errors == []


def test_the_next_shopper_has_a_page_that_knows_nobody(shop: Shop, shopper: Shopper) -> None:
    shopper.sees("memory", "nobody")
    shopper.scan(MILK)
    shopper.sees("lines", "Mellanmjölk")
    shopper.leave(lambda: "Mellanmjölk" not in shopper.reads("lines"))
    shopper.sees("memory", "nobody")
    shopper.sees("heading", "Skanna din första vara")


def test_the_program_begins_anew_and_the_page_with_it(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    shopper.tree.wait_for("goods")
    shopper.scan(MILK)
    shopper.sees("lines", "Mellanmjölk")
    shopper.tap("help_button")
    shopper.write("ask_input", "Kortet nekas", enter=True)
    agent.accept()
    shopper.tree.wait_for("chat_log")
    before = page_processes(shop)
    assert before
    shopper.leave(lambda: "the program starts anew" in shop.log())
    # Nothing that ran a page for the one before runs any more.
    eventually(lambda: not any(process.is_running() for process in before), "the old page is gone")
    shopper.sees("heading", "Skanna din första vara")
    shopper.sees("memory", "nobody")
    shopper.scan(MILK)
    shopper.sees("lines", "Mellanmjölk")
    shopper.tap("help_button")
    shopper.tree.wait_for("talk_to_person")


def test_a_page_that_crashes_comes_back_with_its_cart(
    shop: Shop, shopper: Shopper, kill_page: Callable[[], None]
) -> None:
    shopper.tree.wait_for("goods")
    shopper.scan(MILK)
    shopper.sees("lines", "Mellanmjölk")
    kill_page()
    shopper.sees("till", "Kassan svarar inte")
    shopper.does_not_see("lines")  # a screen reader may ask for what it knew of the page
    shopper.tap("help_button")  # a dead page keeps nobody from help
    shopper.tree.wait_for("overlay")
    shopper.tap("overlay_close")
    shopper.sees("lines", "Mellanmjölk")


@pytest.fixture
def kill_page(shop: Shop) -> Callable[[], None]:
    def kill() -> None:
        for child in page_processes(shop):
            child.kill()

    return kill


def page_processes(shop: Shop) -> list[psutil.Process]:
    """What runs the pages of this kiosk."""
    children = psutil.Process(shop.kiosk_pid).children(recursive=True)
    return [child for child in children if "--type=renderer" in child.cmdline()]


def tap_in_page(shopper: Shopper, words: str) -> None:
    """Tap the middle of the page's button that begins with ``words``."""

    def button() -> Node | None:
        goods = shopper.tree.find("goods")
        parts = goods.walk() if goods is not None else ()
        return next((part for part in parts if part.name.startswith(words)), None)

    x, y = eventually(button, f"the page's button {words}").box.centre
    shopper.desktop.xdotool("mousemove", str(x), str(y), "click", "1")


def shows(picture: Image.Image | None, colour: tuple[int, int, int]) -> bool:
    """Whether more than a few pixels are of ``colour``, as near as a video codec leaves it."""
    if picture is None:
        return False
    off = np.abs(np.asarray(picture, dtype=np.int16) - np.array(colour, dtype=np.int16))
    return int((off.max(axis=2) < 40).sum()) > 40
