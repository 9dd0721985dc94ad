"""Row 8: the office switches the button and its promise, for one kiosk or a whole store."""

from pathlib import Path

import pytest

from tests.support.shop import Shop, Shopper
from tests.support.waiting import eventually


@pytest.mark.row(8)
def test_the_promise_goes_and_comes_by_a_file_at_the_office(shop: Shop, shopper: Shopper) -> None:
    settings = shop.directory / "office" / "knowledge" / "settings.toml"
    _says(shopper, "Hjälp \N{EN DASH} svar inom 60 sek", "Hjälp \N{EN DASH} vi ringer upp")

    _add(settings, '[kiosk."byabutiken-2"]\npromise = false\n')
    _says(shopper, "Hjälp")
    shopper.tap("help_button")
    shopper.sees("overlay", "Din korg ligger kvar.")
    assert "Svar inom" not in shopper.reads("overlay")
    shopper.tap("overlay_close")
    shopper.does_not_see("overlay")

    # A switch for the store counts for nothing where the kiosk has one of its own.
    _add(settings, '[store."Byabutiken"]\npromise = true\nbutton = "hidden"\n')
    shopper.does_not_see("help_button")
    text = settings.read_text("utf-8").replace('"hidden"', '"small"')
    settings.write_text(text, "utf-8")
    _says(shopper, "Hjälp")


def _says(shopper: Shopper, *names: str) -> None:
    def name() -> bool:
        node = shopper.tree.find("help_button")
        return node is not None and node.name in names

    eventually(name, f"the button says {names}")


def _add(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + "\n" + text, "utf-8")
