"""How long Hjälp is away when the kiosk's program begins anew, after a visit with a case.

Watched from outside: a small piece of the button on the X screen. *Away* is from the first look
at which the button is not there to the first at which it is there again as it was; what the
shopper could have pressed meanwhile was lost. *Asked to end -> gone* is not part of it: the old
run still shows Hjälp then.

The shopper asks for a person, thinks better of it and leaves; three seconds later the program
ends and runs again under its own process id.
"""

import contextlib
import tempfile
import time
from pathlib import Path

import psutil

from tests.bench.press import EYE, Eye, Finger, start
from tests.bench.report import Row, percentile
from tests.support.desktop import desktop
from tests.support.shop import Shopper, open_shop
from tests.support.waiting import eventually

TIMES = 10
_TURN_SECONDS = 20.0  # the wipe, three seconds of grace, the end and the start: ample


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name, contextlib.ExitStack() as on:
        directory = Path(name)
        screen = on.enter_context(desktop(1080, 1920, directory / "desktop"))
        shop = on.enter_context(open_shop(screen, directory / "demo"))
        shopper = Shopper(shop)
        on.callback(shopper.close)
        finger, eye = Finger(screen), Eye(screen)
        on.callback(finger.close)
        on.callback(eye.close)
        kiosk = psutil.Process(shop.kiosk_pid)
        began = kiosk.create_time()
        away = []
        for _ in range(TIMES):
            spot = _leave(shopper, finger, eye)
            away.append(_away(eye, *spot))
        assert kiosk.is_running() and kiosk.create_time() == began, "it is the same process"
        shop.close()
        started = start(screen, shop, directory)
    return [
        Row("the program begins anew: Hjälp away, median", percentile(away, 50), "s", 1.0, TIMES),
        Row("the same, longest", max(away), "s", None, TIMES),
        started,
    ]


def _leave(shopper: Shopper, finger: Finger, eye: Eye) -> tuple[int, int, bytes]:
    """A visit with a case, to its end. A piece of the button, and what it looks like at rest."""
    box = shopper.tree.wait_for("help_button").box
    x, y = box.x + 24, box.y + box.height // 2 - EYE // 2
    finger.move(1, 1)
    at_rest = eye.still(x, y)
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    shopper.tree.wait_for("queue_status")
    shopper.leave(lambda: shopper.tree.find("overlay") is None)
    finger.move(1, 1)
    eventually(lambda: eye.look(x, y) == at_rest, "Hjälp at rest again")
    return x, y, at_rest


def _away(eye: Eye, x: int, y: int, at_rest: bytes) -> float:
    """The seconds from the last look at which the button was there to the first when it is."""
    ends_at = time.monotonic() + _TURN_SECONDS
    there = time.monotonic()
    while eye.look(x, y) == at_rest:
        there = time.monotonic()
        assert there < ends_at, "the program did not begin anew"
        time.sleep(0.002)
    while eye.look(x, y) != at_rest:
        assert time.monotonic() < ends_at, "Hjälp did not come back"
        time.sleep(0.002)
    return time.monotonic() - there
