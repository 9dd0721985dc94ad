"""How smooth the kiosk's window is in a call: voice and video, real programs on one machine.

A *frame gap* is the time between two paints of something that moves 60 times a second; it holds
all that the window's thread did in between, painting and waiting for a processor included. Two
such things are watched in the real kiosk's real window:

* a small sign, which the benchmark puts there, that turns through the whole call. Beside it move
  the agent's picture and the shopper's own at their rates, the bars of who is heard, ten times a
  second, and the agent writes now and then;
* the help sheet, while it slides away and comes back in that call.

16 ms are the least that Qt's animations ask for. On a machine with other programs at work a gap is
mostly time in which the window's thread had no processor. Two figures tell that apart: of each
gap, what the thread itself worked; and what becomes of the same beat in a program beside it that
does nothing but wait: where that comes late, no window could have been in time. The agent's
browser, which in life has a machine of its own, gives way to the others.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

from tests.bench import call_kiosk
from tests.bench.press import Finger
from tests.bench.report import Row, percentile
from tests.support.agent import chromium
from tests.support.calling import CallingAgent, agents_sound
from tests.support.desktop import desktop
from tests.support.shop import Shop, Shopper, open_shop
from tests.support.sound import sound_server

WIDTH, HEIGHT = 1080, 1920
CALL_SECONDS = 30.0
SLIDES = 40
SLIDE_SECONDS = 0.9  # from one press of Hjälp to the next: a slide takes a third of it
LINES = 5
REACH = 20.0  # ms
SHOPPER_HERTZ = 440


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name, contextlib.ExitStack() as on:
        directory = Path(name)
        sound = on.enter_context(sound_server(directory / "pulse"))
        screen = on.enter_context(desktop(WIDTH, HEIGHT, directory / "desktop"))
        screen = replace(screen, environment=screen.environment | sound.environment)
        shop = on.enter_context(open_shop(screen, directory / "demo"))
        shop.kill_kiosk()
        painted = directory / "painted.json"
        settings = shop.directory / "kiosk.toml"
        shop.start_kiosk_as(sys.executable, "-m", call_kiosk.__name__, settings, painted)
        shopper = Shopper(shop)
        on.callback(shopper.close)
        finger = Finger(screen)
        on.callback(finger.close)
        agent = _agent(on, shop, directory)
        on.enter_context(sound.tone(SHOPPER_HERTZ, 300))
        _into_a_video_call(shopper, agent)
        spot = shopper.tree.wait_for("help_button").box.centre
        with _waiting_beside(directory / "waited.json") as waited:
            before, began = _worked(shop), time.monotonic()
            for number in range(LINES):
                agent.say(f"Rad {number}")
                time.sleep(CALL_SECONDS / LINES)
            ended = time.monotonic()
            cost = [more - less for less, more in zip(before, _worked(shop), strict=True)]
        finger.move(*spot)
        for _ in range(SLIDES):
            finger.press()
            time.sleep(SLIDE_SECONDS)
        agent.close()
        shop.close()
        found = json.loads(painted.read_text())
    return [
        *_rows(found, waited, began, ended),
        Row("the kiosk in it, of one core", cost[0] / (ended - began) * 100, "%", None, 1),
        Row("its media process", cost[1] / (ended - began) * 100, "%", None, 1),
    ]


def _rows(found: dict[str, Any], waited: Sequence[float], began: float, ended: float) -> list[Row]:
    def during(times: Sequence[float]) -> list[float]:
        return [at for at in times if began <= at <= ended]

    sign, beside = _gaps(during(found["sign"])), _gaps(during(waited))
    both = zip(found["sign"], found["work"], strict=True)
    work = _gaps([worked for at, worked in both if began <= at <= ended])
    # The first paint of a slide is the press's own affair; see the benchmark "press".
    slide = [gap for one in found["slide"] if one and one[0] > ended for gap in _gaps(one)]
    pictures = len(during(found["picture"])) / (ended - began)
    machine = percentile(beside, 99) * 1e3
    return [
        _p99("frame gap in a call, p99", sign),
        Row("the same, p50", percentile(sign, 50) * 1e3, "ms", None, len(sign)),
        Row("the same, longest", max(sign) * 1e3, "ms", None, len(sign)),
        Row("of it the window's own work, p50", percentile(work, 50) * 1e3, "ms", None, len(work)),
        _p99("of it the window's own work, p99", work),
        Row("of it the window's own work, longest", max(work) * 1e3, "ms", None, len(work)),
        _p99("frame gap of the sheet that slides in a call, p99", slide),
        Row("the same, p50", percentile(slide, 50) * 1e3, "ms", None, len(slide)),
        Row("a program beside it that only waits, p99", machine, "ms", None, len(beside)),
        Row("pictures painted in the call, a second", pictures, "", None, 1),
    ]


def _p99(what: str, gaps: Sequence[float]) -> Row:
    return Row(what, percentile(gaps, 99) * 1e3, "ms", REACH, len(gaps))


def _worked(shop: Shop) -> list[float]:
    """The processor seconds of the kiosk and of its media process so far."""
    (media,) = shop.media_pids()
    return [sum(psutil.Process(pid).cpu_times()[:2]) for pid in (shop.kiosk_pid, media)]


def _gaps(times: Sequence[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(times)]


def _agent(on: contextlib.ExitStack, shop: Shop, directory: Path) -> CallingAgent:
    file = agents_sound(directory / "agent.wav")
    microphone = f"--use-file-for-fake-audio-capture={file}"
    with _given_way():
        browser = on.enter_context(chromium("--use-fake-device-for-media-stream", microphone))
    agent = CallingAgent(browser, shop.console_url)
    on.callback(agent.close)
    return agent


@contextlib.contextmanager
def _given_way() -> Iterator[None]:
    """What is started meanwhile gives way to other programs, for as long as it runs."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, 15)
    try:
        yield
    finally:
        with contextlib.suppress(PermissionError):  # then this program gives way as well
            os.setpriority(os.PRIO_PROCESS, 0, before)


def _into_a_video_call(shopper: Shopper, agent: CallingAgent) -> None:
    """Both are heard and seen."""
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept()
    shopper.tree.wait_for("chat_log")
    agent.part("video-start").click()
    shopper.tap("call_offer_yes")
    agent.sees_bars()
    agent.part("call-camera").click()
    agent.hears(SHOPPER_HERTZ)
    shopper.sees("call_pictures", "Bild av Lisa")


@contextlib.contextmanager
def _waiting_beside(file: Path) -> Iterator[list[float]]:
    """A program with the same beat and nothing to do; its times once the ``with`` is over."""
    times: list[float] = []
    program = subprocess.Popen(
        [sys.executable, "-c", _WAIT, str(file), str(call_kiosk.FRAME_MS / 1e3)],
        stdin=subprocess.PIPE,
        env=os.environ,
    )
    try:
        yield times
    finally:
        program.communicate(b"\n", timeout=20)
        times += json.loads(file.read_text())


_WAIT = """
import json, select, sys, time
step, times = float(sys.argv[2]), []
due = time.monotonic() + step
while not select.select([sys.stdin], [], [], max(0, due - time.monotonic()))[0]:
    times.append(time.monotonic())
    due += step
open(sys.argv[1], "w").write(json.dumps(times))
"""
