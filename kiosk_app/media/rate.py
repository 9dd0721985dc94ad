"""How many bits a second the screen may take, from what the receiver reports.

REMB (draft-alvestrand-rmcat-remb-03) is an estimate made from what arrived, so a screen that
rests pulls it down without anything being wrong. It counts as congestion only when it is below
what was really sent.
"""

import threading
from collections import deque

MAX_BITS = 4_000_000  # text of a whole 1080x1920 page is crisp within a second at this
MIN_BITS = 300_000  # below it the screen is unreadable anyway
_WINDOW_SECONDS = 1.0
_GROWTH_A_SECOND = 1.15  # back from the floor to the cap in 19 s
_LOSS_TO_SLOW = 0.10  # as in Google's congestion control (draft-ietf-rmcat-gcc-02, 5.5)
_STEP = 0.05  # smaller changes are not worth telling the encoder


class RateControl:
    """The target moves down when the path says so and creeps back up otherwise.

    Told from the network's thread and asked by the encoder's.
    """

    def __init__(self, now: float) -> None:
        self._target = float(MAX_BITS)
        self._told = MAX_BITS
        self._sent: deque[tuple[float, int]] = deque()
        self._sent_bits = 0
        self._grown_at = now
        self._lock = threading.Lock()

    @property
    def target(self) -> int:
        """Bits a second for the encoder; moves in steps, so that it is not retuned in vain."""
        if abs(self._target - self._told) > self._told * _STEP or self._target == MAX_BITS:
            self._told = int(self._target)
        return self._told

    def sent(self, size: int, now: float) -> None:
        """``size`` bytes left for the network at ``now``."""
        with self._lock:
            self._forget(now)
            self._sent.append((now, size * 8))
            self._sent_bits += size * 8
            self._grow(now)

    def estimated(self, bits: int, now: float) -> None:
        """The receiver estimates ``bits`` a second."""
        with self._lock:
            self._forget(now)
            if bits < self._sent_bits / _WINDOW_SECONDS:
                self._lower(bits * 0.9, now)

    def lost(self, fraction: float, now: float) -> None:
        """The receiver missed ``fraction`` (0-1) of what was sent since its last report."""
        with self._lock:
            if fraction > _LOSS_TO_SLOW:
                self._lower(self._target * (1 - fraction / 2), now)

    def _lower(self, bits: float, now: float) -> None:
        self._target = max(float(MIN_BITS), min(self._target, bits))
        self._grown_at = now

    def _grow(self, now: float) -> None:
        seconds = min(max(0.0, now - self._grown_at), 1.0)
        self._target = min(float(MAX_BITS), self._target * _GROWTH_A_SECOND**seconds)
        self._grown_at = now

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0][0] <= now - _WINDOW_SECONDS:
            self._sent_bits -= self._sent.popleft()[1]
