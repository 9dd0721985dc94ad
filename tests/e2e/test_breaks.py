"""The same story with something killed in the middle of it; the shopper does not have to tap."""

import os
import signal

import psutil
from playwright.sync_api import expect

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.steps import FIRST, TOTAL, into_a_chat, into_a_share
from tests.support.waiting import eventually, throughout

MILK = b"7310865004703"  # as the till's snapshot names it
OUTAGE = 20.0  # seconds the office is away


def test_the_office_is_away_for_twenty_seconds(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    into_a_chat(shopper, agent)
    shop.kill_office()
    shopper.write("chat_input", "Hej, finns du kvar?", enter=True)
    throughout(
        lambda: shopper.tree.find("failure_notice") is None,
        "a break of 20 s is no failure",
        seconds=OUTAGE,
    )
    shop.start_office()
    # Both come back by themselves, with what was said meanwhile, once.
    agent.sees("chat-log", "Hej, finns du kvar?")
    agent.say("Jag är kvar")
    shopper.sees("chat_log", "Jag är kvar")
    shopper.write("chat_input", "Bra", enter=True)
    agent.sees("chat-log", "Bra")
    for text in (FIRST, "Hej, finns du kvar?", "Jag är kvar", "Hej igen"):
        assert agent.part("chat-message").filter(has_text=text).count() == 1, text
        assert shopper.reads("chat_log").count(text) == 1, text
    shopper.sees("cart_total", TOTAL)


def test_the_media_process_is_killed_while_sharing(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    into_a_share(shopper, agent)
    shop.kill_media()
    shopper.does_not_see("share_banner")
    agent.sees("share-state", "Avbruten")
    # The till goes on, the chat goes on.
    shopper.scan("7310865004703")
    shopper.sees("cart_total", "162,40")
    agent.say("Jag ser inte skärmen längre")
    if shopper.tree.find("chat_log") is None:
        shopper.tap("help_button")
    shopper.sees("chat_log", "Jag ser inte skärmen längre")
    # And a share can be asked for again, in a new process, with a new consent.
    eventually(lambda: len(shop.media_pids()) == 1, "a new media process")
    expect(agent.part("peer-state")).to_have_attribute("data-state", "connected")
    agent.part("share-request").click()
    shopper.tap("share_consent_yes")
    shopper.tree.wait_for("share_banner")
    eventually(agent.screen, "a frame decoded in Chromium")


def test_the_kiosk_is_killed_and_started_again(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    into_a_share(shopper, agent)
    shop.kill_kiosk()
    agent.part("kiosk-gone").wait_for()
    shop.start_kiosk()
    # The cart is what is seen, one tap away; the case goes on behind it, the share does not.
    shopper.tap("cart_restore")
    shopper.sees("cart_total", TOTAL)
    shopper.sees("help_button", "Lisa är här")
    shopper.tap("help_button")
    shopper.sees("chat_log", "Hej igen")
    assert shopper.tree.find("share_banner") is None
    agent.say("Nu är du tillbaka")
    shopper.sees("chat_log", "Nu är du tillbaka")
    # With what was written first, for both, once, also in a window that is loaded anew.
    assert shopper.reads("chat_log").count(FIRST) == 1
    agent.page.reload()
    agent.sees("chat-log", "Nu är du tillbaka")
    assert agent.part("chat-message").filter(has_text=FIRST).count() == 1
    # The screen can be asked for again, and is shown after a new yes.
    agent.part("share-request").click()
    shopper.tap("share_consent_yes")
    shopper.tree.wait_for("share_banner")
    eventually(agent.screen, "a frame decoded in Chromium")


def test_a_still_kiosk_has_no_media_process_and_keeps_none(shop: Shop, shopper: Shopper) -> None:
    shopper.tap("help_button")
    (pid,) = eventually(shop.media_pids, "a media process")
    shopper.tap("overlay_close")
    eventually(lambda: not psutil.pid_exists(pid), "the media process is gone")
    # Not even when the kiosk itself is killed in the middle.
    shopper.tap("help_button")
    (pid,) = eventually(shop.media_pids, "a media process")
    os.kill(shop.kiosk_pid, signal.SIGKILL)
    gone = "the media process ends with its kiosk"
    eventually(lambda: not psutil.pid_exists(pid), gone, within=10)
