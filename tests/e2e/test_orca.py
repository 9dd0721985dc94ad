"""The first steps of a visit as Orca says them, beside the kiosk's own voice: where it is
installed (``apt-get install orca speech-dispatcher``), which ``deploy/test`` does not do."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.support.agent import Agent
from tests.support.evidence import Evidence
from tests.support.orca import MISSING, ScreenReader, orca
from tests.support.shop import Shop, Shopper
from tests.support.waiting import eventually

ASIDES = ("tab", "layered pane")


@pytest.mark.skipif(
    bool(MISSING),
    reason=f"an optional test: {MISSING} here; apt-get install orca speech-dispatcher",
)
@pytest.mark.en301549("9.4.1.2", "9.2.1.1")
def test_orca_names_what_the_shopper_meets(
    shop: Shop, shopper: Shopper, hire: Callable[[], Agent], evidence: Evidence, tmp_path: Path
) -> None:
    agent = hire()
    button = shopper.tree.wait_for("help_button")
    eventually(lambda: "svar inom 60 sek" in button.name.lower(), "the promise is on the button")
    with orca(shop.desktop, tmp_path / "reader") as reader:
        shopper.focus_window()
        reader.says("Byabutiken")
        go_to(shop, reader, "Kanelbulle, 19,00 kr push button")
        press(shop, "space")
        go_to(shop, reader, "Ta bort Kanelbulle push button")
        go_to(shop, reader, "Betala med kort push button")
        go_to(shop, reader, "Hjälp", "svar inom 60 sek", "push button")

        before = press(shop, "space", reader)
        reader.says("Hur kan vi hjälpa? dialog", since=before)
        reader.says("Betalningen går inte igenom push button", since=before)
        go_to(shop, reader, "Prata med en person", "push button")

        before = press(shop, "Return", reader)
        reader.says("Stäng push button", since=before)  # the sheet is the same, its screen is new
        go_to(shop, reader, "Vad som hänt text")
        agent.part("queue").wait_for()
        evidence.keep(reader.transcript)


def press(shop: Shop, key: str, reader: ScreenReader | None = None) -> int:
    """Press ``key``; how many sentences there were before."""
    before = len(reader.said) if reader else 0
    shop.desktop.xdotool("key", key)
    return before


def go_to(shop: Shop, reader: ScreenReader, *words: str, most: int = 60) -> None:
    """Tab on until what has the focus is called ``words``, and no further."""
    heard: list[str] = []
    for _ in range(most):
        before = press(shop, "Tab", reader)
        heard.append(eventually(partial(focus, reader, before), "the focus is named"))
        if all(word in heard[-1] for word in words):
            return
    raise AssertionError(f"{words} was not reached; Orca said {heard}")


def focus(reader: ScreenReader, since: int) -> str:
    """What the focus is called; before that the key is echoed, and what it has come into."""
    return next((said for said in reader.said[since:] if said.strip(" .") not in ASIDES), "")
