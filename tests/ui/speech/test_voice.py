"""Qt's own mock voice, which takes its time as a real one does and is not heard."""

from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from kiosk_app.base.errors import SettingsError
from kiosk_app.base.settings import KioskSettings
from kiosk_app.ui.speech.opening import open_speech
from kiosk_app.ui.speech.transcript import TranscribedVoice
from kiosk_app.ui.speech.voice import QtVoice

SETTINGS = KioskSettings(
    kiosk="k", store="s", till_name="t", office_url="ws://127.0.0.1:1/kiosk", data_dir="d"
)


@pytest.fixture
def voice(qtbot: QtBot) -> QtVoice:
    return QtVoice("mock")


@pytest.mark.en301549("5.1.3.4")
def test_it_speaks_until_the_end_or_until_it_is_stopped(qtbot: QtBot, voice: QtVoice) -> None:
    finished: list[bool] = []
    voice.watch(lambda: finished.append(True))
    assert voice.available
    voice.say("Hej", "sv", -18.0)
    assert voice.speaking
    qtbot.waitUntil(lambda: finished == [True])
    assert not voice.speaking

    voice.say("Hej igen", "sv", 0.0)
    voice.stop()
    assert not voice.speaking
    voice.say("Ett", "sv", 0.0)
    voice.say("Två", "sv", 0.0)
    qtbot.waitUntil(lambda: len(finished) == 2)
    assert not voice.speaking


def test_a_transcript_has_every_text_in_order(
    qtbot: QtBot, voice: QtVoice, tmp_path: Path
) -> None:
    path = tmp_path / "said"
    heard = TranscribedVoice(voice, path)
    heard.say("Smörgås", "sv", -18.0)
    heard.say("Sandwich", "en", -12.0)
    heard.stop()
    lines = [msgspec.json.decode(line) for line in path.read_text("utf-8").splitlines()]
    assert [(line["text"], line["language"]) for line in lines] == [
        ("Smörgås", "sv"),
        ("Sandwich", "en"),
    ]


def test_a_transcript_is_for_tests_only() -> None:
    with pytest.raises(SettingsError, match="speech_transcript"):
        open_speech(msgspec.structs.replace(SETTINGS, speech_transcript="/tmp/said"))


@pytest.mark.parametrize("keys", ["start", "start=Nope9", "sing=F9", "start=F9 stop=F9"])
def test_keys_that_cannot_be_are_named(keys: str) -> None:
    with pytest.raises(SettingsError, match="speech_keys"):
        open_speech(msgspec.structs.replace(SETTINGS, speech_keys=keys))


def test_it_can_be_switched_off() -> None:
    assert open_speech(msgspec.structs.replace(SETTINGS, speech="off")) is None
