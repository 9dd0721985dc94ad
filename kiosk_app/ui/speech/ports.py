"""What speaking needs of the machine: a voice, and to know whether a headset is plugged in."""

from collections.abc import Callable
from typing import Protocol


class Voice(Protocol):
    """A synthetic voice that says one text at a time."""

    @property
    def available(self) -> bool:
        """Whether it can be heard at all. Asking may load it."""

    @property
    def speaking(self) -> bool:
        """Whether a text is being said now."""

    def watch(self, finished: Callable[[], None]) -> None:
        """``finished`` is called when a text has been said to its end; not after :meth:`stop`."""

    def say(self, text: str, language: str, gain: float) -> None:
        """Say ``text`` now, in place of what is being said.

        ``language`` is a catalogue's code, ``gain`` is in dB, 0 for all that the machine gives.
        """

    def stop(self) -> None:
        """Be silent at once. Harmless where nothing is said."""


class Headset(Protocol):
    """Knows whether something is plugged in that only one person hears."""

    @property
    def inserted(self) -> bool:
        """Whether there is one now."""

    def watch(self, changed: Callable[[bool], None]) -> None:
        """``changed`` is called on Qt's thread with the new state, each time it changes."""

    def close(self) -> None:
        """Watch no longer."""
