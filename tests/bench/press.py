"""How quick the press is, measured from outside: a finger on the glass, pixels that change.

The kiosk, the office and Chromium are the real programs on one machine; the finger is xdotool's,
the eye reads a small piece of the X screen. Both add to every figure, never take away.
"""

import contextlib
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mss
import psutil

from tests.bench.report import Row, percentile
from tests.support.agent import Agent, chromium
from tests.support.atspi import Box
from tests.support.desktop import Desktop, desktop
from tests.support.shop import CLI, Shop, Shopper, open_shop
from tests.support.waiting import eventually

PRESSES = 200
CASES = 30
MESSAGES = 60
STARTS = 10
IDLE_SECONDS = 30.0
EYE = 24  # px of the square that is watched


class Finger:
    """One xdotool that stays, so that a press is a line of text and not a new program."""

    def __init__(self, screen: Desktop) -> None:
        self._process = subprocess.Popen(
            ["xdotool", "-"], env=screen.environment, stdin=subprocess.PIPE, text=True
        )

    def move(self, x: int, y: int) -> None:
        self._say(f"mousemove {x} {y}")

    def press(self) -> float:
        """Press and release where the finger is; the wall time just before the release.

        Keys act on release (WCAG 2.5.2), so that is where the shopper's waiting begins.
        """
        self._say("mousedown 1")
        time.sleep(0.03)  # how long a finger rests is the shopper's time, not the program's
        at = time.time()
        self._say("mouseup 1")
        return at

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class Eye:
    """Looks at one small square of the screen until it changes."""

    def __init__(self, screen: Desktop) -> None:
        self._camera: Any = mss.MSS(display=screen.environment["DISPLAY"])

    def look(self, x: int, y: int) -> bytes:
        area = {"left": x, "top": y, "width": EYE, "height": EYE}
        return bytes(self._camera.grab(area).rgb)

    def changed(self, x: int, y: int, before: bytes) -> float:
        """The wall time at which the square differs from ``before``."""
        ends_at = time.monotonic() + 10
        while self.look(x, y) == before:
            assert time.monotonic() < ends_at, f"nothing changed at {x},{y} within 10 s"
        return time.time()

    def still(self, x: int, y: int) -> bytes:
        """The square once three looks in a row, 40 ms apart, agree."""
        looks = [self.look(x, y)]
        while len(looks) < 3 or len(set(looks[-3:])) != 1:
            time.sleep(0.04)
            looks.append(self.look(x, y))
        return looks[-1]

    def close(self) -> None:
        self._camera.close()


def run() -> list[Row]:
    """Every figure of the press, in the order in which a shopper meets them."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name, contextlib.ExitStack() as on:
        directory = Path(name)
        screen = on.enter_context(desktop(1080, 1920, directory / "desktop"))
        shop = on.enter_context(open_shop(screen, directory / "demo"))
        shopper = Shopper(shop)
        on.callback(shopper.close)
        shopper.scan("7310865004703")
        shopper.sees("cart_total", "19,90")
        finger, eye = Finger(screen), Eye(screen)
        on.callback(finger.close)
        on.callback(eye.close)
        rows = [*_idle(shop), _overlay(shopper, finger, eye)]
        browser = on.enter_context(chromium())
        agent = Agent(browser, shop.console_url)
        rows.append(_listed(shopper, agent, finger))
        rows.append(_message(shopper, agent, eye))
        agent.close()
        shop.close()
        rows.insert(0, start(screen, shop, directory))
        return rows


def start(screen: Desktop, shop: Shop, directory: Path) -> Row:
    """Process start to the first painted Hjälp, told by the program's own READY line."""
    settings = shop.directory / "kiosk.toml"
    taken = []
    for _ in range(STARTS + 1):
        with _ready_socket(directory) as (listener, address):
            environment = {**screen.environment, "NOTIFY_SOCKET": address}
            at = time.monotonic()
            process = subprocess.Popen(
                [*CLI, "run", "--config", str(settings)],
                env=environment,
                stderr=subprocess.DEVNULL,
            )
            assert b"READY=1" in listener.recv(4096)
            taken.append(time.monotonic() - at)
            process.terminate()
            process.wait(10)
    warm = taken[1:]
    return Row("process start -> Hjälp painted, median", percentile(warm, 50), "s", 1.2, len(warm))


def _idle(shop: Shop) -> list[Row]:
    kiosk = psutil.Process(shop.kiosk_pid)
    before = sum(kiosk.cpu_times()[:2])
    time.sleep(IDLE_SECONDS)
    share = (sum(kiosk.cpu_times()[:2]) - before) / IDLE_SECONDS * 100
    pss = kiosk.memory_full_info().pss / 1e6
    media = len(shop.media_pids())
    return [
        Row("idle kiosk, of one core", share, "%", 1.0, 1),
        Row("idle kiosk, resident (PSS)", pss, "MB", 200.0, 1),
        Row("idle kiosk, media processes", float(media), "", 0.0, 1),
    ]


def _overlay(shopper: Shopper, finger: Finger, eye: Eye) -> Row:
    taken = overlay(shopper, finger, eye, PRESSES)
    return Row("press -> overlay painted, p95", taken, "ms", 50.0, PRESSES)


def overlay(shopper: Shopper, finger: Finger, eye: Eye, presses: int) -> float:
    """The press to the first pixel of the sheet: the 95th percentile of ``presses``, in ms."""
    spot = _middle(shopper, "help_button")
    shopper.tap("help_button")
    sheet = shopper.tree.wait_for("overlay").box
    watch = _low_edge(sheet)
    shopper.tap("overlay_close")
    shopper.does_not_see("overlay")
    finger.move(*spot)
    taken = []
    for _ in range(presses):
        before = eye.still(*watch)
        taken.append(_timed(finger, eye, watch, before))
        _close(shopper)
        finger.move(*spot)
    return percentile(taken, 95) * 1e3


def _timed(finger: Finger, eye: Eye, watch: tuple[int, int], before: bytes) -> float:
    pressed = finger.press()
    return eye.changed(*watch, before) - pressed


def _close(shopper: Shopper) -> None:
    shopper.desktop.xdotool("key", "Escape")
    shopper.does_not_see("overlay")


def _listed(shopper: Shopper, agent: Agent, finger: Finger) -> Row:
    """The press to the case's card in the agent's list, on the page's own clock."""
    agent.page.evaluate(
        """() => {
            window.listedAt = null;
            const seen = new Set();
            const look = () => {
                for (const card of document.querySelectorAll('[data-case]')) {
                    if (!seen.has(card.dataset.case)) {
                        seen.add(card.dataset.case);
                        window.listedAt = performance.timeOrigin + performance.now();
                    }
                }
            };
            new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
        }"""
    )
    spot = _middle(shopper, "help_button")
    taken = []
    for _ in range(CASES):
        agent.page.evaluate("window.listedAt = null")
        finger.move(*spot)
        pressed = finger.press()
        shown = eventually(lambda: agent.page.evaluate("window.listedAt"), "the case is listed")
        taken.append(shown / 1e3 - pressed)
        shopper.tree.wait_for("overlay")
        _close(shopper)
    listed = percentile(taken, 95) * 1e3
    return Row("press -> case in the console's list, p95", listed, "ms", 300.0, CASES)


def _message(shopper: Shopper, agent: Agent, eye: Eye) -> Row:
    """The agent's click on Send to changed pixels in the kiosk's chat."""
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept()
    log = shopper.tree.wait_for("chat_log").box
    # The newest line stands lowest, the agent's bubbles on the left. Each has a letter of its own
    # under the eye, after a first few that fill the log.
    watch = (log.x + 40, log.y + log.height - 56)
    for number in range(12):
        agent.say(f"Rad {number}")
    shopper.sees("chat_log", "Rad 11")
    taken = []
    for number in range(MESSAGES):
        agent.part("chat-input").fill("XO"[number % 2] * 3 + f" rad {number}")
        before = eye.still(*watch)
        sent = agent.page.evaluate(
            """() => {
                const at = performance.timeOrigin + performance.now();
                document.querySelector('[data-testid=chat-send]').click();
                return at / 1000;
            }"""
        )
        taken.append(eye.changed(*watch, before) - sent)
    painted = percentile(taken, 95) * 1e3
    return Row("agent's message -> painted on the kiosk, p95", painted, "ms", 100.0, MESSAGES)


def _middle(shopper: Shopper, name: str) -> tuple[int, int]:
    return shopper.tree.wait_for(name).box.centre


def _low_edge(sheet: Box) -> tuple[int, int]:
    """Where a sheet that slides up from below is seen first."""
    return sheet.x + sheet.width // 2, sheet.y + sheet.height - EYE - 8


@contextlib.contextmanager
def _ready_socket(directory: Path) -> Iterator[tuple[socket.socket, str]]:
    path = directory / f"ready-{os.getpid()}"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(path))
        listener.settimeout(20)
        yield listener, str(path)
