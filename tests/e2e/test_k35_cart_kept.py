"""Row 35: the cart is kept for five minutes, through anything, and given to nobody else."""

import pytest

from tests.support.shop import Shop, Shopper
from tests.support.steps import TOTAL, fill_cart
from tests.support.waiting import eventually

# As the till's snapshot names them.
MILK, BAG, COFFEE = b"7310865004703", b"2000000010281", b"2000000010076"


@pytest.mark.row(34, 35)
def test_the_office_cannot_be_reached_when_a_person_is_asked_for(
    shop: Shop, shopper: Shopper
) -> None:
    fill_cart(shopper)
    shop.kill_office()
    shopper.ask_offline()
    shopper.sees("failure_notice", "vi ringer upp", within=5)
    code = "".join(c for c in shopper.reads("failure_notice") if c.isdigit())
    assert code
    # The kiosk dies on top of it: the cart is offered with one tap, its contents unseen.
    shop.kill_kiosk()
    shop.start_kiosk()
    shopper.tree.wait_for("cart_restore")
    assert TOTAL not in shopper.reads("cart_restore")
    shopper.tap("cart_restore")
    shopper.sees("cart_total", TOTAL)
    assert shop.on_disk(MILK), "the cart of the visit that goes on is kept"
    # Afterwards it is gone, from every file.
    shopper.new_customer()
    eventually(lambda: not shop.on_disk(MILK), "the cart is gone from disk")


@pytest.mark.row(35)
def test_two_shoppers_carts_outlive_a_kill(shop: Shop, shopper: Shopper) -> None:
    """One was promised theirs for a code and left; the next is in the middle of shopping."""
    fill_cart(shopper)
    shop.kill_office()
    shopper.ask_offline()
    shopper.sees("cart_code_shown", " ", within=5)
    code = "".join(c for c in shopper.reads("cart_code_shown") if c.isdigit())
    assert len(code) == 4
    shopper.tap("failure_back")
    shopper.new_customer()
    shopper.tree.wait_for("cart_code")
    shopper.scan("7310865004703")
    shopper.sees("cart_total", "19,90")
    shop.kill_kiosk()
    shop.start_kiosk()
    # One's own comes first, with one tap, and after it the other's card.
    shopper.tree.wait_for("cart_restore")
    shopper.does_not_see("cart_code")
    shopper.tap("cart_restore")
    shopper.sees("cart_total", "19,90")
    shopper.tap("cart_restore")  # one line beside the cart; its key unfolds it
    shopper.tap("cart_code")
    shopper.focus_window()
    shopper.desktop.xdotool("type", "--delay", "150", code)  # by hand: a scanner is quicker
    shopper.tap("cart_restore")
    shopper.sees("cart_total", "162,40")  # both: what stood in the till is not replaced


def test_goods_scanned_beside_a_waiting_cart_outlive_the_next_kill(
    shop: Shop, shopper: Shopper
) -> None:
    """Who does not see the card scans on, and the kiosk dies again."""
    fill_cart(shopper)
    eventually(lambda: shop.on_disk(BAG), "the last of the goods is on disk")
    shop.kill_kiosk()
    shop.start_kiosk()
    shopper.tree.wait_for("cart_restore")
    shopper.scan(COFFEE.decode())
    shopper.sees("cart_total", "20,00")
    eventually(lambda: shop.on_disk(COFFEE), "the goods are on disk")
    shop.kill_kiosk()
    shop.start_kiosk()
    # Each tap brings back what one crash took.
    shopper.tap("cart_restore")
    shopper.sees("cart_total", "20,00")
    shopper.tap("cart_restore")
    shopper.sees("cart_total", "162,50")
    eventually(lambda: shopper.tree.find("cart_restore") is None, "nothing waits any more")


@pytest.mark.row(35)
def test_after_five_minutes_it_is_gone(shop: Shop, shopper: Shopper) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    fill_cart(shopper)
    shop.kill_office()
    shopper.ask_offline()
    shopper.sees("failure_notice", "Din korg sparas i 5 min", within=5)
    shopper.tap("failure_back")
    shopper.new_customer()
    shopper.tree.wait_for("cart_code")
    assert shop.on_disk(MILK)
    hand.put_forward(301)
    shopper.does_not_see("cart_code")
    eventually(lambda: not shop.on_disk(MILK), "the cart is gone from disk")
