"""How much of other people's time one visit may take; said in words, and never in the way of
somebody in danger.

Whoever writes faster than an agent can read loses nothing: what is too much waits its turn, and
where the memory for that is full, the oldest that waits goes at once.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk_app.case.timers import Timer
from kiosk_app.case.turn import Turn
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.visit import RestView

PERSONS = 5  # asked for in one visit within the time below; more is a game, or needs a call
PERSONS_SECONDS = 600.0
LINES = 20  # of chat in a minute: one every three seconds, quicker than anyone reads
LINES_SECONDS = 60.0
HELD = 500  # lines that wait, in memory: as many as the conversation on the screen holds


@dataclass(frozen=True, slots=True)
class Rest:
    """Nobody can be asked for until ``ends_at`` (monotonic), which is ``until`` on the wall."""

    ends_at: float
    until: datetime
    by_agent: bool


class Restraint:
    """What has been asked for and said lately."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._persons: deque[float] = deque()
        self._lines: deque[float] = deque()
        self._held: deque[Callable[[], None]] = deque()
        self._paused: Rest | None = None

    # Persons -------------------------------------------------------------------------------------

    @property
    def rest(self) -> Rest | None:
        """Why no person may be asked for now; None where one may."""
        now = self._turn.now.monotonic
        if self._paused is not None and now < self._paused.ends_at:
            return self._paused
        since = self._since(self._persons, PERSONS, PERSONS_SECONDS)
        if since is None:
            return None
        ends_at = since + PERSONS_SECONDS
        return Rest(ends_at, self._turn.wall_after(ends_at - now), by_agent=False)

    @property
    def view(self) -> RestView | None:
        rest = self.rest
        return None if rest is None else RestView(rest.until, rest.by_agent)

    def asked(self) -> None:
        """A person was asked for."""
        self._persons.append(self._turn.now.monotonic)
        self._plan()

    def pause(self, seconds: float) -> None:
        """The agent's word; 0 takes it back."""
        self._paused = None
        if seconds > 0:
            ends_at, until = self._turn.after(seconds), self._turn.wall_after(seconds)
            self._paused = Rest(ends_at, until, by_agent=True)
        self._plan()

    # Lines ---------------------------------------------------------------------------------------

    def say(self, send: Callable[[], None]) -> None:
        """Send a line now, or as soon as there is room for it; in order, and never not at all."""
        self._held.append(send)
        self.send_held()
        if self._held:
            self._turn.say(Notice.SLOW_DOWN)

    def send_held(self) -> None:
        """There is room for some of what waits, or no more room to wait in."""
        while self._held and (self._room or len(self._held) > HELD):
            self._lines.append(self._turn.now.monotonic)
            self._held.popleft()()
        self._plan_lines()

    def send_all(self) -> None:
        """The case ends or goes on elsewhere, and what waits is a part of it: there will be no
        other time."""
        while self._held:
            self._held.popleft()()
        self._plan_lines()

    @property
    def holds_lines(self) -> bool:
        """Whether something that was written has gone to nobody yet."""
        return bool(self._held)

    # Ends ----------------------------------------------------------------------------------------

    def case_over(self) -> None:
        """What waits belongs to nobody any more."""
        self._held.clear()
        self._turn.timers.cancel(Timer.HELD)

    def visit_over(self) -> None:
        """Another shopper has done nothing yet; an agent's pause is the kiosk's."""
        self._persons.clear()
        self._lines.clear()
        self._plan()

    def rested(self) -> None:
        """Some time is over."""
        self._plan()

    @property
    def _room(self) -> bool:
        return self._since(self._lines, LINES, LINES_SECONDS) is None

    def _since(self, times: deque[float], most: int, seconds: float) -> float | None:
        """The first of the last ``most``, where all of them were within ``seconds``."""
        while times and times[0] + seconds <= self._turn.now.monotonic:
            times.popleft()
        return times[-most] if len(times) >= most else None

    def _plan(self) -> None:
        rest = self.rest
        if rest is None:
            self._turn.timers.cancel(Timer.REST)
        else:
            self._turn.timers.set(Timer.REST, rest.ends_at)

    def _plan_lines(self) -> None:
        since = self._since(self._lines, LINES, LINES_SECONDS)
        if not self._held or since is None:
            self._turn.timers.cancel(Timer.HELD)
        else:
            self._turn.timers.set(Timer.HELD, since + LINES_SECONDS)
