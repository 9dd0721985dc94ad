"""The receipt's link: whole, short enough for a code, and only for what has been paid."""

import base64
import json
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest

from kiosk_app.case import events
from kiosk_app.case.visit.receipt import LINK_CHARS, receipt_link
from kiosk_app.protocol.shared import Cart, CartLine, PaymentStep
from tests.unit.case.story import COFFEE, Story

PAGE = "https://hjalp.example/receipt"
PAID_AT = datetime(2026, 11, 22, 14, 5, 30, tzinfo=UTC)


def link_for(cart: Cart, page: str = PAGE) -> str:
    return receipt_link(
        page,
        store="Byabutiken",
        till_name="Kassa 2",
        cart=cart,
        paid_at=PAID_AT,
        language="sv",
    )


def unpacked(link: str) -> dict[str, Any]:
    """As the phone reads it."""
    packed = link.partition("#")[2]
    data = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    receipt: dict[str, Any] = json.loads(zlib.decompress(data, -zlib.MAX_WBITS))
    return receipt


def goods(count: int) -> Cart:
    lines = (
        CartLine(
            line=str(number),
            name=f"Vara nummer {number * 7919 % 997}",
            quantity=1,
            amount_ore=1000,
        )
        for number in range(count)
    )
    return Cart(lines=tuple(lines))


def test_it_holds_what_was_bought() -> None:
    link = link_for(Cart(lines=(COFFEE,)))
    assert link.startswith(f"{PAGE}#")
    assert unpacked(link) == {
        "s": "Byabutiken",
        "t": "Kassa 2",
        "d": "2026-11-22T14:05+00:00",
        "l": [[1, "Kaffe, liten", 2000]],
        "r": 0,
        "g": "sv",
    }


@pytest.mark.parametrize("count", [30, 200])
def test_a_long_one_keeps_its_sum_and_stays_short(count: int) -> None:
    cart = goods(count)
    link = link_for(cart)
    assert len(link) <= LINK_CHARS
    receipt = unpacked(link)
    assert 5 < len(receipt["l"]) <= count
    assert sum(line[2] for line in receipt["l"]) + receipt["r"] == cart.total_ore


def test_there_is_none_without_a_page_or_goods() -> None:
    assert link_for(Cart(lines=(COFFEE,)), page="") == ""
    assert link_for(Cart()) == ""


def test_it_is_shown_after_help_only_where_something_was_paid() -> None:
    story = Story(receipt_page=PAGE)
    story.to_chat()
    story.scan(step=PaymentStep.PAID)
    paid_at = story.clock.wall()
    story.wait(60)
    story.scan(step=PaymentStep.RECEIPT)
    story.resolve()
    feedback = story.view.feedback
    assert feedback is not None
    assert feedback.receipt_url is not None
    assert unpacked(feedback.receipt_url)["d"] == paid_at.isoformat(timespec="minutes")

    story.feed(events.NewCustomerPressed())
    story.clear_till()
    story.to_chat()
    story.resolve()
    feedback = story.view.feedback
    assert feedback is not None
    assert feedback.receipt_url is None
