"""Row 10: the shopper finds out without a person, in a menu that the office edits."""

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.support.shop import Shop, Shopper
from tests.support.waiting import eventually


@pytest.mark.row(10)
def test_a_shopper_solves_it_alone(shop: Shop, shopper: Shopper) -> None:
    shopper.tap("help_button")
    shopper.can_tap("talk_to_person")
    shopper.tap("menu_item_2")
    shopper.sees("overlay", "Varor, koder och priser")
    shopper.can_tap("talk_to_person")
    shopper.tap("menu_item_1")
    shopper.sees("article", "En vara saknar pris eller kod")
    shopper.can_tap("talk_to_person")

    # Another language keeps the place, and the way back leads by where one came from.
    shopper.tap("language_en")
    shopper.sees("article", "An item has no price or code")
    shopper.tap("article_back")
    shopper.sees("overlay", "Goods, codes and prices")
    shopper.tap("menu_back")
    shopper.tap("menu_item_1")
    shopper.sees("article", "The payment does not go through")

    shopper.tap("article_solved")
    shopper.does_not_see("overlay")
    closed = eventually(lambda: log_of(shop, "closed"), "the end is in the case log")
    read = ["saknar-kod", "kortet-nekas"]
    assert closed == [{"cause": "self_solved", "article": "kortet-nekas", "read": read}]


@pytest.mark.row(10, 37)
def test_the_office_writes_and_the_kiosk_shows_and_keeps_it(shop: Shop, shopper: Shopper) -> None:
    help_files = shop.directory / "office" / "knowledge"
    _replace(help_files / "articles" / "kortet-nekas.sv.md", "Slå koden", "Pröva koden")

    shopper.tap("help_button")
    shopper.tap("menu_item_1")
    # Under the shopper's hands, without a restart of anything.
    shopper.sees("article", "Pröva koden i lugn och ro")
    shopper.tap("overlay_close")
    shopper.does_not_see("overlay")

    # What is wrong is said with its line, and the kiosk keeps what it has.
    menu = help_files / "menu.toml"
    _replace(menu, '"dorren"', '"dorrem"')
    lines = menu.read_text("utf-8").splitlines()
    [line] = [at for at, text in enumerate(lines, start=1) if "dorrem" in text]
    said = f"menu.toml:{line}: There is no article 'dorrem'"
    eventually(lambda: said in shop.log(), "the mistake is said")
    shop.kill_office()
    shop.kill_kiosk()
    shop.start_kiosk()
    eventually(
        lambda: (key := shopper.tree.find("help_button")) and "kontakt" in key.name,
        "the kiosk knows that it is alone",
    )
    shopper.tap("help_button")
    shopper.tap("menu_item_1")
    shopper.sees("article", "Pröva koden i lugn och ro")
    shopper.tap("article_solved")
    shopper.does_not_see("overlay")

    # What was solved without an office is counted once there is one.
    shop.start_office()
    solved = ("self_solved", "kortet-nekas")
    eventually(
        lambda: solved in [(end["cause"], end["article"]) for end in log_of(shop, "closed")],
        "the office hears of it",
        within=40,
    )


def log_of(shop: Shop, kind: str) -> list[dict[str, Any]]:
    """The details of every line of ``kind`` in the office's case log."""
    database = shop.directory / "office" / "office.sqlite3"
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
        found = rows.execute("SELECT detail FROM events WHERE kind = ?", (kind,)).fetchall()
    return [json.loads(detail) for (detail,) in found]


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
