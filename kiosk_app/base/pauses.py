"""When something of this machine's own that has failed is tried again."""

FIRST_SECONDS = 1.0  # what failed by chance is over by then
LONGEST_SECONDS = 60.0  # a disk that somebody makes room on is used within a minute


class GrowingPauses:
    """Each pause is twice the one before, from ``first`` to ``longest`` seconds."""

    def __init__(self, first: float = FIRST_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._first, self._longest = first, longest
        self._next = first

    def next(self) -> float:
        """Seconds to wait before the next try."""
        pause, self._next = self._next, min(self._longest, 2 * self._next)
        return pause

    def reset(self) -> None:
        """It worked: the next failure is a new one."""
        self._next = self._first
