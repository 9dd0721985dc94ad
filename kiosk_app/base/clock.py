"""Time as the rest of the code sees it: one that only goes forward, one on the wall.

Deadlines compare :meth:`Clock.monotonic`, so a wall clock that jumps does not move them.
Times that must outlive the process or the machine are wall time in UTC.
"""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where code reads the time."""

    def monotonic(self) -> float:
        """Seconds from an arbitrary point; never goes back, also while asleep."""

    def wall(self) -> datetime:
        """The time of day, in UTC."""


class SystemClock:
    """The machine's own clocks."""

    def monotonic(self) -> float:
        # CLOCK_BOOTTIME goes on through suspend: five minutes on screen are five minutes.
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def wall(self) -> datetime:
        return datetime.now(UTC)
