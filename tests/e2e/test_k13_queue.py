"""Rows 13 to 16: the place in the queue, who comes, the greeting, and too long a wait."""

from pathlib import Path

import aiohttp
import pytest
from playwright.sync_api import expect

from kiosk_app.base.settings import OfficeSettings
from kiosk_app.office.admin import Admin
from tests.support.agent import Agent
from tests.support.apart import apart
from tests.support.office import WireKiosk
from tests.support.shop import Shop, Shopper
from tests.support.steps import fill_cart
from tests.support.waiting import throughout

GREETING = "Hej! Jag ser din korg (142,50 kr). Hur kan jag hjälpa?"


def neighbour_queues(shop: Shop) -> None:
    """Somebody at another kiosk asks for a person."""

    async def ask() -> None:
        port = int(shop.office_url.rsplit(":", 1)[1].split("/")[0])
        async with aiohttp.ClientSession() as session:
            kiosk = WireKiosk(session.ws_connect, port, "grannen")
            settings = OfficeSettings(data_dir=str(Path(shop.directory) / "office"))
            async with Admin.open(settings) as admin:
                await admin.admit_kiosk(kiosk.name, public_key=kiosk.public_key)
            await kiosk.connect()
            await kiosk.queue_up()
            await kiosk.cut()

    apart(ask())


def ask(shopper: Shopper) -> None:
    shopper.tap("help_button")
    shopper.tap("talk_to_person")


@pytest.mark.row(13, 14, 15)
def test_the_place_moves_up_and_a_named_person_comes(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    fill_cart(shopper)
    neighbour_queues(shop)
    agent.sees("queue", "Jag kan inte betala")
    ask(shopper)
    shopper.sees("queue_status", "Du är nummer 2 i kön")
    shopper.sees("queue_status", "Kopplar upp dig till support…")
    agent.accept(greet=False)
    shopper.sees("queue_status", "Du är nummer 1 i kön")
    agent.accept(greet=False)
    shopper.sees("agent_status", "Lisa ansluter…")
    # Her browser is connected at once; she is here when she says so.
    agent.sees("greeting", GREETING.replace(" kr", "\N{NO-BREAK SPACE}kr"))
    agent.sees("greeting", "Jag heter Lisa och ser att du står vid Kassa")
    throughout(
        lambda: shopper.tree.find("chat_log") is None, "no chat with a browser", seconds=2.0
    )
    agent.part("greeting-send").click()
    shopper.sees("chat_log", GREETING.replace(" kr", "\N{NO-BREAK SPACE}kr"))
    assert agent.part("greeting").count() == 0


@pytest.mark.row(14, 16)
def test_who_waits_too_long_hears_why_and_loses_nothing(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    shopper.tree.wait_for("help_button")
    fill_cart(shopper)
    shopper.sees("help_button", "svar inom 60 sek")
    ask(shopper)
    shopper.sees("queue_status", "nummer 1")
    assert shopper.tree.find("queue_callback") is None
    hand.put_forward(60)
    shopper.sees("queue_status", "Du har väntat längre än vi lovade.")
    shopper.sees("queue_status", "Alla som kan svara är upptagna.")
    # To read meanwhile costs no place, nor does the pad for a number.
    shopper.tap("queue_articles")
    shopper.tap("menu_item_1")
    shopper.tree.wait_for("article")
    shopper.tap("talk_to_person")
    shopper.sees("queue_status", "nummer 1")
    shopper.tap("queue_callback")
    shopper.tap("callback_back")
    shopper.sees("queue_status", "nummer 1")
    # Who comes is late too, and then is here.
    agent.accept(greet=False)
    shopper.sees("agent_status", "Lisa ansluter…")
    hand.put_forward(20)
    shopper.sees("agent_status", "Lisa är försenad.")
    shopper.sees("help_button", "Lisa är försenad")
    agent.say("Nu är jag här")
    shopper.sees("chat_log", "Nu är jag här")


@pytest.mark.row(16)
def test_a_call_instead_of_the_wait(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    shopper.tree.wait_for("help_button")
    fill_cart(shopper)
    shopper.tap("help_button")
    shopper.write("ask_input", "Kortet nekas", enter=True)
    shopper.sees("queue_status", "nummer 1")
    hand.put_forward(60)
    shopper.tap("queue_callback")
    shopper.write("callback_number", "08-123 456 78")
    shopper.tap("callback_send")
    shopper.sees("callback_said", "Vi ringer numret som slutar på 78.")
    agent.sees("callback-item", "+46 8 123 456 78")
    agent.sees("callback-item", "Kortet nekas")
    assert agent.part("queue-item").count() == 0
    shopper.tap("callback_back")
    shopper.sees("cart_total", "142,50")


def test_by_keys_the_next_case_is_taken_while_something_is_half_written(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    neighbour_queues(shop)
    agent.sees("queue", "Jag kan inte betala")
    agent.page.keyboard.press("Alt+Enter")
    expect(agent.part("chat-input")).to_be_focused()
    agent.page.keyboard.type("Ett ögonbl")
    ask(shopper)
    expect(agent.part("accept-case")).to_be_visible()

    agent.page.keyboard.press("Alt+Enter")

    shopper.sees("agent_status", "Lisa ansluter…")
    agent.page.keyboard.press("Alt+1")
    expect(agent.part("chat-input")).to_have_value("Ett ögonbl")
    assert agent.part("chat-message").filter(has_text="Ett ögonbl").count() == 0
    assert agent.errors == []
