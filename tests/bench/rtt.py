"""How quick letters are, from a key pressed to the other side's eyes, both ways.

Somebody types at an even pace and does not send. Letters that come within 0.3 s of one another go
together (RFC 8865 5.3), so that most of what is measured is that wait; EN 301 549 6.2.4 allows
500 ms from the key to the network. The kiosk, the office and Chromium are the real programs on one
machine and all times are its wall clock. "At the other side's program" is when the browser hands
the block to the page, or the page hands it to the browser.
"""

import contextlib
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mss

from tests.bench.report import Row, percentile
from tests.support.agent import Agent, chromium
from tests.support.atspi import Box
from tests.support.desktop import Desktop, desktop
from tests.support.shop import Shopper, open_shop
from tests.support.waiting import eventually

ROUNDS = 6
TEXT = "kortet nekas 3 ggr fast det finns 250 kr"  # in one line, so that nothing else moves
PACE = (0.08, 0.24)  # seconds between two keys: quick and slow typists
SETTLE_SECONDS = 1.0
REACH_MS = 500.0

# Before the case is accepted: from then on the page notes what goes through the channel and when
# its text is painted, in seconds of wall time.
_WATCH = """() => {
    const now = () => (performance.timeOrigin + performance.now()) / 1000;
    Object.assign(window, {came: [], went: [], painted: [], keys: []});
    const create = RTCPeerConnection.prototype.createDataChannel;
    RTCPeerConnection.prototype.createDataChannel = function (label, options) {
        const channel = create.call(this, label, options);
        if (label === 't140') {
            channel.addEventListener('message', ({data}) => window.came.push([now(), data]));
            const send = channel.send.bind(channel);
            channel.send = data => { window.went.push([now(), data]); send(data); };
        }
        return channel;
    };
    let last = '';
    const look = () => {
        const text = document.querySelector('[data-testid=rtt-remote]')?.textContent ?? '';
        if (text !== last) { window.painted.push([now(), text]); last = text; }
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    addEventListener('keydown', event => {
        window.keys.push((performance.timeOrigin + event.timeStamp) / 1000);
    }, true);
}"""


def run() -> list[Row]:
    """Every figure, the shopper's letters first."""
    chance = random.Random(17)
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name, contextlib.ExitStack() as on:
        directory = Path(name)
        screen = on.enter_context(desktop(1080, 1920, directory / "desktop"))
        shop = on.enter_context(open_shop(screen, directory / "demo"))
        shopper = Shopper(shop)
        on.callback(shopper.close)
        agent = Agent(on.enter_context(chromium()), shop.console_url)
        on.callback(agent.close)
        agent.page.evaluate(_WATCH)
        shopper.tap("help_button")
        shopper.tap("talk_to_person")
        agent.accept()
        agent.part("rtt-note").wait_for()
        return [*_from_shopper(shopper, agent, chance), *_from_agent(shopper, agent, chance)]


def _from_shopper(shopper: Shopper, agent: Agent, chance: random.Random) -> list[Row]:
    sent, painted = [], []
    shopper.write("chat_input", "x")
    with _keys(shopper.desktop) as press:
        for _ in range(ROUNDS):
            press("ctrl+a")
            press("BackSpace")
            time.sleep(SETTLE_SECONDS)
            agent.page.evaluate("() => { window.came = []; window.painted = []; }")
            pressed = []
            for letter in TEXT:
                pressed.append(press("space" if letter == " " else letter))
                time.sleep(chance.uniform(*PACE))
            eventually(lambda: _whole(agent.page.evaluate("window.came")), "the whole text")
            time.sleep(0.1)
            sent += _per_letter(pressed, agent.page.evaluate("window.came"))
            shown = [(at, text) for at, text in agent.page.evaluate("window.painted") if text]
            painted += [
                next(at for at, text in shown if len(text) > index) - key
                for index, key in enumerate(pressed)
                if TEXT[index] != " "  # the page shows no blank at the end
            ]
    return [
        _row("key on the kiosk -> at the agent's browser, p95", sent, 95),
        _row("the same, the slowest", sent, 100),
        _row("key on the kiosk -> painted in the console, p95", painted, 95),
    ]


def _from_agent(shopper: Shopper, agent: Agent, chance: random.Random) -> list[Row]:
    sent, painted = [], []
    place = shopper.tree.wait_for("rtt_remote").box
    page, line = agent.page, agent.part("chat-input")
    for _ in range(ROUNDS):
        line.fill("")
        time.sleep(SETTLE_SECONDS)
        page.evaluate("() => { window.went = []; window.keys = []; }")
        line.focus()
        with _eye(shopper.desktop, place) as changes:
            for letter in TEXT:
                page.keyboard.press("Space" if letter == " " else letter)
                changes.watch(chance.uniform(*PACE))
            changes.watch(SETTLE_SECONDS)
        went, pressed = page.evaluate("window.went"), page.evaluate("window.keys")
        assert _whole(went), went
        sent += _per_letter(pressed, went)
        shown = []
        for at, block in went:
            seen = next((change for change in changes.at if change >= at), None)
            # A block of nothing but a blank changes no pixel.
            shown += [[seen, block]] if seen is not None and block.strip() else []
        letters = [key for key, letter in zip(pressed, TEXT, strict=True) if letter != " "]
        solid = [[at, block.replace(" ", "")] for at, block in shown]
        painted += _per_letter(letters, solid)
    return [
        _row("key in the console -> handed to the network, p95", sent, 95),
        _row("the same, the slowest", sent, 100),
        _row("key in the console -> painted on the kiosk, p95", painted, 95),
    ]


def _row(what: str, seconds: list[float], rank: float) -> Row:
    return Row(what, percentile(seconds, rank) * 1e3, "ms", REACH_MS, len(seconds))


def _whole(blocks: list[list[Any]]) -> bool:
    return "".join(block for _, block in blocks) == TEXT


def _per_letter(pressed: list[float], blocks: list[list[Any]]) -> list[float]:
    """For each key the seconds until the block with its letter."""
    at = [when for when, block in blocks for _ in block]
    return [done - key for key, done in zip(pressed, at, strict=True)]


@contextlib.contextmanager
def _keys(screen: Desktop) -> Iterator[Any]:
    """One xdotool that stays; a call presses a key and gives the wall time just before."""
    hand = subprocess.Popen(
        ["xdotool", "-"], env=screen.environment, stdin=subprocess.PIPE, text=True
    )
    assert hand.stdin is not None
    stdin = hand.stdin

    def press(key: str) -> float:
        at = time.time()
        stdin.write(f"key {key}\n")
        stdin.flush()
        return at

    yield press
    stdin.close()
    hand.wait()


class _Changes:
    """Looks at one line of the screen; :attr:`at` is when it was seen to be different."""

    def __init__(self, camera: Any, place: Box) -> None:
        self._camera = camera
        # The upper half of the letters tells them apart, and is half as much to look at.
        self._area = {
            "left": place.x,
            "top": place.y,
            "width": place.width,
            "height": place.height // 2,
        }
        self._last = self._look()
        self.at: list[float] = []

    def _look(self) -> bytes:
        return bytes(self._camera.grab(self._area).rgb)

    def watch(self, seconds: float) -> None:
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            now = self._look()
            if now != self._last:
                self.at.append(time.time())
                self._last = now
            time.sleep(0.002)


@contextlib.contextmanager
def _eye(screen: Desktop, place: Box) -> Iterator[_Changes]:
    with mss.MSS(display=screen.environment["DISPLAY"]) as camera:
        yield _Changes(camera, place)
