"""How often somebody may guess: a few wrong codes an address, then a pause."""

from collections import deque

from kiosk_app.base.clock import Clock

MOST = 20  # a shop's customers share one address; a guesser needs 2**190 tries
WINDOW_SECONDS = 60.0
_ADDRESSES = 10_000  # remembered at most; whoever has so many is not kept from guessing by this


class Attempts:
    """Counts failures by address within the last minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed: dict[str, deque[float]] = {}

    def allowed(self, address: str) -> bool:
        """Whether another try from ``address`` is looked at."""
        failed = self._failed.get(address)
        if failed is None:
            return True
        self._drop_old(failed)
        if not failed:
            del self._failed[address]
        return len(failed) < MOST

    def failed(self, address: str) -> None:
        if address not in self._failed and len(self._failed) >= _ADDRESSES:
            del self._failed[next(iter(self._failed))]
        self._failed.setdefault(address, deque(maxlen=MOST)).append(self._clock.monotonic())

    def _drop_old(self, failed: deque[float]) -> None:
        since = self._clock.monotonic() - WINDOW_SECONDS
        while failed and failed[0] <= since:
            failed.popleft()
