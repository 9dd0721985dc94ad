"""Where a page's sensitive parts are, told so late that no frame can show them unmasked.

A page moves by itself, in processes of its own: what is on the screen now was laid out a little
while ago. So the page keeps where its sensitive parts were over the last second, frame by frame; a
picture waits until two more frames have begun, and is masked wherever one of them was in that time
or between two such places. A page that does not tell in time, or could not look often enough, is
masked whole.
"""

import json
import math
from collections.abc import Callable
from itertools import pairwise
from typing import Annotated

import msgspec
from msgspec import Meta
from PySide6.QtCore import QObject, QRect, QTimer

from kiosk_app.ui.till.web.page import AREAS_WORLD, CheckoutPage

ANSWER_MS = 300  # more than a page needs that is not hung
AGAIN_MS = 8  # half a frame of the page
KNOWN_MS = 250  # how long places must have been kept: longer than a picture is under way
_PLACES = 500
_BEYOND = 80.0  # px: what turns farther out than that has jumped, as when a page is scrolled
_FAR = 100_000  # px: nothing on a page is farther off that can be seen

Answer = Callable[[list[QRect] | None], None]
"""Takes rectangles in px of the page's widget, or None: all of it."""

Edge = Annotated[float, Meta(ge=-1e9, le=1e9)]
Place = tuple[int, Edge, Edge, Edge, Edge]
Look = tuple[Edge, Annotated[list[Place], Meta(max_length=_PLACES)]]


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page's answer: for how many ms it has kept places without a gap, and of each look its
    time in ms and the places."""

    known: float
    looks: Annotated[list[Look], Meta(max_length=200)]


def places(untrusted_told: object) -> list[QRect] | None:
    """What must be masked; None, everything, when the page does not know or says nonsense."""
    if not isinstance(untrusted_told, str):
        return None  # the page is gone, or a selector is none
    try:
        told = msgspec.json.decode(untrusted_told, type=Told)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    if told.known < KNOWN_MS:
        return None
    found: set[tuple[int, int, int, int]] = set()
    speeds = _speeds(told.looks)
    earlier: float = 0.0
    before: dict[int, Place] = {}
    for at, look in told.looks:
        now = {place[0]: place for place in look}
        for name, place in now.items():
            # It may have turned between two looks: half of the way that it makes in that time lies
            # beyond them at most.
            beyond = speeds.get(name, 0.0) * (at - earlier) / 2 if name in before else 0.0
            found.add(_box(place, before.get(name, place), min(beyond, _BEYOND)))
        earlier, before = at, now
    return [QRect(left, top, right - left, bottom - top) for left, top, right, bottom in found]


def _speeds(looks: list[Look]) -> dict[int, float]:
    """How fast any edge of each place was at most, px a ms."""
    found: dict[int, float] = {}
    for (earlier, look), (later, next_look) in pairwise(looks):
        before = {place[0]: place for place in look}
        for place in next_look:
            if later > earlier and (was := before.get(place[0])) is not None:
                step = max(abs(a - b) for a, b in zip(place[1:], was[1:], strict=True))
                found[place[0]] = max(found.get(place[0], 0.0), step / (later - earlier))
    return found


def _box(one: Place, other: Place, beyond: float) -> tuple[int, int, int, int]:
    """The least box round both and what is ``beyond`` px around them, in whole px."""
    return (
        _px(math.floor(min(one[1], other[1]) - beyond)),
        _px(math.floor(min(one[2], other[2]) - beyond)),
        _px(math.ceil(max(one[3], other[3]) + beyond)),
        _px(math.ceil(max(one[4], other[4]) + beyond)),
    )


def _px(value: int) -> int:
    return max(-_FAR, min(_FAR, value))


class PageAreas(QObject):
    """Asks one page. ``selectors`` are what it has marked itself."""

    def __init__(self, page: CheckoutPage) -> None:
        super().__init__(page)
        self._page = page
        self._replies: list[Answer] = []
        self.selectors: tuple[str, ...] = ()

    def give_up(self) -> None:
        """The page is thrown away: whoever waits for it hears that it knows nothing."""
        for reply in list(self._replies):
            reply(None)

    def ask(self, answer: Answer) -> None:
        """Call ``answer`` once, when the page has told, or in ANSWER_MS without it."""
        timer = QTimer(self)
        timer.setSingleShot(True)

        def reply(rects: list[QRect] | None) -> None:
            if reply in self._replies:  # the page may tell after its time as well
                self._replies.remove(reply)
                timer.stop()
                timer.deleteLater()
                answer(rects)

        def look(asked: int) -> None:
            if reply in self._replies:
                self._page.runJavaScript(
                    f"kioskAreas.take({asked})", AREAS_WORLD, lambda told: heard(asked, told)
                )

        def heard(asked: int, untrusted_told: object) -> None:
            if untrusted_told == "":  # its next frames have not begun
                QTimer.singleShot(AGAIN_MS, self, lambda: look(asked))
            else:
                reply(places(untrusted_told))

        def began(untrusted_number: object) -> None:
            if isinstance(untrusted_number, int | float):
                look(int(untrusted_number))
            else:
                reply(None)  # the page is gone

        self._replies.append(reply)
        timer.timeout.connect(lambda: reply(None))
        timer.start(ANSWER_MS)
        script = f"kioskAreas.ask({json.dumps(self.selectors)})"
        self._page.runJavaScript(script, AREAS_WORLD, began)
