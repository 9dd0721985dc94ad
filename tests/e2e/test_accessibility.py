"""Every screen a shopper meets passes the accessibility check, on the glass and on the bus.

One walk through all screens, in both orientations and both languages. Each screen is also saved
as a picture, ``<orientation>-<language>-<screen>.png``, in the folder that ``KIOSK_SCREENSHOTS``
names (a temporary one without it).
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.e2e.test_the_whole_way import fill_cart
from tests.support.agent import Agent
from tests.support.audit import Fault, audit
from tests.support.desktop import Desktop, desktop
from tests.support.shop import Shop, Shopper, open_shop
from tests.support.waiting import eventually

SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


class Walk:
    """Looks at one screen after the other and keeps what is wrong."""

    def __init__(self, shopper: Shopper, folder: Path, prefix: str) -> None:
        self.shopper = shopper
        self._folder = folder
        self._prefix = prefix
        self.faults: list[str] = []
        self.looked_at: list[str] = []

    def look(self, screen: str, *must_show: str) -> None:
        """Check the screen once everything in ``must_show`` shows and nothing moves."""
        for name in must_show:
            self.shopper.tree.wait_for(name)
        desktop = self.shopper.desktop
        # A sheet that slides is between two screens. What ticks each second leaves long enough
        # pauses.
        picture = eventually(self._still_picture, f"{screen} stands still")
        picture.save(self._folder / f"{self._prefix}-{screen}.png")
        self.looked_at.append(screen)
        found: list[Fault] = audit(self.shopper.tree, picture)
        self.faults += [f"{self._prefix} {screen}: {fault}" for fault in found]
        help_box = self.shopper.tree.wait_for("help_button").box
        assert help_box.inside(desktop.width, desktop.height)

    def _still_picture(self) -> Image.Image | None:
        """The screen, if it stays the same for longer than a frame of a slide takes."""
        first = self.shopper.desktop.picture()
        for _ in range(3):
            time.sleep(0.06)
            if self.shopper.desktop.picture().tobytes() != first.tobytes():
                return None
        return first


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("KIOSK_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(params=list(SIZES))
def oriented(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Desktop]]:
    with desktop(*SIZES[request.param], tmp_path / "desktop") as screen:
        yield request.param, screen


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_screen_can_be_used(
    oriented: tuple[str, Desktop],
    language: str,
    browser: Browser,
    pictures: Path,
    tmp_path: Path,
) -> None:
    orientation, screen = oriented
    with open_shop(screen, tmp_path / "demo", language=language) as shop:
        shopper = Shopper(shop)
        agent = Agent(browser, shop.console_url)
        walk = Walk(shopper, pictures, f"{orientation}-{language}")
        try:
            _walk(walk, shop, shopper, agent)
        finally:
            agent.close()
            shopper.close()
    assert not walk.faults, "\n".join(walk.faults)


def _walk(walk: Walk, shop: Shop, shopper: Shopper, agent: Agent) -> None:
    _walk_the_till(walk, shopper)
    _walk_the_help(walk, shopper, agent)
    _walk_the_failure(walk, shop, shopper)


def _walk_the_till(walk: Walk, shopper: Shopper) -> None:
    walk.look("start", "till", "help_button")
    shopper.scan("4006381333931")
    walk.look("unknown-code", "till")
    shopper.scan("2000000012940")
    walk.look("age-restricted", "cart")
    shopper.tap("new_customer")
    walk.look("new-customer-asks", "new_customer")
    shopper.new_customer()
    fill_cart(shopper)
    walk.look("cart", "cart", "cart_total")
    shopper.tap("pay_button")
    walk.look("payment", "pay_button")
    shopper.tap("pay_button")
    walk.look("card-entry", "card_entry")
    _enter_card(shopper, "terminal_hang")
    walk.look("terminal-hangs", "card_entry")
    shopper.tap("card_cancel")
    shopper.tap("pay_button")
    if shopper.tree.find("card_entry") is None:
        shopper.tap("pay_button")
    _enter_card(shopper, "terminal_decline")
    shopper.does_not_see("card_entry")
    walk.look("declined", "pay_button")
    shopper.tap("pay_button")
    shopper.tap("pay_button")
    _enter_card(shopper, "terminal_approve")
    shopper.does_not_see("card_entry")
    walk.look("paid", "show_receipt")
    shopper.tap("show_receipt")
    shopper.does_not_see("show_receipt")
    walk.look("receipt", "till")
    shopper.new_customer()


def _enter_card(shopper: Shopper, answer: str) -> None:
    shopper.tap(answer)
    shopper.focus_window()
    for digit in "1234":
        shopper.desktop.xdotool("key", digit)
    shopper.tap("card_confirm")


def _walk_the_help(walk: Walk, shopper: Shopper, agent: Agent) -> None:
    fill_cart(shopper)
    shopper.tap("help_button")
    walk.look("menu", "overlay", "talk_to_person")
    shopper.tap("menu_item_1")
    walk.look("article", "article", "talk_to_person")
    shopper.tap("talk_to_person")
    walk.look("queue", "queue_status")
    agent.accept()
    walk.look("chat", "chat_log")
    agent.say("Hej! Vad kan jag göra?")
    shopper.write("chat_input", "Kortet nekas", enter=True)
    agent.sees("chat-log", "Kortet nekas")
    walk.look("chat-two-lines", "chat_log")
    agent.part("share-request").click()
    shopper.can_tap("share_consent_yes")
    walk.look("consent", "share_consent", "share_consent_yes", "share_consent_no")
    shopper.tap("share_consent_yes")
    walk.look("sharing", "share_banner", "share_stop", "share_countdown")
    shopper.tap("share_stop")
    shopper.does_not_see("share_banner")
    agent.part("resolve-case").click()
    walk.look("feedback", "feedback_1", "feedback_5")
    shopper.tap("feedback_skip")
    shopper.does_not_see("overlay")


def _walk_the_failure(walk: Walk, shop: Shop, shopper: Shopper) -> None:
    shop.kill_office()
    shopper.tap("help_button")
    walk.look("failure", "failure_notice")
    # Killed on top of it: the same visit gets its cart with one tap.
    shop.kill_kiosk()
    shop.start_kiosk()
    walk.look("restore-with-one-tap", "cart_restore")
    shopper.new_customer()
    walk.look("restore-by-code", "cart_code")
