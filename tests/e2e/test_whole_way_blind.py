"""Hela resan blint: a shopper who sees nothing buys, is refused, gets a person and goes on, with
keys only and by what is said, which the kiosk writes down as it says it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from tests.support.agent import Agent
from tests.support.desktop import Desktop
from tests.support.evidence import Evidence
from tests.support.shop import Shop, Shopper
from tests.support.waiting import eventually

MILK = "7310865004703"


class Said(msgspec.Struct):
    text: str
    language: str
    gain: float


@dataclass
class Blind:
    """Hears and presses; looks at nothing."""

    shop: Shop
    desktop: Desktop
    transcript: Path
    heard_to: int = 0

    @property
    def said(self) -> list[Said]:
        if not self.transcript.exists():
            return []
        lines = self.transcript.read_text("utf-8").splitlines()
        return [msgspec.json.decode(line, type=Said) for line in lines]

    def hears(self, *words: str) -> str:
        """Wait until a sentence since the last one heard has all of ``words``; that sentence."""

        def found() -> Said | None:
            for at, said in enumerate(self.said[self.heard_to :]):
                if all(word in said.text for word in words):
                    self.heard_to += at + 1
                    return said
            return None

        try:
            return eventually(found, f"{words} to be heard").text
        except AssertionError as error:
            raise AssertionError(f"{error}; since then: {self.said[self.heard_to :]}") from None

    def press(self, *keys: str) -> None:
        self.desktop.xdotool("key", "--delay", "30", *keys)

    def go_to(self, *words: str, most: int = 60) -> None:
        """Arrow on until what has the focus says ``words``, and no further."""
        for _ in range(most):
            before = len(self.said)
            self.press("Down")
            self.hears_more_than(before)
            self.heard_to = len(self.said)
            if all(word in self.said[-1].text for word in words):
                return
        raise AssertionError(f"{words} was not reached: {[s.text for s in self.said[-most:]]}")

    def hears_more_than(self, before: int) -> None:
        eventually(lambda: len(self.said) > before, "the next thing is named")

    def choose(self, *words: str) -> None:
        self.go_to(*words)
        self.press("Return")


@pytest.fixture
def blind(shop: Shop, shopper: Shopper, tmp_path: Path) -> Iterator[Blind]:
    """The same kiosk with a voice that is written down, and a keypad with a socket."""
    transcript = tmp_path / "said.jsonl"
    settings = shop.directory / "kiosk.toml"
    changes = {
        "speech": "mock",
        "speech_transcript": str(transcript),
        "headset": "keys",
        "speech_keys": "repeat=F10 read=F7 headset_in=F5 headset_out=F6",
    }
    shop.kill_kiosk()
    before = msgspec.toml.decode(settings.read_bytes())
    settings.write_bytes(msgspec.toml.encode({**before, **changes}))
    shop.start_kiosk()
    shopper.tree.wait_for("help_button")
    shopper.focus_window()
    yield Blind(shop, shop.desktop, transcript)


@pytest.mark.en301549(
    *("5.1.2.2", "5.1.3.1", "5.1.3.2", "5.1.3.3", "5.1.3.6", "5.1.3.8", "5.1.3.9"),
    *("5.1.3.14", "5.1.3.15", "5.1.3.16", "5.5.2", "9.2.1.1", "9.2.1.2", "9.3.3.2", "9.3.3.4"),
)
def test_the_whole_way_without_sight(
    blind: Blind, shopper: Shopper, hire: Callable[[], Agent], evidence: Evidence
) -> None:
    agent = hire()

    # A plug goes into the socket, and the kiosk begins to speak.
    blind.press("F5")
    blind.hears("Uppläsning är på", "Skanna din första vara")

    blind.press(*MILK, "Return")
    blind.hears("Mellanmjölk", "19,90 kr", "Att betala 19,90 kr")
    blind.press(*"4006381333931", "Return")
    blind.hears("Vi känner inte igen koden", "Inget lades till")

    blind.choose("Betala med kort", "knapp")
    blind.hears("Du betalar 19,90 kr")
    blind.choose("Till terminalen", "knapp")
    blind.hears("Slå in kortets kod", "Ingen annan ser")
    blind.choose("Nekar", "knapp")
    before = len(blind.said)
    blind.press(*"7294")
    blind.hears("Siffra 4", "Bekräfta, knapp")
    assert not any(digit in said.text for said in blind.said[before:] for digit in ("729", "294"))
    blind.press("Return")
    blind.hears("Kortet nekades", "Inga pengar är dragna")

    blind.choose("Hjälp", "knapp")
    blind.hears("Hur kan vi hjälpa?")
    blind.go_to("textfält, tomt")
    blind.desktop.xdotool("type", "--delay", "20", "Kortet nekas")
    blind.press("Return")
    blind.hears("nummer 1 i kön")
    agent.sees("queue", "Kortet nekas")
    agent.accept()
    blind.hears("Jag heter Lisa")  # the chat is open, with her greeting

    agent.say("Ska vi titta tillsammans?")
    blind.hears("Lisa: Ska vi titta tillsammans?")
    blind.go_to("textfält, tomt")
    blind.desktop.xdotool("type", "--delay", "20", "Ja tack")
    blind.press("Return")
    agent.sees("chat-log", "Ja tack")

    agent.part("share-request").click()
    blind.hears("Lisa vill se kassaskärmen", "Godkänn?", "Inget spelas in")
    blind.choose("Godkänn", "knapp")
    blind.hears("Lisa ser skärmen")
    eventually(agent.screen, "a frame decoded in Chromium")
    blind.choose("Sluta dela", "knapp")
    blind.hears("Du slutade dela skärmen")

    agent.part("resolve-case").click()
    blind.hears("Klart! Skriv gärna hur det gick")
    blind.go_to("Mycket bra")
    blind.press("space")
    blind.hears("Mycket bra", "vald")
    blind.choose("Skicka", "knapp")
    shopper.does_not_see("overlay")

    # The till is where it was, and the voice goes with the plug.
    blind.press("F7")
    blind.hears("Kortet nekades")
    blind.press("F6")
    before = len(blind.said)
    blind.press("Tab")
    shopper.sees("cart_total", "19,90")
    assert len(blind.said) == before
    assert {said.language for said in blind.said} == {"sv"}
    assert "7294" not in " ".join(said.text for said in blind.said)
    assert agent.errors == []
    evidence.keep(blind.transcript)
