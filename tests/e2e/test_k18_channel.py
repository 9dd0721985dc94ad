"""Another channel at any time, in the same case and the same connection; row 18."""

import pytest

from tests.support.calling import AGENT_HERTZ, CallingAgent
from tests.support.shop import Shop, Shopper
from tests.support.sound import SoundServer
from tests.support.waiting import eventually

SHOPPER_HERTZ = 7_000  # EN 301 549 6.1: sound up to 7 kHz


@pytest.mark.row(18)
def test_from_text_to_voice_to_video_and_back(
    shop: Shop, shopper: Shopper, caller: CallingAgent, sound: SoundServer
) -> None:
    shopper.tap("help_button")
    shopper.write("ask_input", "Jag kan inte betala", enter=True)
    caller.accept()
    caller.say("Vad visar skärmen?")
    shopper.sees("chat_log", "Vad visar skärmen?")
    eventually(
        lambda: caller.part("peer-state").get_attribute("data-state") == "connected", "connected"
    )
    offers = caller.offers

    # Voice: the shopper asks by one press, the agent joins by one.
    shopper.tap("voice_start")
    shopper.sees("call_strip", "bara för att hjälpa i stunden")
    caller.call_is("asked")
    assert (sound.listeners, sound.players) == (0, 0)
    caller.part("voice-start").click()
    shopper.sees("call_state", "Lisa hör dig")
    caller.call_is("live")
    with sound.tone(SHOPPER_HERTZ):
        caller.hears(SHOPPER_HERTZ)
        shopper.sees("call_strip", "Du hörs")
        sound.hears(AGENT_HERTZ)
        shopper.sees("call_strip", "Lisa hörs")

    # Video, and back to voice.
    shopper.tap("video_start")
    caller.sees_bars()
    shopper.sees("call_state", "ser och hör dig")
    shopper.tap("video_start")
    eventually(lambda: caller.part("call-video").count() == 0, "no picture of the customer")
    caller.hears(0)

    # Back to text: nothing was said twice, and all of it was one connection, offered once.
    shopper.tap("call_end")
    caller.call_is("ended")
    eventually(lambda: (sound.listeners, sound.players) == (0, 0), "the devices are closed")
    shopper.sees("chat_log", "Jag kan inte betala")
    shopper.write("chat_input", "Tack, nu gick det", enter=True)
    caller.sees("chat-log", "Tack, nu gick det")
    caller.sees("chat-log", "Jag kan inte betala")
    assert caller.offers == offers
    assert caller.errors == []
