"""How quick and how cheap a share is, next to Chromium's own getDisplayMedia in the same run.

Both sides show the same page, 1920x1080, text that scrolls 15 times a second under a time code of
the moment it was drawn. Both are watched by the same page in a Chromium of its own, which reads
the code back from each decoded frame when ``requestVideoFrameCallback`` says it is shown.
Chromium's own share is of its tab, without a window (headless); a tab in a window was slower when
tried, a whole X screen was not measured.

All clocks are this machine's wall clock. The two take turns, so that what else the machine does
meets both.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import share_in_shop, timecode
from tests.bench.report import Row, percentile
from tests.support.agent import CHROMIUM, FLAGS
from tests.support.desktop import desktop
from tests.support.media_page import SCRIPT

WIDTH, HEIGHT = 1920, 1080
SHARES = 40
TURNS = 3
SETTLE_SECONDS = 5.0  # both senders find their rate within this
MOVING_SECONDS = 15.0
STILL_SECONDS = 15.0

_MOVER = (
    timecode.WRITER
    + f"""
document.title = 'moving page';
document.body.style.margin = 0;
const canvas = document.createElement('canvas');
canvas.width = {WIDTH}; canvas.height = {HEIGHT};
document.body.append(canvas);
const context = canvas.getContext('2d', {{alpha: false}});
let step = 0;
const draw = () => {{
  context.fillStyle = '#f4f4f0';
  context.fillRect(0, 0, {WIDTH}, {HEIGHT});
  context.font = '24px "DejaVu Sans"';
  for (let row = -1; row <= {HEIGHT} / 60; row++) {{
    const number = row + Math.floor(step * 12 / 60);
    const y = row * 60 + 60 - step * 12 % 60;
    context.fillStyle = `hsl(${{(number * 37 % 360 + 360) % 360}}, 60%, 83%)`;
    context.fillRect(20, y, {WIDTH} - 40, 52);
    context.fillStyle = '#202020';
    context.fillText(`Rad ${{number}}: Mjölk 1,5 l, 15,90 kr, Kaffe 54,90 kr`, 40, y + 36);
  }}
  window.draw_code(context);
}};
draw();
setInterval(() => {{ step++; requestAnimationFrame(draw); }}, 66);
window.share = async offer => {{
  const stream = await navigator.mediaDevices.getDisplayMedia(
    {{video: {{width: {WIDTH}, height: {HEIGHT}, frameRate: 30}}, preferCurrentTab: true}});
  const pc = window.pc = new RTCPeerConnection();
  await pc.setRemoteDescription({{type: 'offer', sdp: offer}});
  pc.addTrack(stream.getVideoTracks()[0], stream);
  await pc.setLocalDescription();
  await new Promise(done => {{
    if (pc.iceGatheringState === 'complete') done();
    pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && done();
  }});
  return pc.localDescription.sdp;
}};
"""
)
_SHARER_FLAGS = [
    "--auto-accept-this-tab-capture",
    "--enable-usermedia-screen-capturing",
]


class Kiosk:
    """The kiosk's half, asked by lines."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.share_kiosk", str(WIDTH), str(HEIGHT)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.media = psutil.Process(self._answer()["media_pid"])
        self.process = psutil.Process(self._process.pid)

    def ask(self, what: str, **more: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def seconds_used(self) -> float:
        """Processor time of kiosk and media process together."""
        return sum(sum(process.cpu_times()[:2]) for process in (self.process, self.media))

    def close(self) -> None:
        self.ask("end")
        self._process.wait()


def run() -> list[Row]:
    """First frame, glass to glass beside Chromium's, a still screen's cost; then the real shop."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name, contextlib.ExitStack() as on:
        screen = on.enter_context(desktop(WIDTH, HEIGHT, Path(name)))
        kiosk = Kiosk(screen.environment)
        on.callback(kiosk.close)
        playwright = on.enter_context(sync_playwright())
        agent = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        on.callback(agent.close)
        first = _first_frames(kiosk, agent)
        ours: list[float] = []
        theirs: list[float] = []
        for turn in range(TURNS):
            with _connected(kiosk, agent, turn + 2) as page:
                ours += _moving(kiosk, page)
            with _chromium_shares(playwright.chromium, agent) as page:
                theirs += _ages(page)
        with _connected(kiosk, agent, TURNS + 2) as page:
            still = _still(kiosk, page)
    return [
        Row("Godkänn -> first frame shown, p95", percentile(first, 95), "ms", 1000.0, len(first)),
        Row(
            "moving 1080p, glass to glass p50",
            percentile(ours, 50),
            "ms",
            None,
            len(ours),
            percentile(theirs, 50),
        ),
        Row(
            "moving 1080p, glass to glass p95",
            percentile(ours, 95),
            "ms",
            None,
            len(ours),
            percentile(theirs, 95),
        ),
        Row("still screen, kiosk + media, of one core", still, "%", 3.0, 1),
        *share_in_shop.rows(),
    ]


@contextlib.contextmanager
def _connected(kiosk: Kiosk, agent: Browser, generation: int) -> Iterator[Page]:
    page = _watching_page(agent)
    answer = kiosk.ask("offer", generation=generation, sdp=page.evaluate("connect()"))
    page.evaluate("sdp => accept(sdp)", answer["sdp"])
    kiosk.ask("connected")
    yield page
    page.close()


def _watching_page(agent: Browser) -> Page:
    page = agent.new_page(viewport={"width": 1000, "height": 700})
    page.set_content("<!doctype html><title>console</title>")
    page.add_script_tag(content=SCRIPT)
    page.add_script_tag(content=timecode.READER)
    return page


def _first_frames(kiosk: Kiosk, agent: Browser) -> list[float]:
    taken = []
    with _connected(kiosk, agent, 1) as page:
        for _ in range(SHARES):
            page.evaluate("window.frames_shown = 0")
            at = kiosk.ask("share")["at"]
            page.wait_for_function("window.frames_shown > 0", polling=20)
            taken.append(page.evaluate("window.first_frame_at") - at * 1000)
            kiosk.ask("unshare")
    return taken


def _moving(kiosk: Kiosk, page: Page) -> list[float]:
    kiosk.ask("move", moving=True)
    kiosk.ask("share")
    ages = _ages(page)
    kiosk.ask("unshare")
    kiosk.ask("move", moving=False)
    return ages


def _ages(page: Page) -> list[float]:
    """How old each new picture was when it was shown, in ms, once the sender has settled."""
    page.wait_for_function("window.frames_shown > 0", polling=20)
    page.wait_for_timeout(SETTLE_SECONDS * 1000)
    page.evaluate("window.ages = []")
    page.wait_for_timeout(MOVING_SECONDS * 1000)
    ages: list[float] = page.evaluate("window.ages")
    return ages


@contextlib.contextmanager
def _chromium_shares(chromium: Any, agent: Browser) -> Iterator[Page]:
    sharer = chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *_SHARER_FLAGS])
    try:
        mover = sharer.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        # getDisplayMedia asks for a secure context; nothing listens there, the route answers.
        mover.route(
            "**/*",
            lambda route: route.fulfill(content_type="text/html", body="<!doctype html><body>"),
        )
        mover.goto("http://localhost/")
        mover.add_script_tag(content=_MOVER)
        page = _watching_page(agent)
        answer = mover.evaluate("sdp => share(sdp)", page.evaluate("connect()"))
        page.evaluate("sdp => accept(sdp)", answer)
        yield page
        page.close()
    finally:
        sharer.close()


def _still(kiosk: Kiosk, page: Page) -> float:
    """Per cent of one core, from when the picture has been whole for a while."""
    kiosk.ask("share")
    page.wait_for_function("window.frames_shown > 0", polling=20)
    page.wait_for_timeout(SETTLE_SECONDS * 1000)
    before, began = kiosk.seconds_used(), time.monotonic()
    page.wait_for_timeout(STILL_SECONDS * 1000)
    used = (kiosk.seconds_used() - before) / (time.monotonic() - began) * 100
    kiosk.ask("unshare")
    return used
