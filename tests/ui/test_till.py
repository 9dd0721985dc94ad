"""The till on the screen: goods, cart, payment, and the card's code."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kiosk_app.case.events import NewCustomerPressed
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.till.terminal import Behaviour
from kiosk_app.ui.sensitive import sensitive_rects
from kiosk_app.ui.till.card_entry import CardEntryPage
from kiosk_app.ui.till.cart_pane import CartRow
from kiosk_app.ui.till.goods import Tile
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.key import Key
from kiosk_app.ui.widgets.number_pad import NumberPad
from tests.support.screens import BEER, SIZES, TILL_SCREENS, Stage, settle
from tests.support.window import find, label, place, press, type_in
from tests.ui.conftest import OpenStage


def test_tapping_goods_fills_the_cart(portrait: Stage) -> None:
    portrait.fill()
    settle()
    assert label(portrait, "cart_total") == "142,50\N{NO-BREAK SPACE}kr"


@pytest.mark.en301549("9.3.3.4")
def test_pays_with_the_key_in_the_foot(portrait: Stage) -> None:
    portrait.fill()
    press(portrait, "pay_button")
    assert portrait.till.state.step is PaymentStep.PAYMENT
    press(portrait, "pay_button")
    settle()
    type_in(portrait, "1234")
    press(portrait, "card_confirm")
    press(portrait, "show_receipt")
    assert portrait.till.state.step.value == "receipt"
    press(portrait, "pay_button")
    assert portrait.fed == [NewCustomerPressed()]


@pytest.mark.en301549("9.3.3.3")
def test_a_terminal_that_nobody_uses_lets_go_of_the_payment(portrait: Stage) -> None:
    portrait.fill()
    portrait.till.pay()
    portrait.till.open_card_entry()
    page = find(portrait, "card_entry")
    assert isinstance(page, CardEntryPage)
    page.patience.timeout.emit()  # two minutes, which nobody waits for here
    settle()
    assert portrait.till.state.step is PaymentStep.DECLINED
    assert not page.patience.isActive()
    # Where it is at work it is left to it.
    portrait.till.try_again()
    portrait.till.open_card_entry()
    settle()
    assert page.patience.isActive()
    portrait.terminal.behaviour = Behaviour.HANG
    type_in(portrait, "1234")
    press(portrait, "card_confirm")
    page.patience.timeout.emit()
    assert portrait.till.state.step.value == "card_entry"


def test_a_declined_card_can_be_tried_again(portrait: Stage) -> None:
    portrait.terminal.behaviour = Behaviour.DECLINE
    portrait.fill()
    portrait.till.pay()
    portrait.till.open_card_entry()
    portrait.press_code()
    press(portrait, "pay_button")
    assert portrait.till.state.step is PaymentStep.PAYMENT


def test_an_age_limit_locks_the_pay_key_and_says_why(portrait: Stage) -> None:
    portrait.fill(BEER)
    settle()
    assert not find(portrait, "pay_button").isEnabled()
    assert BEER in " ".join(x.text() for x in find(portrait, "age_notice").findChildren(QLabel))
    asyncio.run(portrait.till.unlock_line(portrait.till.state.cart.lines[0].line))
    assert find(portrait, "pay_button").isEnabled()


def test_a_line_is_taken_out_with_its_key(portrait: Stage) -> None:
    portrait.fill("Kanelbulle", "Kanelbulle")
    settle()
    keys = [k for k in find(portrait, "cart").findChildren(QAbstractButton) if k.isVisible()]
    assert [key.accessibleName() for key in keys] == ["Ta bort en Kanelbulle"]
    QTest.mouseClick(keys[0], Qt.MouseButton.LeftButton)
    assert keys[0].accessibleName() == "Ta bort Kanelbulle"
    QTest.mouseClick(keys[0], Qt.MouseButton.LeftButton)
    assert portrait.till.state.cart.empty


def test_the_code_is_in_no_text_and_its_page_is_sensitive(portrait: Stage) -> None:
    TILL_SCREENS["cart"](portrait)
    portrait.till.pay()
    portrait.till.open_card_entry()
    settle()
    before = _all_words(portrait)
    type_in(portrait, "9753")
    settle()
    assert portrait.terminal.digits == 4
    assert _all_words(portrait) == before
    page = find(portrait, "card_entry")
    masked = place(portrait, page)
    assert masked in sensitive_rects(portrait.shell)
    inside = [child for child in page.findChildren(QWidget) if child.isVisible()]
    assert inside
    assert all(masked.contains(place(portrait, child)) for child in inside)


def test_nothing_is_sensitive_that_is_not_up(portrait: Stage) -> None:
    TILL_SCREENS["card-entry"](portrait)
    assert sensitive_rects(portrait.shell)
    portrait.till.back_to_cart()
    settle()
    assert sensitive_rects(portrait.shell) == []


def _all_words(at: Stage) -> list[tuple[str, str, str]]:
    return [
        (
            w.accessibleName(),
            w.accessibleDescription(),
            w.text() if isinstance(w, QLabel | QAbstractButton | QLineEdit) else "",
        )
        for w in at.shell.findChildren(QWidget)
    ]


def test_a_terminal_that_hangs_is_not_said_to_have_taken_nothing(portrait: Stage) -> None:
    portrait.fill()
    portrait.till.pay()
    portrait.till.open_card_entry()
    portrait.terminal.behaviour = Behaviour.HANG
    for digit in "1234":
        type_in(portrait, digit)
    press(portrait, "card_confirm")
    page = find(portrait, "card_entry")
    said = [x.text() for x in page.findChildren(QLabel) if x.isVisible()]
    assert said[:2] == [
        "Terminalen svarar inte",
        "Din korg ligger kvar. Avbryt, eller tryck på Hjälp.",
    ]
    keys = [key for pad in page.findChildren(NumberPad) for key in pad.findChildren(Key)]
    assert len(keys) == 11
    off = portrait.shell.theme.colour("on_disabled")
    assert all(not key.isEnabled() and key.text_colour() == off for key in keys)
    press(portrait, "card_cancel")
    portrait.till.pay()
    portrait.till.open_card_entry()
    assert all(key.isEnabled() for key in keys)


def _seen(root: QWidget) -> list[QLabel]:
    return [label for label in root.findChildren(QLabel) if label.isVisible()]


def test_after_the_payment_no_cart_is_said_to_stay(portrait: Stage) -> None:
    for paid, said in ((True, "Svar inom 60 sek"), (False, "Din korg ligger kvar.")):
        portrait.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN), paid=paid))
        words = " ".join(x.text() for x in _seen(find(portrait, "overlay")))
        assert said in words
        assert ("ligger kvar" in words) is not paid


def test_prices_stand_at_the_edge_where_nothing_can_be_removed(portrait: Stage) -> None:
    portrait.fill()
    settle()
    (row, *_) = [x for x in portrait.shell.findChildren(CartRow) if x.isVisible()]
    beside = max(place(portrait, x).right() for x in row.findChildren(QLabel) if x.isVisible())
    assert beside < place(portrait, row.remove).left()
    portrait.till.pay()
    settle()
    edge = max(place(portrait, x).right() for x in row.findChildren(QLabel) if x.isVisible())
    assert place(portrait, row).right() - edge < 40


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_goods_share_the_width_and_the_size_of_their_letters(
    open_stage: OpenStage, size: tuple[int, int]
) -> None:
    at = open_stage(size)
    side = at.shell.theme.px(22)
    for _ in range(2):
        tiles = [tile for tile in at.shell.findChildren(Tile) if tile.isVisible()]
        widths = {tile.width() for tile in tiles}
        assert max(widths) - min(widths) <= 1
        for tile in tiles:
            fitted = tile.font_that_fits(tile.width() - 2 * side)
            assert fitted.pixelSize() == tile.font().pixelSize(), tile.text()
        QTest.mouseClick(tiles[-1], Qt.MouseButton.LeftButton)
        settle()


def test_the_carts_card_is_as_high_as_its_rows(portrait: Stage) -> None:
    heights = []
    for goods in ("Kanelbulle", "Påse"):
        portrait.fill(goods)
        settle()
        rows = [row for row in portrait.shell.findChildren(CartRow) if row.isVisible()]
        assert all(80 <= row.height() <= 110 for row in rows)
        (card,) = (card for card in find(portrait, "cart").findChildren(Card) if card.isVisible())
        heights.append(card.height() - sum(row.height() for row in rows))
    assert heights[0] == heights[1]
    assert heights[0] < 40


def test_a_wiped_till_keeps_no_word_of_the_purchase(portrait: Stage) -> None:
    portrait.fill(BEER, "Kanelbulle")
    settle()
    asyncio.run(portrait.till.unlock_line(portrait.till.state.cart.lines[0].line))
    portrait.till.pay()
    portrait.till.open_card_entry()
    portrait.press_code()
    portrait.till.show_receipt()
    settle()
    assert any("Kanelbulle" in words for words in _labels(portrait))
    portrait.till.wipe()
    settle()
    for word in ("Folköl", "Kanelbulle", "37,90", "18,90"):
        assert not [words for words in _labels(portrait) if word in words]


def _labels(at: Stage) -> list[str]:
    """Every label's words, shown or not, and the names of the cart's keys."""
    keys = [key for key in at.shell.findChildren(Key) if not isinstance(key, Tile)]
    return [x.text() for x in at.shell.findChildren(QLabel)] + [k.accessibleName() for k in keys]
