"""A time that runs out, as the rules know it and the rings show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Countdown:
    """A time that runs out at ``ends_at`` (monotonic), having started ``total`` s before."""

    total: float
    ends_at: float

    def left(self, monotonic: float) -> float:
        """Seconds left, never under 0."""
        return max(0.0, self.ends_at - monotonic)
