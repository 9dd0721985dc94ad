"""What is said, in which order, how loud, and what nobody else may hear."""

import pytest

from kiosk_app.base.language import words
from kiosk_app.ui.speech.fake import FakeVoice
from kiosk_app.ui.speech.output import LEVELS, Line, SpeechOutput
from kiosk_app.ui.speech.voice import amplitude


class Room:
    """Speech output, its voice, and whether the shopper wears a headset."""

    def __init__(self, language: str = "sv") -> None:
        self.voice = FakeVoice()
        self.alone = False
        self.output = SpeechOutput(self.voice, words(language), lambda: self.alone)

    @property
    def said(self) -> list[str]:
        return [text for text, _, _ in self.voice.said]


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.mark.en301549("5.1.3.4", "5.1.3.5")
def test_new_speech_interrupts_and_the_last_can_be_had_again(room: Room) -> None:
    room.output.say((Line("Ett"),), now=True)
    room.output.say((Line("Två"),), now=True)
    assert room.said == ["Ett.", "Två."]
    room.output.hush()
    assert not room.voice.speaking
    room.output.repeat()
    assert room.said[-1] == "Två."


def test_what_can_wait_waits_its_turn(room: Room) -> None:
    room.output.say((Line("Ett"),), now=True)
    room.output.say((Line("Två"),), now=False)
    assert room.said == ["Ett."]
    room.voice.finish()
    assert room.said == ["Ett.", "Två."]


def test_what_waits_is_dropped_with_what_is_interrupted(room: Room) -> None:
    room.output.say((Line("Ett"),), now=True)
    room.output.say((Line("Två"),), now=False)
    room.output.hush()
    room.voice.finish()
    assert room.said == ["Ett."]


@pytest.mark.en301549("5.1.3.9")
def test_private_things_are_for_a_headset_or_for_whoever_asks(room: Room) -> None:
    room.output.say((Line("Din kod:"), Line("4 8 2 1", private=True)), now=True)
    assert room.said == [
        "Din kod: Det här är bara för dig. Sätt i hörlurar, eller tryck på upprepa."
    ]
    room.output.repeat()
    assert room.said[-1] == "Din kod: 4 8 2 1."
    room.alone = True
    room.output.say((Line("4 8 2 1", private=True),), now=True)
    assert room.said[-1] == "4 8 2 1."


@pytest.mark.en301549("5.1.3.11", "5.1.3.12", "5.1.3.13", "8.2.1.1", "8.2.1.2")
def test_the_volume_has_18_db_with_a_step_at_12_and_goes_back(room: Room) -> None:
    least = room.output.gain
    steps = [0.0]
    for _ in LEVELS[1:]:
        room.output.louder()
        steps.append(room.output.gain - least)
    assert 12.0 in steps
    assert max(steps) >= 18.0
    assert room.said[-1] == "Volym 4 av 4."
    room.output.louder()
    assert room.output.gain == 0.0
    room.output.louder(-1)
    assert room.output.gain == -6.0
    room.output.forget()
    assert room.output.gain == least


def test_the_volume_is_not_what_is_repeated(room: Room) -> None:
    room.output.say((Line("Ett"),), now=True)
    room.output.louder()
    room.output.repeat()
    assert room.said[-1] == "Ett."


def test_the_next_shopper_hears_nothing_of_the_last(room: Room) -> None:
    room.output.say((Line("Hemligt"),), now=True)
    room.output.forget()
    room.output.repeat()
    assert room.said == ["Hemligt."]


@pytest.mark.en301549("5.1.3.14")
def test_it_speaks_the_language_of_the_screen() -> None:
    for language in ("sv", "en"):
        room = Room(language)
        room.output.say((Line("Ja"),), now=True)
        assert room.voice.said[-1][1] == language


@pytest.mark.parametrize(("gain", "factor"), [(0.0, 1.0), (-6.0, 0.501), (-18.0, 0.126)])
def test_decibels_as_the_voice_wants_them(gain: float, factor: float) -> None:
    assert amplitude(gain) == pytest.approx(factor, abs=0.001)
