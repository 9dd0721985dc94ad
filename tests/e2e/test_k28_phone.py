"""On to the phone: the code from the screen's pixels, the same agent, and a kiosk that is free."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.support.agent import Agent
from tests.support.calling import AGENT_HERTZ, LISTEN, CallingAgent
from tests.support.mobile import Mobile, read_code
from tests.support.shop import Shop, Shopper
from tests.support.steps import TOTAL, fill_cart
from tests.support.waiting import eventually

Take = Callable[..., Mobile]


@pytest.fixture
def take(browser: Browser) -> Iterator[Take]:
    """Take a phone out and open an address on it; what its browser complains of fails the test."""
    with ExitStack() as stack:

        def out(url: str, **options: str) -> Mobile:
            mobile = Mobile(browser, url, **options)
            stack.callback(mobile.close)
            return mobile

        yield out


def code_on_screen(shopper: Shopper) -> str:
    shopper.tree.wait_for("handoff_qr")
    return eventually(lambda: read_code(shopper.desktop.picture()), "a code on the screen")


@pytest.mark.row(28)
def test_the_chat_goes_on_by_phone_and_the_kiosk_is_free(
    shop: Shop, shopper: Shopper, agent: Agent, take: Take
) -> None:
    fill_cart(shopper)
    shopper.tap("help_button")
    shopper.write("ask_input", "Kan du hjalpa mig hemma?", enter=True)
    agent.accept()
    shopper.tree.wait_for("chat_log")
    agent.say("Fortsätt gärna i mobilen.")
    shopper.sees("chat_log", "Fortsätt gärna i mobilen.")

    shopper.tap("chat_phone")
    url = code_on_screen(shopper)
    assert url.startswith(shop.office_url.replace("ws", "http", 1).rpartition("/")[0])
    mobile = take(url)

    shopper.sees("overlay", "Fortsätter i mobilen")
    mobile.sees("phone-agent", "Lisa")
    mobile.sees("phone-log", "Fortsätt gärna i mobilen.")
    assert "#" not in mobile.page.url
    code = mobile.part("phone-cart-code").inner_text()
    agent.sees("on-phone", "På mobilen")
    assert mobile.complaints() == []

    mobile.say("Nu är jag ute på gatan")
    agent.sees("chat-log", "Nu är jag ute på gatan")
    agent.say("Då fortsätter vi där.")
    mobile.sees("phone-log", "Då fortsätter vi där.")

    shopper.does_not_see("overlay")
    eventually(lambda: shop.media_pids() == [], "nothing of the call is left")
    shopper.sees("cart_total", "0,00")
    shopper.tree.wait_for("help_button")

    # Back at the kiosk with the code that only the phone shows.
    shopper.write("cart_code", code, enter=True)
    shopper.sees("cart_total", TOTAL)

    agent.part("resolve-case").click()
    mobile.part("phone-feedback-5").check(force=True)
    assert mobile.complaints() == []
    mobile.part("phone-feedback-send").click()
    mobile.sees("phone-over", "Tack!")
    assert (agent.errors, mobile.errors) == ([], [])


def test_before_an_agent_and_in_english(
    shop: Shop, shopper: Shopper, hire: Callable[[], Agent], take: Take
) -> None:
    shopper.tap("language_en")
    shopper.tap("help_button")
    shopper.write("ask_input", "Where is the milk?", enter=True)
    shopper.tap("queue_phone")

    mobile = take(code_on_screen(shopper))
    mobile.sees("phone-status", "queue")
    assert mobile.complaints() == []
    shopper.does_not_see("overlay")

    agent = hire()
    agent.accept(greet=False)
    mobile.sees("phone-agent", "Lisa")
    agent.say("By the door.")
    mobile.sees("phone-log", "By the door.")
    mobile.part("phone-end").click()
    mobile.part("phone-end-yes").click()
    expect(agent.part("chat-input")).to_have_count(0)
    mobile.sees("phone-over", "Tell us how it went")
    assert mobile.errors == []


@pytest.mark.row(28)
def test_a_used_code_a_second_tab_and_a_reload(
    shop: Shop, shopper: Shopper, agent: Agent, take: Take
) -> None:
    shopper.tap("help_button")
    shopper.write("ask_input", "Kortet nekas", enter=True)
    agent.accept()
    shopper.tap("chat_phone", within=30)
    url = code_on_screen(shopper)
    mobile = take(url)
    mobile.sees("phone-log", "Kortet nekas")

    stranger = take(url, locale="en-GB")
    stranger.sees("phone-invalid", "This code does not work")
    assert stranger.complaints() == []
    assert "Kortet" not in stranger.page.content()
    assert "Lisa" not in stranger.page.content()

    mobile.page.reload()
    mobile.sees("phone-log", "Kortet nekas")
    first = mobile.page
    mobile.page = mobile.open(first.url)
    mobile.sees("phone-log", "Kortet nekas")
    expect(first.get_by_test_id("phone-elsewhere")).to_be_visible()
    mobile.say("Jag är här nu")
    agent.sees("chat-log", "Jag är här nu")
    # The stranger's exchange was refused, which a browser writes down.
    assert [line for line in stranger.errors if "410" not in line] == []


def test_the_phone_comes_back_after_the_office_was_away(
    shop: Shop, shopper: Shopper, agent: Agent, take: Take
) -> None:
    shopper.tap("help_button")
    shopper.write("ask_input", "Kortet nekas", enter=True)
    agent.accept()
    shopper.tap("chat_phone", within=30)
    mobile = take(code_on_screen(shopper))
    mobile.sees("phone-log", "Kortet nekas")

    shop.kill_office()
    expect(mobile.part("phone-link")).to_be_visible()
    mobile.say("Skrivet utan kontakt")
    shop.start_office()

    agent.sees("chat-log", "Skrivet utan kontakt")
    expect(mobile.part("phone-link")).to_have_count(0)
    assert mobile.part("phone-message").filter(has_text="Skrivet utan kontakt").count() == 1


@pytest.mark.row(28)
def test_talking_and_seeing_go_on_by_phone(
    shop: Shop, shopper: Shopper, caller: CallingAgent, take: Take
) -> None:
    shopper.tap("help_button")
    shopper.write("ask_input", "Kortet nekas", enter=True)
    caller.accept()
    shopper.tap("chat_phone", within=30)
    mobile = take(code_on_screen(shopper))
    mobile.context.grant_permissions(["microphone", "camera"])
    mobile.sees("phone-agent", "Lisa")
    expect(mobile.part("phone-voice-start")).to_be_visible()  # connected to the agent

    # By the agent's question, and the shopper's own press.
    caller.part("voice-start").click()
    mobile.sees("phone-call-offer", "Lisa vill gärna prata")
    assert mobile.complaints() == []
    mobile.part("phone-call-yes").click()
    caller.call_is("live")
    mobile.sees("phone-call-state", "Du pratar med Lisa")
    caller.hears(AGENT_HERTZ)  # both of this browser's microphones hum alike
    eventually(lambda: abs(heard(mobile) - AGENT_HERTZ) < 40, "the phone plays the agent")

    mobile.part("phone-mute").click()
    caller.hears(0)
    mobile.part("phone-mute").click()

    mobile.part("phone-camera").click()
    eventually(lambda: seen_width(caller) > 0, "the agent sees the phone's picture")
    expect(mobile.part("phone-own-video")).to_be_visible()
    assert mobile.complaints() == []

    mobile.part("phone-call-end").click()
    caller.call_is("ended")
    mobile.say("Tack!")
    caller.sees("chat-log", "Tack!")
    assert (caller.errors, mobile.errors) == ([], [])


def heard(mobile: Mobile) -> float:
    """The hertz of what the phone plays of the agent."""
    return float(mobile.page.evaluate(LISTEN, "phone-voice"))


def seen_width(agent: Agent) -> int:
    """Of the customer's picture as it is decoded, px; 0 where there is none."""
    video = agent.part("call-video")
    return int(video.evaluate("video => video.videoWidth")) if video.count() else 0
