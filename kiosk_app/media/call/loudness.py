"""How loud it is, for the two signs that say who is heard (EN 301 549 6.2.2.4)."""

import math

import numpy as np

from kiosk_app.media.devices.ports import Block

LEVELS = 9
_FLOOR_DB = -50.0  # a quiet shop; under it nothing is shown
_STEP_DB = 5.0
_FULL = 32_768.0


def loudness(block: Block) -> int:
    """0 (silence) to 9 of one block, by its root mean square in steps of 5 dB."""
    if block.size == 0:
        return 0
    power = float(np.mean(np.square(block.astype(np.float32))))
    if power <= 0:
        return 0
    decibel = 10 * math.log10(power / (_FULL * _FULL))
    return max(0, min(LEVELS, math.ceil((decibel - _FLOOR_DB) / _STEP_DB)))


class LoudnessMeter:
    """The loudest of what came since it was last read; written by one thread, read by another."""

    def __init__(self) -> None:
        self._loudest = 0

    def hear(self, block: Block) -> None:
        level = loudness(block)
        if level > self._loudest:
            self._loudest = level

    def take(self) -> int:
        """The loudest since the last call."""
        level, self._loudest = self._loudest, 0
        return level
