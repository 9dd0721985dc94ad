"""The voice of the machine: speech-dispatcher, through Qt's own library for it.

QtTextToSpeech is in the package PySide6-Addons, which comes with the extra ``speech``. It is
loaded when somebody first wants to hear something, so that nobody else waits for it.
"""

import importlib.util
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QLocale, QLoggingCategory, QObject

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

_log = logging.getLogger(__name__)

Engine = Literal["speechd", "mock"]


def amplitude(gain: float) -> float:
    """A gain in dB, 0 or less, as the factor on the amplitude that Qt wants."""
    return float(10 ** (min(0.0, gain) / 20))


def has_library() -> bool:
    """Whether QtTextToSpeech is installed."""
    return importlib.util.find_spec("PySide6.QtTextToSpeech") is not None


class QtVoice(QObject):
    """Speaks through ``engine``; ``mock`` is Qt's own, which takes its time and is not heard."""

    def __init__(self, engine: Engine = "speechd", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name: Engine = engine
        self._speech: QTextToSpeech | None = None
        self._looked = False
        self._finished: Callable[[], None] = lambda: None
        self._speaking = False
        # A voice that was stopped says so later, when the next text may already have begun.
        self._stale = False

    @property
    def available(self) -> bool:
        return self._load() is not None

    @property
    def speaking(self) -> bool:
        return self._speaking

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has a voice for, as catalogues' codes."""
        speech = self._load()
        found = speech.availableLocales() if speech is not None else []
        return tuple(sorted({locale.name().partition("_")[0] for locale in found}))

    def watch(self, finished: Callable[[], None]) -> None:
        self._finished = finished

    def say(self, text: str, language: str, gain: float) -> None:
        speech = self._load()
        if speech is None:
            return
        self.stop()
        locale = QLocale(language)
        if speech.locale().language() != locale.language():
            speech.setLocale(locale)
        speech.setVolume(amplitude(gain))
        self._speaking = True
        speech.say(text)

    def stop(self) -> None:
        if self._speech is None:
            return
        self._speaking = False
        if self._speech.state() is self._speech.State.Speaking:
            self._speech.stop()
            self._stale = self._speech.state() is self._speech.State.Speaking

    def _load(self) -> "QTextToSpeech | None":
        if self._looked:
            return self._speech
        self._looked = True
        # It brings QtMultimedia, which misses PipeWire's library; nothing here uses that.
        QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver=false")
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:
            _log.info("no speech: PySide6-Addons is not installed")
            return None
        speech = QTextToSpeech(self._name, self)
        if speech.state() is QTextToSpeech.State.Error:
            _log.info("no speech: %s", speech.errorString())
            speech.deleteLater()
            return None
        speech.stateChanged.connect(self._on_state_changed)
        self._speech = speech
        return speech

    def _on_state_changed(self, state: object) -> None:
        if self._speech is None:
            return
        states = self._speech.State
        if state not in (states.Ready, states.Error):
            return
        if self._stale:
            self._stale = False
        elif self._speaking:
            self._speaking = False
            self._finished()
