"""The receipt: everything that costs ends in one line."""

import asyncio

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from kiosk_app.ui.till.payment import ReceiptPage
from kiosk_app.ui.widgets.scroll import ContentScroll
from tests.support.screens import SIZES, Stage, settle
from tests.ui.conftest import OpenStage

TOO_MANY = 36  # lines: more than the page has room for, also upright


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("many", [False, True], ids=["short", "scrolling"])
def test_prices_end_where_the_total_ends(
    open_stage: OpenStage, size: tuple[int, int], many: bool
) -> None:
    at = open_stage(size, "sv", warm=False)
    page = _receipt(at, [a.name for a in at.till.shop.articles][:TOO_MANY] if many else [])
    (scroll,) = page.findChildren(ContentScroll)
    assert scroll.verticalScrollBar().isVisible() is many

    amounts = [x for x in page.findChildren(QLabel) if x.isVisible() and x.text().endswith("kr")]

    assert len(amounts) > 2
    assert len({x.mapTo(page, QPoint(x.width(), 0)).x() for x in amounts}) == 1


def _receipt(at: Stage, names: list[str]) -> ReceiptPage:
    at.fill(*names)
    for row in at.till.locked_rows:
        asyncio.run(at.till.unlock_line(row.line))
    at.till.pay()
    at.till.open_card_entry()
    at.press_code()
    at.till.show_receipt()
    settle()
    (page,) = at.shell.findChildren(ReceiptPage)
    return page
