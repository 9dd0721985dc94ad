"""A window that speaks, and what was heard of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk_app.base.settings import KioskSettings
from kiosk_app.ui.speech.fake import FakeHeadset, FakeVoice
from kiosk_app.ui.speech.keys import read_keys
from kiosk_app.ui.speech.opening import Speech
from tests.support.evidence import offer
from tests.support.screens import PORTRAIT, Stage, settle, stage

KEYS = (
    KioskSettings(
        kiosk="k", store="s", till_name="t", office_url="ws://127.0.0.1:1/kiosk", data_dir="d"
    ).speech_keys
    + " headset_in=F15 headset_out=F16"
)


@dataclass
class Listener:
    """Somebody who listens and has keys only."""

    at: Stage
    voice: FakeVoice
    headset: FakeHeadset

    @property
    def said(self) -> list[str]:
        """Everything so far, oldest first."""
        self.settle()
        return [text for text, _, _ in self.voice.said]

    def settle(self) -> None:
        """Let what belongs together be put together and said."""
        settle()
        narrator = self.at.shell.aids.narrator
        assert narrator is not None
        while narrator.gathering:  # until its timer, which is running, has fired
            QTest.qWait(5)

    def press(self, *keys: Qt.Key) -> str:
        """Press keys as a keypad does, at the window; the last that was said then."""
        window = self.at.shell.windowHandle()
        for key in keys:
            QTest.keyClick(window, key)
        return self.said[-1] if self.said else ""

    def type(self, text: str) -> str:
        window = self.at.shell.windowHandle()
        for sign in text:
            QTest.keyClick(window, ord(sign))
            self.settle()
        return self.said[-1]


@contextmanager
def listening(
    size: tuple[int, int] = PORTRAIT, language: str = "sv", *, available: bool = True
) -> Iterator[Listener]:
    """A window with a fake voice and a fake headset; needs a QApplication."""
    voice, headset = FakeVoice(available=available), FakeHeadset()
    with stage(size, language, speech=Speech(voice, headset, read_keys(KEYS))) as at:
        at.shell.activateWindow()
        QApplication.processEvents()
        yield Listener(at, voice, headset)
        if voice.said:
            offer("said.txt", lambda path: path.write_text(_transcript(voice), "utf-8"))


def _transcript(voice: FakeVoice) -> str:
    return "".join(f"{language}: {text}\n" for text, language, _ in voice.said)
