"""What is said, in which order, how loud, and what nobody else may hear.

EN 301 549 V3.2.1: speech can be interrupted and repeated (5.1.3.4, 5.1.3.5), private things are
said only where nobody else hears them or where the shopper has chosen it (5.1.3.9), the volume is
the shopper's and goes back after them (5.1.3.11 to 5.1.3.13, 8.2.1).
"""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk_app.base.language import Words
from kiosk_app.ui.speech.ports import Voice

# Gain below all that the machine gives, dB. 18 dB of range with a step at +12 is 8.2.1.2; how
# loud the least is in the shop is set once at the machine, by a meter, to at most 65 dBA.
LEVELS = (-18.0, -12.0, -6.0, 0.0)


@dataclass(frozen=True, slots=True)
class Line:
    """Something to be said. ``private``: only to whoever wears a headset, or asks for it."""

    text: str
    private: bool = False


class SpeechOutput:
    """Says batches of lines. ``alone``: whether only the shopper hears what is said now."""

    def __init__(self, voice: Voice, say: Words, alone: Callable[[], bool]) -> None:
        self._voice, self._say, self._alone = voice, say, alone
        self._level = 0
        self._waiting: list[tuple[Line, ...]] = []
        self._last: tuple[Line, ...] = ()
        voice.watch(self._on_finished)

    @property
    def gain(self) -> float:
        """dB, 0 for all that the machine gives."""
        return LEVELS[self._level]

    def retranslate(self, say: Words) -> None:
        self._say = say

    def say(self, lines: tuple[Line, ...], *, now: bool) -> None:
        """Say ``lines`` as one: ``now`` in place of everything else, or after it."""
        lines = tuple(line for line in lines if line.text.strip())
        if not lines:
            return
        if now:
            self._waiting.clear()
        elif self._voice.speaking:
            self._waiting.append(lines)
            return
        self._speak(lines, aloud=self._alone())

    def hush(self) -> None:
        """Be silent now, and drop what was still to be said."""
        self._waiting.clear()
        self._voice.stop()

    def repeat(self) -> None:
        """Say the last again: private things too, for it is the shopper who asks."""
        self._waiting.clear()
        if self._last:
            self._speak(self._last, aloud=True)

    def louder(self, steps: int = 1) -> None:
        """Change the volume by so many steps, and say how loud it is now."""
        self._level = min(len(LEVELS) - 1, max(0, self._level + steps))
        last = self._last
        text = self._say("Volume {n} of {most}", n=self._level + 1, most=len(LEVELS))
        self.say((Line(text),), now=True)
        self._last = last  # "repeat" is for what mattered

    def forget(self) -> None:
        """The next shopper comes: as quiet as at the start, and nothing to repeat."""
        self.hush()
        self._level, self._last = 0, ()

    def _speak(self, lines: tuple[Line, ...], *, aloud: bool) -> None:
        self._last = lines
        text = " ".join(_sentence(line.text) for line in lines if aloud or not line.private)
        if not aloud and any(line.private for line in lines):
            hidden = self._say("This is only for you. Plug in a headset, or press repeat.")
            text = f"{text} {hidden}".strip()
        self._voice.say(text, self._say.language, self.gain)

    def _on_finished(self) -> None:
        if self._waiting:
            self._speak(self._waiting.pop(0), aloud=self._alone())


def _sentence(text: str) -> str:
    """``text`` with an end, so that the voice pauses after it."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…", ":", ",")) else f"{text}."
