"""Every screen a shopper meets passes the accessibility check, on the glass and on the bus.

Two walks through all screens, in both orientations and both languages: the whole story, and what
goes wrong. Each screen is also saved as a picture, ``<orientation>-<language>-<screen>.png``, in
the folder that ``KIOSK_SCREENSHOTS`` names (a temporary one without it).
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.support.agent import Agent
from tests.support.audit import Fault, audit
from tests.support.desktop import Desktop, desktop
from tests.support.evidence import offer
from tests.support.kiosk_in_hand import Hand
from tests.support.shop import Shopper, open_shop
from tests.support.steps import enter_card, fill_cart
from tests.support.waiting import eventually

SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
NOBODY = ("Ingen svarar just nu", "Nobody answers right now")


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
        picture.save(self._folder / f"{self._prefix}-{screen}.png", compress_level=1)
        offer(f"{screen}.png", lambda path: picture.save(path, compress_level=1))
        self.looked_at.append(screen)
        sights = self.shopper.tree.sights()
        found: list[Fault] = audit(sights, picture)
        self.faults += [f"{self._prefix} {screen}: {fault}" for fault in found]
        (help_box,) = (sight.box for sight in sights if sight.object_name == "help_button")
        assert help_box.inside(desktop.width, desktop.height)

    def _still_picture(self) -> Image.Image | None:
        """The screen, if it stays the same for longer than a frame of a slide takes."""
        first = self.shopper.desktop.picture()
        seen = first.tobytes()
        for _ in range(3):
            time.sleep(0.06)
            if self.shopper.desktop.picture().tobytes() != seen:
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


@pytest.fixture(params=["sv", "en"])
def walk(
    request: pytest.FixtureRequest,
    oriented: tuple[str, Desktop],
    pictures: Path,
    tmp_path: Path,
) -> Iterator[Walk]:
    """A shop and a shopper in it. What was found on the way fails the test at its end."""
    (orientation, screen), language = oriented, request.param
    with open_shop(screen, tmp_path / "demo", language=language) as shop:
        shopper = Shopper(shop)
        walk = Walk(shopper, pictures, f"{orientation}-{language}")
        yield walk
        shopper.close()
    assert not walk.faults, "\n".join(walk.faults)


@pytest.fixture
def hire(walk: Walk, browser: Browser) -> Iterator[Callable[[], Agent]]:
    """Log the demo agent in; before that nobody is there."""
    with ExitStack() as stack:

        def log_in() -> Agent:
            agent = Agent(browser, walk.shopper.shop.console_url)
            stack.callback(agent.close)
            return agent

        yield log_in


@pytest.mark.en301549("9.4.1.2", "9.1.4.3", "9.2.5.5")
def test_the_whole_story(walk: Walk, hire: Callable[[], Agent]) -> None:
    _walk_the_till(walk)
    agent = _walk_after_the_payment(walk, hire)
    walk.shopper.new_customer()
    _walk_the_help(walk, agent)


@pytest.mark.en301549("9.4.1.2", "9.1.4.3", "9.3.3.1")
def test_what_goes_wrong(walk: Walk, hire: Callable[[], Agent]) -> None:
    shop = walk.shopper.shop
    agent = hire()
    _walk_the_failure(walk)
    # Killed on top of it: the same visit gets its cart with one tap.
    shop.kill_kiosk()
    shop.start_office()
    hand = shop.start_kiosk_in_hand(on_screen_keyboard="always")
    _walk_the_kept_cart(walk, hand)
    _walk_the_keyboard(walk, agent)
    _walk_the_last_minute(walk, agent, hand)
    _walk_the_lost_contact(walk, hand)


def _walk_the_till(walk: Walk) -> None:
    shopper = walk.shopper
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
    enter_card(shopper, "terminal_hang")
    walk.look("terminal-hangs", "card_entry")
    shopper.tap("card_cancel")
    shopper.tap("pay_button")
    if shopper.tree.find("card_entry") is None:
        shopper.tap("pay_button")
    enter_card(shopper, "terminal_decline")
    shopper.does_not_see("card_entry")
    walk.look("declined", "pay_button")
    shopper.tap("pay_button")
    shopper.tap("pay_button")
    enter_card(shopper, "terminal_approve")
    shopper.does_not_see("card_entry")
    walk.look("paid", "show_receipt")
    shopper.tap("show_receipt")
    shopper.does_not_see("show_receipt")
    walk.look("receipt", "till")


def _walk_after_the_payment(walk: Walk, hire: Callable[[], Agent]) -> Agent:
    """There is no cart any more that could stay; and at first there is no agent either."""
    shopper, shop = walk.shopper, walk.shopper.shop
    shopper.tap("help_button")
    walk.look("menu-after-payment", "overlay", "talk_to_person")
    shopper.tap("talk_to_person")
    eventually(
        lambda: any(nobody in shopper.reads("queue_status") for nobody in NOBODY),
        "nobody is there",
    )
    walk.look("queue-with-nobody-there", "queue_status")
    agent = hire()
    with shop.media_held_up():
        # Until there is a connection, or a word of hers, she is on her way.
        agent.accept(greet=False)
        walk.look("joining", "agent_status")
    agent.say("Hej!")
    shopper.tree.wait_for("chat_log")
    agent.part("resolve-case").click()
    walk.look("feedback-after-payment", "feedback_1", "feedback_5")
    shopper.tap("feedback_skip")
    shopper.does_not_see("overlay")
    return agent


def _walk_the_help(walk: Walk, agent: Agent) -> None:
    shopper = walk.shopper
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
    shopper.tap("help_button")
    shopper.does_not_see("overlay")
    agent.say("Prova att hålla kortet mot läsaren igen, och vänta tills den piper.")
    walk.look("agent-line-at-the-till", "message_line")
    shopper.tap("help_button")
    shopper.tree.wait_for("chat_log")
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


def _walk_the_failure(walk: Walk) -> None:
    shopper = walk.shopper
    fill_cart(shopper)
    shopper.shop.kill_office()
    shopper.tap("help_button")
    walk.look("menu-offline", "talk_to_person")
    shopper.tap("talk_to_person")
    walk.look("failure", "failure_notice", "callback_open", "callback_kiosk")
    shopper.tap("callback_open")
    walk.look("callback", "callback_number", "callback_back")
    shopper.tap("callback_back")
    shopper.tree.wait_for("failure_notice")


def _walk_the_kept_cart(walk: Walk, hand: Hand) -> None:
    shopper = walk.shopper
    walk.look("restore-with-one-tap", "cart_restore")
    shopper.new_customer()
    walk.look("restore-by-code", "cart_code")
    shopper.tap("cart_code")
    shopper.focus_window()
    shopper.desktop.xdotool("type", "--delay", "150", "0000")  # by hand: a scanner is quicker
    shopper.tap("cart_restore")
    eventually(lambda: not shopper.tree.wait_for("cart_code").text, "the wrong code is dropped")
    walk.look("restore-with-a-wrong-code", "cart_code")
    shopper.scan("7310865004703")
    shopper.does_not_see("cart_code")
    walk.look("restore-folded", "cart_restore")
    shopper.tap("cart_restore")
    walk.look("restore-unfolded", "cart_code")
    hand.put_forward(5 * 60)
    shopper.does_not_see("cart_restore")


def _walk_the_keyboard(walk: Walk, agent: Agent) -> None:
    shopper = walk.shopper
    shopper.tap("help_button")
    shopper.tap("ask_input")
    walk.look("menu-with-keyboard", "keyboard")
    shopper.write("ask_input", "Kortet nekas", enter=True)
    shopper.tap("queue_input")
    walk.look("queue-with-keyboard", "keyboard", "queue_status")
    agent.accept()
    agent.say("Hej! Vad kan jag göra?")
    shopper.tap("chat_input")
    walk.look("chat-with-keyboard", "keyboard", "chat_log")


def _walk_the_last_minute(walk: Walk, agent: Agent, hand: Hand) -> None:
    shopper = walk.shopper
    agent.part("share-request").click()
    shopper.can_tap("share_consent_yes")
    shopper.tap("share_consent_yes")
    shopper.tree.wait_for("share_banner")
    hand.put_forward(4 * 60 + 1)
    walk.look("last-minute-of-the-share", "share_renew", "share_stop", "share_countdown")


def _walk_the_lost_contact(walk: Walk, hand: Hand) -> None:
    shopper, shop = walk.shopper, walk.shopper.shop
    shop.kill_office()
    shopper.does_not_see("share_banner")
    walk.look("contact-lost-at-the-till", "message_line")
    shopper.tap("help_button")
    walk.look("contact-lost", "overlay_notice", "chat_log")
    with hand.disk_held_up():
        hand.stop_clock(61)  # lost for good, and the cart is on its way to disk
        walk.look("saving", "saving_notice")
        hand.put_forward(4)
        walk.look("failure-not-saved", "failure_notice")
        assert shopper.tree.find("cart_code_shown") is None
    shopper.tree.wait_for("cart_code_shown")
    shop.start_office()
    walk.look("failure-with-contact-again", "failure_retry")
