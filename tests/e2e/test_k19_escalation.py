"""Voice is offered and never forced; row 19. And it outlives what it can; row 38."""

import re

import pytest

from tests.support.calling import AGENT_HERTZ, CallingAgent, meet
from tests.support.shop import Shop, Shopper
from tests.support.sound import SoundServer
from tests.support.waiting import throughout

SHOPPER_HERTZ = 440


def into_a_call(shopper: Shopper, caller: CallingAgent) -> None:
    meet(shopper, caller)
    caller.part("voice-start").click()
    shopper.tap("call_offer_yes")
    caller.call_is("live")


@pytest.mark.row(19)
def test_text_that_takes_long_offers_voice(
    shop: Shop, shopper: Shopper, caller: CallingAgent
) -> None:
    settings = shop.directory / "kiosk.toml"
    text = re.sub("(?m)^offer_voice_after = .*$", "offer_voice_after = 1.0", settings.read_text())
    shop.kill_kiosk()
    settings.write_text(text)
    shop.start_kiosk()
    meet(shopper, caller)
    shopper.sees("call_offer", "Vill du hellre prata med Lisa?")
    shopper.sees("call_offer", "bara för att hjälpa i stunden")
    # It keeps the agent from nothing: she can ask as well, and has nothing to take back.
    caller.sees("call-state", "Du kan också fråga")
    assert caller.part("call-end").count() == 0
    shopper.tap("call_offer_yes")
    caller.call_is("asked")
    caller.part("voice-start").click()
    shopper.sees("call_state", "Lisa hör dig")


@pytest.mark.row(19)
def test_the_agents_question_can_be_refused_and_the_help_goes_on(
    shopper: Shopper, caller: CallingAgent, sound: SoundServer
) -> None:
    meet(shopper, caller)
    shopper.tap("help_button")  # folded away: the question brings it back
    shopper.does_not_see("chat_log")
    caller.part("voice-start").click()
    shopper.sees("call_offer", "Lisa vill gärna prata med dig")
    caller.call_is("offered")
    assert (sound.listeners, sound.players) == (0, 0)
    shopper.tap("call_offer_no")
    shopper.does_not_see("call_offer")
    caller.sees("call-state", "vill helst inte")
    shopper.write("chat_input", "Vi skriver hellre", enter=True)
    caller.sees("chat-log", "Vi skriver hellre")
    assert (sound.listeners, sound.players) == (0, 0)
    assert caller.errors == []


def test_the_microphone_is_open_in_the_call_and_closed_on_mute(
    shopper: Shopper, caller: CallingAgent, sound: SoundServer
) -> None:
    into_a_call(shopper, caller)
    sound.has_open(1, 1)
    with sound.tone(SHOPPER_HERTZ):
        caller.hears(SHOPPER_HERTZ)
        # Folded, the call is still seen, and can be muted and ended.
        shopper.tap("help_button")
        shopper.sees("call_banner", "Lisa hör dig")
        shopper.tap("call_mute")
        sound.has_open(0, 1)
        caller.hears(0)
        caller.sees("call-state", "stängt av sin mikrofon")
        shopper.tap("call_mute")
        caller.hears(SHOPPER_HERTZ)
    caller.part("call-end").click()
    sound.has_open(0, 0)
    shopper.does_not_see("call_banner")
    assert caller.errors == []


@pytest.mark.row(38)
def test_a_call_outlives_the_office_and_a_page_that_is_loaded_anew(
    shop: Shop, shopper: Shopper, caller: CallingAgent, sound: SoundServer
) -> None:
    into_a_call(shopper, caller)
    with sound.tone(SHOPPER_HERTZ):
        caller.hears(SHOPPER_HERTZ)
        shop.kill_office()
        shopper.sees("overlay", "tappat kontakten")
        throughout(lambda: sound.listeners == 1, "the call was cut off", seconds=1.0)
        caller.hears(SHOPPER_HERTZ)
        shop.start_office()
        shopper.sees("overlay", "Kontakten är tillbaka")
        # The page is loaded anew: the same call, without a tap at either end.
        caller.page.reload()
        caller.hears(SHOPPER_HERTZ)
    sound.hears(AGENT_HERTZ)
    caller.call_is("live")
    # The office was away: that it could not be reached is all that the page may say.
    assert [error for error in caller.errors if "net::ERR_CONNECTION_" not in error] == []


def test_a_browser_that_gives_no_microphone_says_what_to_do(
    shopper: Shopper, caller: CallingAgent
) -> None:
    meet(shopper, caller)
    caller.context.clear_permissions()
    caller.part("voice-start").click()
    caller.sees("call-why", "Tillåt den bredvid adressen")
    assert shopper.tree.find("call_offer") is None, "the shopper was asked for nothing"
    caller.allow()
    caller.part("voice-start").click()
    shopper.tree.wait_for("call_offer")


def test_a_kiosk_without_a_microphone_says_so_and_writes_on(
    shop: Shop, shopper: Shopper, caller: CallingAgent
) -> None:
    settings = shop.directory / "kiosk.toml"
    text = re.sub("(?m)^microphone = .*$", 'microphone = "Borttappad"', settings.read_text())
    shop.kill_kiosk()
    settings.write_text(text)
    shop.start_kiosk()
    meet(shopper, caller)
    caller.part("voice-start").click()
    shopper.tap("call_offer_yes")
    shopper.sees("overlay", "Mikrofonen fungerar inte. Chatten fortsätter.")
    caller.sees("call-state", "Kioskens mikrofon fungerar inte")
    shopper.write("chat_input", "Vi skriver", enter=True)
    caller.sees("chat-log", "Vi skriver")
