"""How long from the agent's press on the shared picture to the ring on the kiosk's screen.

Real programs on one machine; the time of the press is the page's own, the eye reads a small piece
of the X screen.
"""

import contextlib
import tempfile
from pathlib import Path

from tests.bench.press import Eye
from tests.bench.report import Row, percentile
from tests.support.agent import Agent, chromium
from tests.support.desktop import desktop
from tests.support.shop import Shopper, open_shop
from tests.support.waiting import eventually

POINTS = 60
# Where nothing else moves, far enough apart not to touch: in the empty cart, left and right.
PLACES = ((0.3, 0.6), (0.7, 0.6))
RING = 42  # px from the middle to the ring itself, at 1x


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name, contextlib.ExitStack() as on:
        directory = Path(name)
        screen = on.enter_context(desktop(1080, 1920, directory / "desktop"))
        shop = on.enter_context(open_shop(screen, directory / "demo"))
        shopper = Shopper(shop)
        on.callback(shopper.close)
        eye = Eye(screen)
        on.callback(eye.close)
        agent = Agent(on.enter_context(chromium()), shop.console_url)
        on.callback(agent.close)
        shopper.tap("help_button")
        shopper.tap("talk_to_person")
        agent.accept()
        agent.part("share-request").click()
        shopper.tap("share_consent_yes")
        eventually(agent.screen, "a frame decoded in Chromium")
        taken = []
        for number in range(POINTS):
            x, y = PLACES[number % 2]
            watch = (round(x * screen.width) + RING, round(y * screen.height) - 12)
            shopper.does_not_see("pointer")
            before = eye.still(*watch)
            pressed = agent.page.evaluate(_PRESS, [x, y])
            taken.append(eye.changed(*watch, before) - pressed)
    figure = percentile(taken, 95) * 1e3
    return [Row("agent points -> ring painted on the kiosk, p95", figure, "ms", 150.0, POINTS)]


_PRESS = """([x, y]) => {
    const layer = document.querySelector('[data-testid=share-pointer]');
    const box = layer.getBoundingClientRect();
    const at = performance.timeOrigin + performance.now();
    layer.setPointerCapture = () => {};
    layer.dispatchEvent(new PointerEvent('pointerdown', {
        bubbles: true, pointerId: 1, buttons: 1,
        clientX: box.left + x * box.width, clientY: box.top + y * box.height,
    }));
    return at / 1000;
}"""
