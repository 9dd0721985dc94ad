"""How much may come at once from somebody who is not trusted: a token bucket."""


class Allowance:
    """``burst`` at once, and ``rate`` a second in the long run. Times are monotonic seconds."""

    def __init__(self, rate: float, burst: int, now: float) -> None:
        self._rate, self._burst = rate, float(burst)
        self._left, self._at = float(burst), now

    def take(self, now: float, count: int = 1) -> bool:
        """Take ``count``; False when there are not so many left."""
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < count:
            return False
        self._left -= count
        return True
