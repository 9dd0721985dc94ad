"""Rows 26 and 27: the ending in its words, the receipt on a phone, five faces in ten seconds."""

import contextlib
import sqlite3
from collections.abc import Iterator

import msgspec
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from kiosk_app.office.record import CaseRecord
from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.steps import enter_card
from tests.support.waiting import PATIENCE, eventually

MILK = "7310865004703"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="sv-SE")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


@pytest.mark.row(26, 27)
def test_paid_helped_and_on_the_way_with_the_receipt(
    shop: Shop, shopper: Shopper, agent: Agent, phone: Page
) -> None:
    shopper.scan(MILK)
    shopper.tap("pay_button")
    shopper.tap("pay_button")
    enter_card(shopper, "terminal_approve")
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept()
    shopper.tree.wait_for("chat_log")
    agent.part("resolve-case").click()

    shopper.sees("overlay", "Klart! Skriv gärna hur det gick (10 sek).")
    shopper.sees("overlay", "Ditt kvitto ligger i mobilen. Tack för hjälpen!")
    box = shopper.can_tap("receipt_qr").box
    picture = shop.desktop.picture().crop((box.x, box.y, box.x + box.width, box.y + box.height))
    [code] = zxingcpp.read_barcodes(picture)
    phone.goto(code.text)
    expect(phone.get_by_role("heading", name="Kvitto")).to_be_visible()
    expect(phone.locator("li", has_text="Mellanmjölk")).to_contain_text("19,90 kr")
    expect(phone.locator(".total")).to_contain_text("19,90 kr")
    expect(phone.locator("html")).to_have_attribute("lang", "sv")
    # Nothing of it was sent: what is behind # stays in the phone.
    assert "Mellanmj" not in shop.log()

    shopper.tap("feedback_5")
    shopper.write("feedback_text", "Tack snalla", enter=True)
    shopper.does_not_see("overlay")
    eventually(lambda: given(shop) == (5, "Tack snalla"), "the feedback is at the office")


@pytest.mark.row(27)
@pytest.mark.en301549("9.2.2.1")
def test_ten_seconds_more_with_each_tap_and_then_back_to_the_till(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    shopper.scan(MILK)
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    agent.accept()
    shopper.tree.wait_for("chat_log")
    agent.part("resolve-case").click()
    shopper.can_tap("feedback_1")
    assert shopper.tree.find("receipt_qr") is None, "nothing has been paid"
    for face in ("feedback_1", "feedback_2"):
        shopper.tap(face)
    shopper.does_not_see("overlay", within=PATIENCE)
    shopper.sees("cart_total", "19,90")
    # A face that was tapped counts, also from someone who just walked on.
    eventually(lambda: given(shop) == (2, ""), "the last face is at the office")


def given(shop: Shop) -> tuple[int | None, str]:
    """The feedback as the office has stored it."""
    database = f"file:{shop.directory}/office/office.sqlite3?mode=ro"
    with contextlib.closing(sqlite3.connect(database, uri=True)) as db:
        [(row,)] = db.execute("SELECT record FROM cases").fetchall()
    record = msgspec.json.decode(row, type=CaseRecord)
    return record.score, record.feedback
