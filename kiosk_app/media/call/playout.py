"""What the agent says, on its way to the speaker: a short store between two clocks."""

import threading
from collections import deque

import av
import numpy as np

from kiosk_app.media.devices.ports import BLOCK_SAMPLES, SAMPLE_RATE, Block

_START_BLOCKS = 4  # 40 ms in hand before it begins: packets come in twos and not quite evenly
_MOST_BLOCKS = 20  # 200 ms: more is delay that never goes away
_KEPT_BLOCKS = 6
_SILENCE: Block = np.zeros(BLOCK_SAMPLES, np.int16)


class Playout:
    """Filled by the connection, emptied by the speaker's thread, 10 ms at a time.

    When it runs dry it plays silence and begins anew with a little in hand; when it is too full,
    the oldest goes.
    """

    def __init__(self) -> None:
        self._blocks: deque[Block] = deque()
        self._rest: Block = np.zeros(0, np.int16)
        self._filling = True
        self._lock = threading.Lock()
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def put(self, frame: av.AudioFrame) -> Block:
        """Take a decoded frame; gives back its samples, mono."""
        frame.pts = None  # gaps in it are the sender's, and nothing to this end
        parts = [mono.to_ndarray()[0] for mono in self._resampler.resample(frame)]
        heard: Block = np.concatenate(parts) if parts else np.zeros(0, np.int16)
        samples = np.concatenate([self._rest, heard])
        whole = len(samples) // BLOCK_SAMPLES
        with self._lock:
            self._blocks.extend(
                samples[at * BLOCK_SAMPLES : (at + 1) * BLOCK_SAMPLES] for at in range(whole)
            )
            if len(self._blocks) > _MOST_BLOCKS:
                while len(self._blocks) > _KEPT_BLOCKS:
                    self._blocks.popleft()
            if len(self._blocks) >= _START_BLOCKS:
                self._filling = False
        self._rest = samples[whole * BLOCK_SAMPLES :]
        return heard

    def take(self) -> Block:
        """The next 10 ms to play."""
        with self._lock:
            if self._filling or not self._blocks:
                self._filling = True
                return _SILENCE
            return self._blocks.popleft()

    def clear(self) -> None:
        """Drop what was not played."""
        with self._lock:
            self._blocks.clear()
            self._filling = True
        self._rest = np.zeros(0, np.int16)
