"""Rows 34 and 36 to 38: when it fails or there is no contact, and the call that makes good."""

import os
import signal
import sqlite3

import pytest
from playwright.sync_api import expect

from kiosk_app.office.admin import DATABASE
from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.steps import TOTAL, fill_cart, into_a_chat
from tests.support.waiting import PATIENCE, eventually

TYPED = "0701234567"
NUMBER = "+46701234567"
SHOWN = "+46 70 123 45 67"
FAILED = "Tekniskt fel \N{EN DASH} vi ringer upp. Din korg sparas i 5 min."


def leave_number(shopper: Shopper) -> None:
    shopper.tap("callback_open")
    shopper.write("callback_number", TYPED)
    shopper.sees("callback_reads", SHOWN)
    shopper.tap("callback_send")


@pytest.mark.row(34, 36, 37)
def test_a_number_left_without_contact_is_called_once(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    fill_cart(shopper)
    shop.kill_office()
    # Row 37: the button answers, in words, and with something to read.
    shopper.tap("help_button")
    shopper.sees("overlay", "Vi har ingen kontakt just nu.")
    shopper.tap("menu_item_1")
    shopper.tree.wait_for("article")
    # Row 34: what happened, and that the cart is safe.
    shopper.tap("talk_to_person")
    shopper.sees("failure_notice", FAILED)
    leave_number(shopper)
    shopper.sees("failure_notice", "Numret som slutar på 67 är sparat.")
    assert TYPED[1:] not in shopper.reads("failure_notice").replace(" ", "")
    # Row 36: it is on disk, and neither kill -9 nor a new start loses it or doubles it.
    assert shop.on_disk(NUMBER.encode())
    shop.kill_kiosk()
    shop.start_kiosk()
    shopper.tree.wait_for("cart_restore")
    assert shop.on_disk(NUMBER.encode())
    shop.start_office()
    agent.sees("callback-item", SHOWN)
    agent.sees("callback-item", "Byabutiken")
    eventually(lambda: not shop.on_disk(NUMBER.encode()), "the number is gone from disk")
    shop.kill_kiosk()
    shop.start_kiosk()
    shopper.tree.wait_for("cart_restore")
    assert agent.part("callback-item").count() == 1
    # The agent calls, and the case is done.
    agent.part("callback-take").click()
    agent.sees("callback-number", SHOWN)
    agent.sees("callback-earlier", "Samma besök")
    agent.sees("context-cart", TOTAL)
    agent.part("tag").filter(has_text="tekniskt fel").click()
    agent.part("resolve-case").click()
    expect(agent.part("callback-number")).to_have_count(0, timeout=PATIENCE * 1000)
    expect(agent.part("callback-item")).to_have_count(0)
    said = shop.log()
    assert TYPED[1:] not in said


def test_a_call_that_nobody_made_is_seen_as_missed(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    shop.kill_office()
    shopper.ask_offline()
    leave_number(shopper)
    shop.start_office()
    agent.sees("callback-item", SHOWN)
    # Nobody calls for 25 hours.
    shop.kill_office()
    let_it_wait(shop, hours=25)
    shop.start_office()
    agent.sees("missed-item", "Ingen ringde i tid. Numret raderades")
    expect(agent.part("callback-item")).to_have_count(0)
    agent.part("missed-take").click()
    agent.sees("callback-missed", "Numret raderades")
    expect(agent.part("callback-number")).to_have_count(0)
    agent.part("resolve-case").click()
    expect(agent.part("missed-item")).to_have_count(0, timeout=PATIENCE * 1000)
    expect(agent.part("callback-missed")).to_have_count(0)


def let_it_wait(shop: Shop, *, hours: int) -> None:
    """The stopped office had the calls it knows of so much earlier."""
    (database,) = shop.directory.rglob(DATABASE)
    connection = sqlite3.connect(database)
    with connection:
        connection.execute(
            "UPDATE cases SET record = json_set(record, '$.callback.left_at', "
            "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?))",
            (f"-{hours} hours",),
        )
    connection.close()


def test_a_disk_that_refuses_is_tried_until_it_takes_cart_and_number(
    shop: Shop, shopper: Shopper
) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    shopper.tree.wait_for("help_button")
    fill_cart(shopper)
    shop.kill_office()
    with hand.disk_refuses():
        shopper.ask_offline()
        shopper.sees("failure_notice", "Din korg kunde inte sparas")
        leave_number(shopper)
        shopper.sees("callback_said", "Stanna tills vi har det.")
        assert not shop.on_disk(NUMBER.encode())
    shopper.sees("failure_notice", "Numret som slutar på 67 är sparat.")
    shopper.sees("failure_notice", FAILED)
    assert shop.on_disk(NUMBER.encode())
    shop.kill_kiosk()
    shop.start_kiosk()
    shopper.tap("cart_restore")
    shopper.sees("cart_total", TOTAL)


@pytest.mark.row(36)
def test_the_kiosks_screen_is_called(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    fill_cart(shopper)
    shop.kill_office()
    shopper.ask_offline()
    shopper.tap("callback_kiosk")
    shopper.sees("help_button", "ringer den här skärmen")
    shopper.does_not_see("overlay")
    shopper.scan("7310865004703")  # the till is free meanwhile
    shopper.sees("cart_total", "162,40")
    shop.start_office()
    agent.sees("queue-item", "Rings upp på kioskens skärm")
    # Nobody presses anything at the kiosk.
    agent.accept()
    shopper.sees("chat_log", "Hej! Jag ser din korg (162,40\N{NO-BREAK SPACE}kr)")
    agent.sees("context-cart", "162,40")


@pytest.mark.row(34)
def test_lost_for_good_in_the_middle(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    shopper.tree.wait_for("help_button")
    into_a_chat(shopper, agent)
    shop.kill_office()
    shopper.sees("help_button", "försöker nå Lisa igen")
    hand.put_forward(61)
    shopper.sees("failure_notice", FAILED)
    shopper.tap("failure_back")
    shopper.sees("cart_total", TOTAL)


@pytest.mark.row(38)
def test_the_link_is_away_and_comes_back_without_a_tap(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    into_a_chat(shopper, agent)
    os.kill(shop.kiosk_pid, signal.SIGSTOP)  # as deaf as behind a cut cable
    agent.sees("kiosk-gone", "Kiosken borta sedan")
    agent.say("Är du kvar?")
    os.kill(shop.kiosk_pid, signal.SIGCONT)
    shopper.sees("chat_log", "Är du kvar?")
    expect(agent.part("kiosk-gone")).to_have_count(0, timeout=PATIENCE * 1000)
    shopper.write("chat_input", "Ja", enter=True)
    agent.sees("chat-log", "Ja")
    assert shopper.reads("chat_log").count("Är du kvar?") == 1
