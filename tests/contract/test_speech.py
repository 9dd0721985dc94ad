"""What any voice does, and what anything does that looks for a headset."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

import pulsectl
import pytest
from pytestqt.qtbot import QtBot

from kiosk_app.ui.speech.fake import FakeHeadset, FakeVoice
from kiosk_app.ui.speech.headset import NoHeadset, SoundServerHeadset
from kiosk_app.ui.speech.ports import Headset, Voice
from kiosk_app.ui.speech.transcript import TranscribedVoice
from kiosk_app.ui.speech.voice import QtVoice
from tests.support.sound import sound_server


class Mouth:
    """``go_on`` lets texts come to their end until a condition holds."""

    def __init__(self, voice: Voice, go_on: Callable[[Callable[[], bool]], None]) -> None:
        self.voice = voice
        self.go_on = go_on

    def end(self) -> None:
        """What is being said comes to its end."""
        self.go_on(lambda: not self.voice.speaking)


@pytest.fixture(params=["fake", "Qt's mock", "transcribed"])
def mouth(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Mouth:
    if request.param == "fake":
        fake = FakeVoice()
        return Mouth(fake, partial(finish_until, fake))
    own: Voice = QtVoice("mock")
    voice = own if request.param == "Qt's mock" else TranscribedVoice(own, tmp_path / "said")
    return Mouth(voice, lambda done: qtbot.waitUntil(done, timeout=20_000))


def finish_until(voice: FakeVoice, done: Callable[[], bool]) -> None:
    while not done():
        assert voice.speaking, "nothing is said that could end"
        voice.finish()


def test_a_text_is_said_to_its_end_and_that_is_told_once(mouth: Mouth) -> None:
    told: list[bool] = []
    mouth.voice.watch(lambda: told.append(mouth.voice.speaking))
    assert mouth.voice.available
    assert not mouth.voice.speaking
    mouth.voice.say("Hej", "sv", -18.0)
    assert mouth.voice.speaking
    assert told == []
    mouth.end()
    assert told == [False]
    assert not mouth.voice.speaking


def test_a_text_takes_the_place_of_the_one_before(mouth: Mouth) -> None:
    told: list[bool] = []
    mouth.voice.watch(lambda: told.append(True))
    mouth.voice.say("Ett", "sv", -18.0)
    mouth.voice.say("Two", "en", 0.0)
    assert mouth.voice.speaking
    mouth.end()
    assert told == [True]


def test_what_is_stopped_has_no_end(mouth: Mouth) -> None:
    told: list[bool] = []
    mouth.voice.watch(lambda: told.append(True))
    mouth.voice.stop()
    mouth.voice.say("Ett", "sv", 0.0)
    mouth.voice.stop()
    mouth.voice.stop()
    assert not mouth.voice.speaking
    mouth.voice.say("Två", "sv", 0.0)
    mouth.end()
    assert told == [True]


def test_whoever_is_told_may_say_the_next(mouth: Mouth) -> None:
    left = ["Två", "Tre"]
    told: list[int] = []

    def next_one() -> None:
        told.append(len(left))
        if left:
            mouth.voice.say(left.pop(0), "sv", 0.0)
            assert mouth.voice.speaking

    mouth.voice.watch(next_one)
    mouth.voice.say("Ett", "sv", 0.0)
    mouth.go_on(lambda: len(told) == 3)
    assert told == [2, 1, 0]
    assert not mouth.voice.speaking


class Jack(Protocol):
    headset: Headset

    def plug(self, inserted: bool) -> None: ...


class FakeJack:
    def __init__(self) -> None:
        self.fake = FakeHeadset()
        self.headset: Headset = self.fake

    def plug(self, inserted: bool) -> None:
        self.fake.plug(inserted)


class UsbJack:
    """A headset on USB, as it shows itself: a sink of its own."""

    def __init__(self, server: str, pulse: pulsectl.Pulse) -> None:
        self.headset: Headset = SoundServerHeadset(server)
        self._pulse = pulse
        self._sink: int | None = None

    def plug(self, inserted: bool) -> None:
        if self._sink is not None:
            self._pulse.module_unload(self._sink)
            self._sink = None
        if inserted:
            self._sink = self._pulse.module_load(
                "module-null-sink", "sink_properties=device.form_factor=headset"
            )


@pytest.fixture(params=["fake", "sound server"])
def jack(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Jack]:
    if request.param == "fake":
        yield FakeJack()
        return
    with sound_server(tmp_path / "pulse", microphone=False) as server:
        address = server.environment["PULSE_SERVER"]
        with pulsectl.Pulse("test", server=address) as pulse:
            usb = UsbJack(address, pulse)
            yield usb
            usb.headset.close()


def as_many(told: list[tuple[bool, bool, threading.Thread]], number: int) -> bool:
    return len(told) == number


def test_each_change_is_told_once_on_qts_thread(jack: Jack, qtbot: QtBot) -> None:
    told: list[tuple[bool, bool, threading.Thread]] = []
    jack.headset.watch(
        lambda now: told.append((now, jack.headset.inserted, threading.current_thread()))
    )
    assert not jack.headset.inserted
    for number, inserted in enumerate((True, False, True), 1):
        jack.plug(inserted)
        qtbot.waitUntil(partial(as_many, told, number), timeout=20_000)
        jack.plug(inserted)
    here = threading.current_thread()
    assert told == [(now, now, here) for now in (True, False, True)]


def test_nothing_is_told_once_nobody_watches(jack: Jack, qtbot: QtBot) -> None:
    told: list[bool] = []
    jack.headset.watch(told.append)
    jack.plug(True)
    qtbot.waitUntil(lambda: told == [True], timeout=20_000)
    jack.headset.close()
    jack.plug(False)
    jack.headset.close()
    qtbot.wait(1)
    assert told == [True]


@pytest.mark.parametrize("make", [FakeHeadset, SoundServerHeadset, NoHeadset])
def test_one_that_nobody_asked_is_out_and_closed_in_silence(
    qtbot: QtBot, make: Callable[[], Headset]
) -> None:
    headset = make()
    assert not headset.inserted
    headset.close()


def test_where_nobody_looks_there_is_none() -> None:
    headset = NoHeadset()
    headset.watch(lambda _inserted: pytest.fail("nobody looks"))
    assert not headset.inserted
    headset.close()
