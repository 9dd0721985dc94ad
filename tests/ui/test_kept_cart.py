"""A kept cart is offered: with a tap or its code, beside the goods, seen by nobody else."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from kiosk_app.case.events import CartCodeEntered, CartRestorePressed
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import View
from kiosk_app.case.view.share import ShareView
from kiosk_app.case.view.visit import RestoreView, RestoreWay
from kiosk_app.media.fake import FakeFrameSink
from kiosk_app.ui.grabber import MASK
from kiosk_app.ui.till.goods import Tile
from kiosk_app.ui.widgets.number_pad import NumberPad
from kiosk_app.ui.widgets.scroll import ContentScroll
from tests.support.screens import SIZES, Stage, settle
from tests.support.window import find, place, press, type_in
from tests.ui.conftest import OpenStage


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("way", RestoreWay)
def test_goods_can_be_tapped_beside_a_cart_that_waits(
    open_stage: OpenStage, size: tuple[int, int], way: RestoreWay
) -> None:
    at = open_stage(size)
    at.show(View(restore=RestoreView(way, at.countdown(300, 200), 5)))
    for _ in range(3):
        settle()
        tile = next(t for t in at.shell.findChildren(Tile) if t.isVisible() and t.article)
        box = place(at, tile)
        assert at.shell.childAt(box.center()) is tile
        assert at.shell.childAt(box.bottomRight() - QPoint(8, 8)) is tile
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert at.till.state.cart.lines[0].quantity == 3
    # The same with the code's keys unfolded.
    if way is RestoreWay.CODE:
        assert not any(pad.isVisible() for pad in at.shell.findChildren(NumberPad))
        press(at, "cart_restore")
        assert find(at, "cart_code").hasFocus()
        settle()
        box = place(at, tile)
        assert at.shell.childAt(box.bottomRight() - QPoint(8, 8)) is tile
        type_in(at, "4821")
        press(at, "cart_restore")
        assert at.fed == [CartCodeEntered("4821")]


def test_a_line_of_the_cart_is_whole_however_little_room_there_is(portrait: Stage) -> None:
    portrait.fill("Kanelbulle")
    hold = portrait.countdown(300, 50)
    sharing = ShareView("Lisa", hold, live=True, renewable=True)
    portrait.show(View(restore=RestoreView(RestoreWay.CODE, hold, 5), share=sharing))
    press(portrait, "cart_restore")
    settle()
    (scroll,) = find(portrait, "cart").findChildren(ContentScroll)
    assert scroll.isVisible()
    assert not scroll.verticalScrollBar().isVisible()


def test_a_kept_cart_is_fetched_with_one_tap(portrait: Stage) -> None:
    portrait.show(View(restore=RestoreView(RestoreWay.ONE_TAP, portrait.countdown(300, 200), 5)))
    press(portrait, "cart_restore")
    assert portrait.fed == [CartRestorePressed()]
    portrait.show(View(notice=Notice.CART_RESTORED))
    assert portrait.shell.message == "Din korg är tillbaka."


def test_a_kept_cart_that_is_lost_is_said_to_be_so(portrait: Stage) -> None:
    portrait.show(View(notice=Notice.CART_LOST))
    assert portrait.shell.message == "Din korg gick inte att läsa. Skanna dina varor igen."


def test_a_wrong_code_says_how_many_tries_are_left(portrait: Stage) -> None:
    hold = portrait.countdown(300, 200)
    portrait.show(View(restore=RestoreView(RestoreWay.CODE, hold, 5)))
    wrong = View(restore=RestoreView(RestoreWay.CODE, hold, 4), notice=Notice.CODE_WRONG)
    portrait.show(wrong)
    words = " ".join(x.text() for x in portrait.shell.findChildren(QLabel) if x.isVisible())
    assert "4 försök kvar" in words


def test_the_wipe_leaves_nothing_typed(portrait: Stage) -> None:
    portrait.show(View(restore=RestoreView(RestoreWay.CODE, portrait.countdown(300, 200), 5)))
    field = find(portrait, "cart_code")
    assert isinstance(field, QLineEdit)
    field.setText("48")
    portrait.shell.scan("4006381333931")
    portrait.shell.till_wiped()
    assert (field.text(), field.isUndoAvailable(), portrait.shell.message) == ("", False, "")


def test_no_code_of_a_kept_cart_is_in_a_frame(portrait: Stage) -> None:
    """It may be another shopper's cart, and the agent may be looking."""
    hold = portrait.countdown(300, 200)
    sharing = ShareView("Lisa", hold, live=True, renewable=False)
    portrait.show(View(restore=RestoreView(RestoreWay.CODE, hold, 5), share=sharing))
    sink = FakeFrameSink()
    portrait.shell.start_grabbing(sink)
    field = find(portrait, "cart_code")
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    type_in(portrait, "4821")
    settle()
    portrait.shell.grab_whole()
    portrait.shell.stop_grabbing()
    width, height, pixels = sink.frames[-1]
    frame = QImage(pixels, width, height, QImage.Format.Format_RGB32)
    pad = portrait.shell.findChild(NumberPad)
    assert isinstance(pad, NumberPad)
    for widget in (field, pad):
        shown = frame.copy(place(portrait, widget))
        colours = {
            shown.pixel(x, y) for x in range(shown.width()) for y in range(0, shown.height(), 3)
        }
        assert colours == {MASK.rgb()}
