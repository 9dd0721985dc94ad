"""What was said, in a file, for tests: one line of JSON for each text.

Never with a voice that a shopper hears, for it would keep what only they should know.
"""

import json
from collections.abc import Callable
from pathlib import Path

from kiosk_app.ui.speech.ports import Voice


class TranscribedVoice:
    """Passes everything on to ``voice`` and writes each text down before it is said."""

    def __init__(self, voice: Voice, path: Path) -> None:
        self._voice, self._path = voice, path

    @property
    def available(self) -> bool:
        return self._voice.available

    @property
    def speaking(self) -> bool:
        return self._voice.speaking

    def watch(self, finished: Callable[[], None]) -> None:
        self._voice.watch(finished)

    def say(self, text: str, language: str, gain: float) -> None:
        line = {"text": text, "language": language, "gain": gain}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._voice.say(text, language, gain)

    def stop(self) -> None:
        self._voice.stop()
