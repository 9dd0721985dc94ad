"""The press with another till under Hjälp: a web checkout in the window, a program below it."""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil

from tests.bench.press import Eye, Finger, overlay, start
from tests.bench.report import Row
from tests.support.desktop import Desktop, desktop
from tests.support.shop import Shop, Shopper, open_shop
from tests.support.waiting import eventually

PRESSES = 60
IDLE_SECONDS = 15.0


def run() -> list[Row]:
    """For each kind: press to overlay, and what the till costs while nobody stands there."""
    if os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    rows = []
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name:
        directory = Path(name)
        with desktop(1080, 1920, directory / "desktop") as screen:
            # The built-in one as well: what the same machine makes of it in the same minute.
            for till in ("built-in", "web", "socket"):
                with _shopper(screen, directory / till, till) as (shop, shopper):
                    rows += _till(till, shop, shopper)
                    shop.close()
                    started = start(screen, shop, directory)
                    rows.append(replace(started, what=f"{till}: {started.what}"))
    return rows


@contextlib.contextmanager
def _shopper(screen: Desktop, directory: Path, till: str) -> Iterator[tuple[Shop, Shopper]]:
    with open_shop(screen, directory, till=till) as shop:
        shopper = Shopper(shop)
        try:
            if till == "web":
                eventually(lambda: "the till's program is here" in shop.log(), "the page is up")
            yield shop, shopper
        finally:
            shopper.close()


def _till(till: str, shop: Shop, shopper: Shopper) -> list[Row]:
    finger, eye = Finger(shopper.desktop), Eye(shopper.desktop)
    try:
        taken = overlay(shopper, finger, eye, PRESSES)
    finally:
        finger.close()
        eye.close()
    return [
        Row(f"{till}: press -> overlay painted, p95", taken, "ms", 50.0, PRESSES),
        Row(f"{till}: idle, of one core", _idle(shop), "%", 1.0, 1),
    ]


def _idle(shop: Shop) -> float:
    """Of the kiosk and what it started, in percent of one core."""
    eventually(lambda: not shop.media_pids(), "the last case's media process is gone")
    kiosk = psutil.Process(shop.kiosk_pid)
    processes = [kiosk, *kiosk.children(recursive=True)]

    def used(process: psutil.Process) -> float:
        with contextlib.suppress(psutil.NoSuchProcess):  # a browser's helpers come and go
            return float(sum(process.cpu_times()[:2]))
        return 0.0

    before = {process.pid: used(process) for process in processes}
    time.sleep(IDLE_SECONDS)
    more = [max(0.0, used(process) - before[process.pid]) for process in processes]
    return sum(more) / IDLE_SECONDS * 100
