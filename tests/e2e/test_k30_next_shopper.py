"""Row 30: whoever comes next finds nothing, on the screen, in the memory or on the disk."""

import pytest

from kiosk_app.case.course.next_shopper import PAYING_IDLE_SECONDS, PAYING_LEAVING_SECONDS
from tests.support import memory
from tests.support.agent import Agent
from tests.support.kiosk_in_hand import Hand
from tests.support.shop import Shop, Shopper
from tests.support.steps import TOTAL, fill_cart
from tests.support.waiting import eventually, throughout

CANARY = "kanariefagelxq"
NUMBER = "0701740605"
KEPT_NUMBER = "701740605"  # the part that every form of it has
IDLE = 76
LEAVING = 21


@pytest.fixture
def hand(shop: Shop, shopper: Shopper) -> Hand:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    shopper.tree.wait_for("help_button")
    return hand


@pytest.mark.row(30)
@pytest.mark.en301549("9.2.2.1")
def test_asked_ten_times_and_there_every_time(shop: Shop, shopper: Shopper, hand: Hand) -> None:
    fill_cart(shopper)
    shopper.tap("language_en")
    shopper.sees("new_customer", "New customer")
    for _ in range(10):
        hand.put_forward(IDLE)
        shopper.sees("leaving", "Are you still there?")
        assert shopper.tree.find("help_button") is not None
        shopper.tap("stay")
        shopper.does_not_see("leaving")
    shopper.sees("cart_total", TOTAL)
    hand.put_forward(IDLE)
    shopper.tree.wait_for("leaving")
    shopper.focus_window()
    shopper.desktop.xdotool("key", "space")  # any key will do as well
    shopper.does_not_see("leaving")
    shopper.sees("cart_total", TOTAL)
    # And then nobody is there.
    hand.put_forward(IDLE)
    shopper.sees("leaving", "Soon we empty the cart for the next customer.")
    hand.put_forward(LEAVING)
    shopper.does_not_see("leaving")
    shopper.sees("cart_total", "0,00")
    shopper.sees("new_customer", "Ny kund")


def test_an_empty_till_asks_nobody(shop: Shop, shopper: Shopper, hand: Hand) -> None:
    shopper.tap("cart")  # somebody passed, and did nothing
    hand.put_forward(400)
    throughout(lambda: shopper.tree.find("leaving") is None, "nobody is asked", seconds=2)


@pytest.mark.row(30)
def test_not_while_paying_nor_while_somebody_helps(
    shop: Shop, shopper: Shopper, agent: Agent, hand: Hand
) -> None:
    fill_cart(shopper)
    shopper.tap("pay_button")
    shopper.tap("pay_button")
    shopper.tree.wait_for("card_entry")
    hand.put_forward(400)
    throughout(lambda: shopper.tree.find("leaving") is None, "not in the payment", seconds=2)
    shopper.tap("card_cancel")
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    shopper.tree.wait_for("queue_status")
    hand.put_forward(100)
    throughout(lambda: shopper.tree.find("leaving") is None, "not in the queue", seconds=2)
    agent.accept()
    shopper.tree.wait_for("chat_log")
    hand.put_forward(400)
    throughout(lambda: shopper.tree.find("leaving") is None, "not in the chat", seconds=2)
    agent.part("resolve-case").click()
    shopper.tap("feedback_skip")
    shopper.does_not_see("overlay")
    hand.put_forward(IDLE)
    shopper.tree.wait_for("leaving")


@pytest.mark.row(30)
def test_whoever_leaves_in_the_payment_is_counted_down_for(
    shop: Shop, shopper: Shopper, hand: Hand
) -> None:
    fill_cart(shopper)
    shopper.tap("pay_button")
    shopper.tree.wait_for("payment_back")
    hand.put_forward(IDLE)
    throughout(lambda: shopper.tree.find("leaving") is None, "paying takes longer", seconds=2)
    hand.put_forward(PAYING_IDLE_SECONDS)
    shopper.sees("leaving", "Är du kvar?")
    shopper.tap("stay")
    shopper.does_not_see("leaving")
    hand.put_forward(PAYING_IDLE_SECONDS + 1)
    shopper.sees("leaving", "Snart tömmer vi korgen")
    hand.put_forward(PAYING_LEAVING_SECONDS)
    shopper.does_not_see("leaving")
    shopper.sees("cart_total", "0,00")


@pytest.mark.row(30)
def test_a_canary_is_nowhere_after_new_customer(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    _confide(shop, shopper, agent)
    shopper.new_customer()
    _nothing_is_left(shop, shopper)


@pytest.mark.row(30)
def test_a_canary_is_nowhere_after_everybody_has_gone(
    shop: Shop, shopper: Shopper, agent: Agent, hand: Hand
) -> None:
    _confide(shop, shopper, agent)
    shopper.tree.wait_for("cart_total")
    hand.put_forward(IDLE)
    shopper.tree.wait_for("leaving")
    hand.put_forward(LEAVING)
    _nothing_is_left(shop, shopper)


def test_a_number_is_nowhere_once_the_office_has_it(
    shop: Shop, shopper: Shopper, agent: Agent, hand: Hand
) -> None:
    fill_cart(shopper)
    shopper.tap("help_button")
    shopper.write("ask_input", CANARY, enter=True)
    shopper.tree.wait_for("queue_status")
    hand.put_forward(61)
    shopper.tap("queue_callback")
    shopper.write("callback_number", NUMBER)
    shopper.tap("callback_send")
    shopper.tree.wait_for("callback_said")
    agent.sees("callback-item", "+46 70")
    assert memory.in_memory(shop.kiosk_pid, KEPT_NUMBER), "the search finds what is there"
    shopper.tap("callback_back")
    shopper.new_customer()
    _nothing_is_left(shop, shopper, CANARY, KEPT_NUMBER)


def _confide(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    """A shopper writes the canary wherever something can be written."""
    fill_cart(shopper)
    shopper.tap("help_button")
    shopper.write("ask_input", f"{CANARY} fråga", enter=True)
    agent.accept(greet=False)
    agent.say(f"{CANARY} svar")
    shopper.sees("chat_log", f"{CANARY} svar")
    shopper.write("chat_input", f"{CANARY} rad", enter=True)
    agent.sees("chat-log", f"{CANARY} rad")
    shopper.write("chat_input", f"{CANARY} utkast")
    agent.part("resolve-case").click()
    shopper.write("feedback_text", f"{CANARY} omdome")
    assert memory.in_memory(shop.kiosk_pid, CANARY), "the search finds what is there"
    shopper.tap("feedback_4")
    shopper.tap("feedback_send")
    shopper.does_not_see("overlay")


def _nothing_is_left(shop: Shop, shopper: Shopper, *secrets: str) -> None:
    secrets = secrets or (CANARY,)
    kiosk = shop.directory / "kiosk"

    def found() -> list[str]:
        pids = [shop.kiosk_pid, *shop.media_pids()]
        return [
            place
            for secret in secrets
            for places in (
                *(memory.in_memory(pid, secret) for pid in pids),
                memory.on_disk(kiosk, secret),
            )
            for place in places
        ]

    last: list[str] = []

    def nothing() -> bool:
        last[:] = found()
        return not last

    try:
        eventually(nothing, "nothing of the shopper is left")
    except AssertionError as error:
        raise AssertionError(f"{error}:\n" + "\n".join(last)) from None
    said = shop.log()
    assert not any(secret in said for secret in secrets)
    # The kiosk is the same process to whoever started it, and at the next one's service.
    shopper.tree.wait_for("help_button")
    shopper.scan("7310865004703")
    shopper.sees("cart_total", "19,90")
