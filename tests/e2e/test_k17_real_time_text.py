"""Letters are seen as they are written, by both; row 17."""

import pytest

from tests.support.agent import Agent
from tests.support.atspi_events import TextChanged, ears
from tests.support.shop import Shop, Shopper
from tests.support.waiting import eventually, throughout

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
THUMB = "\U0001f44d\U0001f3fd"
MISSING = "[text saknas]"
MILK = "7310865004703"

# The console's connections, with the labels of their data channels.
KEEP_CONNECTIONS = """() => {
    window.connections = [];
    const create = RTCPeerConnection.prototype.createDataChannel;
    RTCPeerConnection.prototype.createDataChannel = function (label, options) {
        if (!window.connections.includes(this)) window.connections.push(this);
        (this.labels ??= []).push(label);
        return create.call(this, label, options);
    };
}"""


@pytest.fixture
def chat(shopper: Shopper, agent: Agent) -> None:
    """A chat in which letters go."""
    agent.page.evaluate(KEEP_CONNECTIONS)
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept()
    shopper.sees("rtt_status", "Lisa ser det du skriver medan du skriver.")
    agent.part("rtt-note").wait_for()


def writes(agent: Agent, text: str) -> None:
    """The agent writes ``text``, key by key, and does not send it."""
    agent.part("chat-input").focus()
    agent.page.keyboard.insert_text(text)


def says(shopper: Shopper, name: str, text: str) -> None:
    """Wait until what is called ``name`` says just ``text``."""
    eventually(
        lambda: (node := shopper.tree.find(name)) is not None and node.text == text,
        f"{name} says {text!r}",
    )


def reads(agent: Agent, text: str) -> None:
    eventually(lambda: remote(agent) == text, f"the agent reads {text!r}")


def remote(agent: Agent) -> str:
    return agent.part("rtt-remote").inner_text()


@pytest.mark.row(17)
@pytest.mark.en301549("6.2.2.1", "6.2.2.2", "6.2.2.3")
@pytest.mark.usefixtures("chat")
def test_each_sees_what_the_other_is_writing(shopper: Shopper, agent: Agent) -> None:
    shopper.write("chat_input", "Kortet ne")
    reads(agent, "Kortet ne")
    says(shopper, "rtt_local", "Kortet ne")
    agent.part("chat-input").press_sequentially("Vad ser du", delay=20)
    says(shopper, "rtt_remote", "Vad ser du")
    # Which is which can be told without eyes.
    assert shopper.tree.wait_for("rtt_remote").name == "Det Lisa skriver nu"
    assert shopper.tree.wait_for("rtt_local").name == "Det Lisa ser av din text"

    shopper.desktop.xdotool("type", "--delay", "4", "kas")
    shopper.desktop.xdotool("key", "Return")
    agent.sees("chat-log", "Kortet nekas")
    reads(agent, "")
    says(shopper, "rtt_local", "")
    says(shopper, "rtt_remote", "Vad ser du")
    agent.part("chat-send").click()
    shopper.sees("chat_log", "Vad ser du")
    says(shopper, "rtt_remote", "")
    # As one line each, however quick the letters were.
    assert agent.part("chat-message").filter(has_text="Kortet nekas").count() == 1
    assert shopper.reads("chat_log").count("Vad ser du") == 1
    assert agent.errors == []


@pytest.mark.en301549("6.2.1.1", "6.2.1.2")
@pytest.mark.usefixtures("chat")
def test_letters_go_in_the_connection_that_voice_goes_in(agent: Agent) -> None:
    """EN 301 549 6.2.1: whenever there is voice there is real-time text, at the same time."""
    ((labels, sections),) = agent.page.evaluate(
        """() => window.connections.filter(each => each.connectionState === 'connected').map(
            each => [each.labels, each.currentRemoteDescription.sdp.match(/^m=\\w+/gm)])"""
    )
    assert sorted(labels) == ["chat", "ping", "t140"]
    assert {"m=audio", "m=application"} <= set(sections)


@pytest.mark.en301549("9.4.1.3")
@pytest.mark.usefixtures("chat")
def test_a_screen_reader_hears_each_change_and_no_more(shopper: Shopper, agent: Agent) -> None:
    remote_text, own = (shopper.tree.wait_for(name) for name in ("rtt_remote", "rtt_local"))
    with ears(shopper.tree) as listening:
        writes(agent, "Vad")
        says(shopper, "rtt_remote", "Vad")
        writes(agent, " ser")
        says(shopper, "rtt_remote", "Vad ser")
        agent.page.keyboard.press("Backspace")
        says(shopper, "rtt_remote", "Vad se")
        assert listening.heard(remote_text) == [
            TextChanged("insert", 0, "Vad"),
            TextChanged("insert", 3, " ser"),
            TextChanged("delete", 6, " "),  # Qt says how much is gone, not what it was
        ]
        assert listening.heard(own) == []
        shopper.write("chat_input", "K")
        says(shopper, "rtt_local", "K")
        assert listening.heard(own) == [TextChanged("insert", 0, "K")]


@pytest.mark.usefixtures("chat")
def test_erasing_takes_what_a_reader_calls_a_character(shopper: Shopper, agent: Agent) -> None:
    shopper.write("chat_input", "K")
    # As a program does that writes for somebody who cannot use keys.
    shopper.tree.wait_for("chat_input").write(f"Kör{FAMILY}å")
    reads(agent, f"Kör{FAMILY}å")
    for left in (f"Kör{FAMILY}", "Kör", "Kö", "K"):
        shopper.desktop.xdotool("key", "BackSpace")
        reads(agent, left)
    writes(agent, f"Å{THUMB}ö")
    says(shopper, "rtt_remote", f"Å{THUMB}ö")
    for left in (f"Å{THUMB}", "Å", ""):
        agent.page.keyboard.press("Backspace")
        says(shopper, "rtt_remote", left)


@pytest.mark.row(17)
@pytest.mark.en301549("6.2.3")
@pytest.mark.usefixtures("chat")
def test_a_break_doubles_nothing_and_loses_nothing(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    shopper.write("chat_input", "Kortet")
    writes(agent, "Vad ser")
    reads(agent, "Kortet")
    says(shopper, "rtt_remote", "Vad ser")
    shop.kill_media()
    # What may be lost is shown as lost, not as all there is.
    says(shopper, "rtt_remote", f"Vad ser{MISSING}")
    shopper.desktop.xdotool("type", "--delay", "4", " nekas")
    writes(agent, " du?")
    # The connection is made anew, and each line stands there once, whole.
    reads(agent, "Kortet nekas")
    says(shopper, "rtt_remote", "Vad ser du?")
    shopper.desktop.xdotool("key", "Return")
    agent.sees("chat-log", "Kortet nekas")
    reads(agent, "")
    assert agent.part("chat-message").filter(has_text="Kortet").count() == 1
    # A page that is loaded anew knows nothing of what it wrote; the kiosk still knows its own.
    shopper.desktop.xdotool("type", "--delay", "4", "Och nu")
    reads(agent, "Och nu")
    agent.page.reload()
    says(shopper, "rtt_remote", "")
    reads(agent, "Och nu")


@pytest.mark.usefixtures("chat")
def test_what_is_nobodys_business_is_not_seen(shop: Shop, shopper: Shopper, agent: Agent) -> None:
    agent.page.evaluate(
        """() => {
            window.seen = [];
            const look = () => window.seen.push(
                document.querySelector('[data-testid=rtt-remote]').innerText);
            new MutationObserver(look).observe(
                document.body, {childList: true, subtree: true, characterData: true});
        }"""
    )
    shopper.write("chat_input", "Den ")
    reads(agent, "Den")
    # A scan into the line goes to the till, and not one figure of it to the agent.
    shopper.scan(MILK)
    shopper.sees("cart_total", "19,90")
    shopper.desktop.xdotool("type", "--delay", "4", "nekas")
    reads(agent, "Den nekas")
    assert not [text for text in agent.page.evaluate("window.seen") if "7" in text]
    # Nor anything before it is sent, where the shopper says so.
    shopper.tap("rtt_switch")
    shopper.sees("rtt_status", "Lisa ser din text när du skickar den.")
    reads(agent, "")
    shopper.write("chat_input", " alltid")
    throughout(lambda: remote(agent) == "", "nothing is seen of it", seconds=1.0)
    shopper.desktop.xdotool("key", "Return")
    agent.sees("chat-log", "Den nekas alltid")
    # The next shopper is seen again, and told so.
    agent.part("resolve-case").click()
    shopper.tap("feedback_skip")
    shopper.new_customer()
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept()
    shopper.sees("rtt_status", "Lisa ser det du skriver medan du skriver.")
    says(shopper, "rtt_remote", "")
    says(shopper, "rtt_local", "")
    assert shop.log().count(MILK) == 0
    assert "nekas" not in shop.log()
