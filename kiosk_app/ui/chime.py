"""A soft sound that calls somebody back to the screen.

Played by whichever of the usual players the machine has (PipeWire's, PulseAudio's, ALSA's): Qt's
own sound classes are in a wheel of 150 MB that nothing else of the till needs. Where there is no
player the window system's bell is rung. Nothing is said by sound alone.
"""

import logging
import math
import shutil
import struct
import wave
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QProcess, QTemporaryDir
from PySide6.QtWidgets import QApplication

logger = logging.getLogger(__name__)

PLAYERS = (("pw-play",), ("paplay",), ("aplay", "--quiet"))
_RATE = 22_050
_TONES = ((660.0, 0.0), (880.0, 0.18))  # Hz, and when it begins: up a fourth, friendly
_SECONDS = 0.7
_STOP_MS = 500  # a killed player is gone in a few ms
_PEAK = 0.18  # of full scale: heard beside a fridge, no alarm


class Chime(Protocol):
    """Something that can be heard."""

    def play(self) -> None:
        """Begin, unless it is being played. Never raises and never waits."""

    def close(self) -> None:
        """Be silent. Safe to repeat."""


class SystemChime(QObject):
    """See :class:`Chime`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = next((each for each in PLAYERS if shutil.which(each[0])), None)
        self._process: QProcess | None = None
        self._folder: QTemporaryDir | None = None

    def play(self) -> None:
        if self._player is None:
            QApplication.beep()
            return
        if self._process is None:
            self._process = QProcess(self)
            self._process.errorOccurred.connect(lambda _error: QApplication.beep())
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            return
        program, *options = self._player
        self._process.start(program, [*options, str(self._file())])

    def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            # Qt warns of a process object that goes while its program runs.
            process.errorOccurred.disconnect()
            process.kill()
            process.waitForFinished(_STOP_MS)
            process.deleteLater()

    def _file(self) -> Path:
        if self._folder is None:
            self._folder = QTemporaryDir()
            write_chime(Path(self._folder.filePath("chime.wav")))
        return Path(self._folder.filePath("chime.wav"))


def write_chime(path: Path) -> None:
    """Two soft tones as a WAV file, mono, 16 bit."""
    samples = [_PEAK * sum(_tone(at / _RATE, *tone) for tone in _TONES) for at in range(_LENGTH)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(struct.pack(f"<{_LENGTH}h", *(round(32_767 * each) for each in samples)))


_LENGTH = round(_RATE * _SECONDS)


def _tone(at: float, pitch: float, begins: float) -> float:
    """One struck tone: in within 10 ms, so that it does not click, then dying away."""
    since = at - begins
    if since < 0:
        return 0.0
    rise = min(1.0, since / 0.01)
    return rise * math.exp(-6.0 * since) * math.sin(2 * math.pi * pitch * since)
