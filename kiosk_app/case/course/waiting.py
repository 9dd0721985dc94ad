"""The wait for a person: place and time as they change, the promise, and what to do meanwhile."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import events
from kiosk_app.case.core import Core
from kiosk_app.case.phase import Aside, Phase
from kiosk_app.case.talk.open_case import OpenedCase
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.wait import LateReason

# The office's estimate moves a little with every answer anywhere. A countdown that jumps back by
# so little would only look broken; it is left to run.
JITTER_SECONDS = 5
AGAIN_SECONDS = 60  # promised to whoever is back at the head of the queue


def begin(core: Core, case: OpenedCase) -> None:
    """The shopper asks for a person; what they have just read is what they were promised."""
    promised = case.promised_seconds = core.promised_seconds
    case.late = core.promise_seconds is None
    if promised is not None:
        core.turn.timers.set(Timer.ANSWER, core.turn.after(promised))


def begin_again(core: Core, case: OpenedCase) -> None:
    """The agent is gone and the shopper waits anew, before everyone."""
    case.position = 1
    case.eta = case.wait = case.told_wait = None
    case.nobody = case.late = case.agent_late = False
    promised = case.promised_seconds or AGAIN_SECONDS
    core.turn.timers.set(Timer.ANSWER, core.turn.after(promised))


def placed(core: Core, case: OpenedCase, position: int, wait_seconds: int | None) -> None:
    """The office's word on place and time. A rise of either is said, never just shown.

    ``wait_seconds`` None: nobody is there, so no time may be counted down.
    """
    place, told, case.position = case.position, case.told_wait, position
    case.told_wait, case.nobody = wait_seconds, wait_seconds is None
    if place is not None and position > place:
        core.turn.say(Notice.PLACE_LATER)
    if wait_seconds is None:
        case.wait = None
        return
    before = case.wait
    fresh = Countdown(float(wait_seconds), core.turn.after(wait_seconds))
    same = place == position and told is not None and abs(wait_seconds - told) <= JITTER_SECONDS
    if before is None or fresh.ends_at <= before.ends_at:
        case.wait = fresh
    elif not same and fresh.ends_at > before.ends_at + JITTER_SECONDS:
        case.wait = fresh
        if core.turn.notice is not Notice.PLACE_LATER:
            core.turn.say(Notice.WAIT_GREW)


def late_reason(case: OpenedCase) -> LateReason | None:
    """Why it takes longer than promised; None while it does not."""
    if case.call_here:
        return None
    if case.nobody:
        return LateReason.NOBODY
    if not case.late:
        return None
    return LateReason.OTHERS if (case.position or 1) > 1 else LateReason.BUSY


class Waiting:
    """What only time does to a wait, and the articles to read meanwhile."""

    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {events.ArticlesPressed: self._articles_pressed}

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {Timer.ANSWER: self._answer_late, Timer.ETA: self._eta_over}

    def _articles_pressed(self, event: events.ArticlesPressed) -> None:
        if self._core.phase in (Phase.QUEUE, Phase.JOINING):
            self._core.step_aside(Aside.MENU)

    def _answer_late(self) -> None:
        if self._core.case is not None:
            self._core.case.late = True

    def _eta_over(self) -> None:
        """Zero is not an arrival: until a word comes, the agent is late and that is said."""
        if self._core.case is not None:
            self._core.case.agent_late = True
