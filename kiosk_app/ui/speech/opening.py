"""The speech as the settings want it."""

from dataclasses import dataclass
from pathlib import Path

from kiosk_app.base.errors import SettingsError
from kiosk_app.base.settings import KioskSettings
from kiosk_app.ui.speech.headset import NoHeadset, SoundServerHeadset
from kiosk_app.ui.speech.keys import Act, read_keys
from kiosk_app.ui.speech.ports import Headset, Voice
from kiosk_app.ui.speech.transcript import TranscribedVoice
from kiosk_app.ui.speech.voice import QtVoice


@dataclass(frozen=True, slots=True)
class Speech:
    """What the window needs to speak."""

    voice: Voice
    headset: Headset
    keys: dict[str, Act]


def read_speech(settings: KioskSettings) -> dict[str, Act]:
    """What keys steer the speech. SettingsError for settings of it that cannot be meant."""
    if settings.speech_transcript and settings.speech != "mock":
        raise SettingsError(
            "speech_transcript keeps everything said, also what only the shopper should know. "
            'Nothing was started. Leave it empty, or set speech = "mock".'
        )
    return read_keys(settings.speech_keys)


def open_speech(settings: KioskSettings) -> Speech | None:
    """None where it is switched off. SettingsError for what cannot be meant."""
    keys = read_speech(settings)
    if settings.speech == "off":
        return None
    voice: Voice = QtVoice("mock" if settings.speech == "mock" else "speechd")
    if settings.speech_transcript:
        voice = TranscribedVoice(voice, Path(settings.speech_transcript))
    by_server = settings.headset == "sound-server"
    return Speech(voice, SoundServerHeadset() if by_server else NoHeadset(), keys)
