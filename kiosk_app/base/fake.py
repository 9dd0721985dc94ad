"""A clock that tests turn by hand."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Stands still until :meth:`advance`; the wall can jump on its own with :meth:`set_wall`."""

    def __init__(self, wall: datetime = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)) -> None:
        self._monotonic = 1_000.0
        self._wall = wall

    def monotonic(self) -> float:
        return self._monotonic

    def wall(self) -> datetime:
        return self._wall

    def advance(self, seconds: float) -> None:
        """Let both clocks go forward by ``seconds``."""
        if seconds < 0:
            raise ValueError("a monotonic clock does not go back; use set_wall for the wall clock")
        self._monotonic += seconds
        self._wall += timedelta(seconds=seconds)

    def set_wall(self, wall: datetime) -> None:
        """Make the wall clock jump; the monotonic one does not notice."""
        self._wall = wall
