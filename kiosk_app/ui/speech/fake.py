"""Fakes of the ports, for tests."""

from collections.abc import Callable


class FakeVoice:
    """Keeps what it was told to say: ``said`` is (text, language, gain in dB) in order."""

    def __init__(self, *, available: bool = True) -> None:
        self.available = available
        self.speaking = False
        self.said: list[tuple[str, str, float]] = []
        self._finished: Callable[[], None] | None = None

    def watch(self, finished: Callable[[], None]) -> None:
        self._finished = finished

    def say(self, text: str, language: str, gain: float) -> None:
        self.speaking = True
        self.said.append((text, language, gain))

    def stop(self) -> None:
        self.speaking = False

    def finish(self) -> None:
        """What is being said comes to its end; nothing where nothing is."""
        if not self.speaking:
            return
        self.speaking = False
        if self._finished is not None:
            self._finished()


class FakeHeadset:
    """Plugged in and out by the test."""

    def __init__(self, *, inserted: bool = False) -> None:
        self.inserted = inserted
        self._changed: Callable[[bool], None] | None = None

    def watch(self, changed: Callable[[bool], None]) -> None:
        self._changed = changed

    def close(self) -> None:
        self._changed = None

    def plug(self, inserted: bool) -> None:
        if inserted == self.inserted:
            return
        self.inserted = inserted
        if self._changed is not None:
            self._changed(inserted)
