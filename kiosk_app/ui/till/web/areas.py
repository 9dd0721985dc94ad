"""Where a page's sensitive parts are, told so late that no frame can show them unmasked.

A page moves by itself, in processes of its own: what is on the screen now was laid out a little
while ago. So the page keeps where its sensitive parts were over the last second; a frame waits
until the page has told that, and is masked wherever one of them was in that time or between two
such places. A page that does not tell in time, or could not look often enough, is masked whole.
"""

import json
import math
from collections.abc import Callable
from typing import Annotated

import msgspec
from msgspec import Meta
from PySide6.QtCore import QObject, QRect, QTimer

from kiosk_app.ui.till.web.page import AREAS_WORLD, CheckoutPage

ANSWER_MS = 300  # more than a page needs that is not hung
KNOWN_MS = 250  # how long places must have been kept: longer than a picture is under way
_PLACES = 500
_FAR = 100_000  # px: nothing on a page is farther off that can be seen

Answer = Callable[[list[QRect] | None], None]
"""Takes rectangles in px of the page's widget, or None: all of it."""

Edge = Annotated[float, Meta(ge=-1e9, le=1e9)]
Place = tuple[int, Edge, Edge, Edge, Edge]


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page's answer: for how many ms it has kept places without a gap, and those of each
    look."""

    known: float
    looks: Annotated[list[Annotated[list[Place], Meta(max_length=_PLACES)]], Meta(max_length=200)]


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
    before: dict[int, Place] = {}
    for look in told.looks:
        now = {place[0]: place for place in look}
        for name, place in now.items():
            found.add(_box(place, before.get(name, place)))
        before = now
    return [QRect(left, top, right - left, bottom - top) for left, top, right, bottom in found]


def _box(one: Place, other: Place) -> tuple[int, int, int, int]:
    """The least box round both, in whole px."""
    return (
        _px(math.floor(min(one[1], other[1]))),
        _px(math.floor(min(one[2], other[2]))),
        _px(math.ceil(max(one[3], other[3]))),
        _px(math.ceil(max(one[4], other[4]))),
    )


def _px(value: int) -> int:
    return max(-_FAR, min(_FAR, value))


class PageAreas(QObject):
    """Asks one page. ``selectors`` are what it has marked itself."""

    def __init__(self, page: CheckoutPage) -> None:
        super().__init__(page)
        self._page = page
        self.selectors: tuple[str, ...] = ()

    def ask(self, answer: Answer) -> None:
        """Call ``answer`` once, when the page has told, or in ANSWER_MS without it."""
        open_ = [answer]
        timer = QTimer(self)
        timer.setSingleShot(True)

        def reply(rects: list[QRect] | None) -> None:
            if open_:  # the page may tell after its time as well
                timer.stop()
                timer.deleteLater()
                open_.pop()(rects)

        timer.timeout.connect(lambda: reply(None))
        timer.start(ANSWER_MS)
        script = f"kioskAreas.take({json.dumps(self.selectors)})"
        self._page.runJavaScript(script, AREAS_WORLD, lambda told: reply(places(told)))
