"""The window: what is where, what is said, and where keys go."""

import asyncio
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from kiosk_app.case.events import (
    CartCodeEntered,
    CartRestorePressed,
    ChatSubmitted,
    HelpPressed,
    LanguageChosen,
    NewCustomerPressed,
    ShopperWrote,
)
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.chat import ChatLine, ChatView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.share import ShareView
from kiosk_app.case.view.visit import Loss, RestoreView, RestoreWay
from kiosk_app.media.fake import FakeFrameSink
from kiosk_app.protocol.shared import Author, PaymentStep, ShareEndCause
from kiosk_app.till.builtin import ScanKind
from kiosk_app.till.terminal import Behaviour
from kiosk_app.ui.grabber import MASK
from kiosk_app.ui.notices import notice_icon
from kiosk_app.ui.sensitive import sensitive_rects
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.till.cart_pane import CartRow
from kiosk_app.ui.till.goods import Tile
from kiosk_app.ui.top_bar import StoreName
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import ElidedLabel
from kiosk_app.ui.widgets.number_pad import NumberPad
from kiosk_app.ui.widgets.scroll import ContentScroll
from tests.support.screens import BEER, LANDSCAPE, PORTRAIT, SIZES, TILL_SCREENS, Stage, settle
from tests.ui.conftest import OpenStage

MILK = "7310865004703"


def find(at: Stage, name: str) -> QWidget:
    found = [w for w in at.shell.findChildren(QWidget, name) if w.isVisible()]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def press(at: Stage, name: str) -> None:
    QTest.mouseClick(find(at, name), Qt.MouseButton.LeftButton)
    settle()


def label(at: Stage, name: str) -> str:
    widget = find(at, name)
    assert isinstance(widget, QLabel)
    return widget.text()


def place(at: Stage, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(at.shell, QPoint(0, 0)), widget.size())


def type_in(at: Stage, text: str) -> None:
    """Keys to whatever has the focus, as the window system sends them."""
    for sign in text:
        focus = at.shell.focusWidget() or at.shell
        if sign == "\n":
            QTest.keyClick(focus, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(focus, sign)


# --- Hjälp ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_help_is_at_the_same_place_and_uncovered_on_every_screen(
    open_stage: OpenStage, size: tuple[int, int]
) -> None:
    seen = set()
    for name, arrange in TILL_SCREENS.items():
        at = open_stage(size)
        arrange(at)
        settle()
        button = place(at, at.shell.help_button)
        seen.add(button.getRect())
        for corner in (button.topLeft(), button.center(), button.bottomRight()):
            assert at.shell.childAt(corner) is at.shell.help_button, name
        at.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
        assert place(at, at.shell.help_button).getRect() in seen
        assert at.shell.childAt(button.center()) is at.shell.help_button
    assert len(seen) == 1


def test_help_says_what_holds(portrait: Stage) -> None:
    button = portrait.shell.help_button
    says = {
        HelpView(): "Hjälp \N{EN DASH} svar inom 60 sek",
        HelpView(promise_seconds=180): "Hjälp \N{EN DASH} svar inom ca 3 min",
        HelpView(promise_seconds=None): "Hjälp \N{EN DASH} vi ringer upp",
        HelpView(HelpState.OPEN): "Hjälp \N{EN DASH} dölj",
        HelpView(HelpState.QUEUED, position=1): "Hjälp \N{EN DASH} nummer 1 i kön",
        HelpView(HelpState.AGENT, agent_name="Lisa", unread=1): (
            "Hjälp \N{EN DASH} Lisa är här · 1 nytt"
        ),
        HelpView(HelpState.FEEDBACK): "Hjälp \N{EN DASH} klart",
    }
    for view, name in says.items():
        portrait.show(View(help=view))
        assert button.accessibleName() == name


def test_help_feeds_one_press(portrait: Stage) -> None:
    press(portrait, "help_button")
    assert portrait.fed == [HelpPressed()]


# --- the till -------------------------------------------------------------------------------


def test_tapping_goods_fills_the_cart(portrait: Stage) -> None:
    portrait.fill()
    settle()
    assert label(portrait, "cart_total") == "142,50\N{NO-BREAK SPACE}kr"


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


# --- the scanner ----------------------------------------------------------------------------


def test_a_scan_reaches_the_till_without_any_focus(portrait: Stage) -> None:
    type_in(portrait, MILK + "\n")
    assert label(portrait, "cart_total") == "19,90\N{NO-BREAK SPACE}kr"


@pytest.mark.parametrize("name", ["help_button", "language_en", "new_customer"])
def test_no_key_steals_a_scan(portrait: Stage, name: str) -> None:
    find(portrait, name).setFocus()
    type_in(portrait, MILK + "\n")
    assert portrait.fed == []
    assert len(portrait.till.state.cart.lines) == 1


def test_enter_alone_still_presses_a_key(portrait: Stage) -> None:
    find(portrait, "help_button").setFocus()
    type_in(portrait, "\n")
    assert portrait.fed == [HelpPressed()]


def test_digits_stay_in_a_text_field(portrait: Stage) -> None:
    portrait.show(View(restore=RestoreView(RestoreWay.CODE, portrait.countdown(300, 200), 5)))
    field = find(portrait, "cart_code")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    type_in(portrait, "4821\n")
    assert portrait.fed == [CartCodeEntered("4821")]
    assert field.text() == ""
    assert portrait.shell.message == ""


def _chat_line(at: Stage) -> QLineEdit:
    at.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa"), help=HelpView(HelpState.AGENT)))
    line = find(at, "chat_input")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    return line


@pytest.mark.parametrize("code", [MILK, "73513537"])
def test_a_scan_into_a_chat_line_is_charged_and_not_sent(portrait: Stage, code: str) -> None:
    line = _chat_line(portrait)
    type_in(portrait, "Är det 3 kr ")
    portrait.clock.advance(1)
    told = portrait.till.scan(code).kind
    portrait.till.wipe()
    portrait.fed.clear()
    type_in(portrait, code + "\n")
    assert not [event for event in portrait.fed if isinstance(event, ChatSubmitted)]
    assert line.text() == "Är det 3 kr "
    assert line.hasFocus()
    # Nor seen by the agent as it is written, not even its first figure.
    assert {e.draft for e in portrait.fed if isinstance(e, ShopperWrote)} <= {"Är det 3 kr "}
    assert len(portrait.till.state.cart.lines) == (told is ScanKind.ADDED)
    # What was being written goes on.
    type_in(portrait, "nu?\n")
    assert portrait.fed[-1] == ChatSubmitted("Är det 3 kr nu?")


def test_a_scan_goes_where_it_was_aimed_into_the_middle_of_a_text(portrait: Stage) -> None:
    line = _chat_line(portrait)
    line.setText("hej där")
    line.setCursorPosition(3)
    type_in(portrait, MILK + "\n")
    assert (line.text(), line.cursorPosition()) == ("hej där", 3)
    assert label(portrait, "cart_total") == "19,90\N{NO-BREAK SPACE}kr"


def test_a_code_typed_by_hand_is_a_message(portrait: Stage) -> None:
    line = _chat_line(portrait)
    for sign in MILK:
        type_in(portrait, sign)
        portrait.clock.advance(0.06)
    # Each figure is seen as soon as the next shows that no scanner wrote it.
    assert ShopperWrote(MILK[:-1]) in portrait.fed
    type_in(portrait, "\n")
    assert portrait.fed[-1] == ChatSubmitted(MILK)
    assert (line.text(), portrait.till.state.cart.empty) == ("", True)


@pytest.mark.parametrize("figures", ["1234", "7310865004704", "731086500470", "0701234567"])
def test_quick_figures_that_are_no_code_are_a_message(portrait: Stage, figures: str) -> None:
    _chat_line(portrait)
    type_in(portrait, figures + "\n")
    assert portrait.fed[-1] == ChatSubmitted(figures)
    assert portrait.till.state.cart.empty


def test_the_keyboard_on_the_screen_never_scans(portrait: Stage) -> None:
    line = _chat_line(portrait)
    for sign in (*MILK, "\r"):
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key.Key_unknown
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(line, event)
    assert portrait.fed[-1] == ChatSubmitted(MILK)
    assert portrait.till.state.cart.empty


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4006381333931", "Vi känner inte igen koden"),
        ("7310865004704", "Koden gick inte att läsa"),
    ],
)
def test_a_wrong_scan_is_told_and_adds_nothing(portrait: Stage, typed: str, said: str) -> None:
    type_in(portrait, typed + "\n")
    assert portrait.shell.message.startswith(said)
    assert portrait.till.state.cart.empty
    type_in(portrait, MILK + "\n")
    assert portrait.shell.message == ""


def test_half_a_code_is_forgotten_after_a_pause(portrait: Stage) -> None:
    type_in(portrait, "731086")
    portrait.clock.advance(6)
    type_in(portrait, MILK + "\n")
    assert len(portrait.till.state.cart.lines) == 1


# --- the card's code ------------------------------------------------------------------------


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


# --- a new customer -------------------------------------------------------------------------


def test_an_empty_till_needs_no_question(portrait: Stage) -> None:
    press(portrait, "new_customer")
    assert portrait.fed == [NewCustomerPressed()]


def test_a_cart_is_emptied_by_the_second_press(portrait: Stage) -> None:
    portrait.show(View(loss=Loss.CART))
    key = find(portrait, "new_customer")
    assert isinstance(key, Key)
    before = place(portrait, key)
    press(portrait, "new_customer")
    assert portrait.fed == []
    assert (key.text(), key.kind) == ("Töm korgen?", KeyKind.STOP)
    assert key.accessibleName() == "Töm korgen? Tryck en gång till för ja."
    assert place(portrait, key) == before
    portrait.clock.advance(0.6)
    press(portrait, "new_customer")  # the second half of a double tap
    assert portrait.fed == []
    portrait.clock.advance(0.2)
    press(portrait, "new_customer")
    assert portrait.fed == [NewCustomerPressed()]
    assert key.text() == "Ny kund"


def test_a_question_that_nobody_answers_goes(portrait: Stage) -> None:
    portrait.show(View(loss=Loss.CART))
    press(portrait, "new_customer")
    (timer,) = [
        timer
        for timer in portrait.shell.findChildren(QTimer)
        if timer.isActive() and timer.interval() == 5000
    ]
    timer.timeout.emit()
    key = find(portrait, "new_customer")
    assert isinstance(key, Key)
    assert (key.text(), key.accessibleName(), key.kind) == ("Ny kund", "Ny kund", KeyKind.QUIET)
    portrait.clock.advance(5.1)
    press(portrait, "new_customer")
    assert portrait.fed == []


def test_an_open_case_is_not_ended_by_one_press(portrait: Stage) -> None:
    portrait.show(View(loss=Loss.HELP))
    press(portrait, "new_customer")
    assert portrait.fed == []
    key = find(portrait, "new_customer")
    assert isinstance(key, Key)
    assert key.text() == "Avsluta hjälpen?"


def test_a_question_about_what_is_lost_no_more_goes(portrait: Stage) -> None:
    portrait.show(View(loss=Loss.CART))
    press(portrait, "new_customer")
    portrait.show(View())
    key = find(portrait, "new_customer")
    assert isinstance(key, Key)
    assert key.text() == "Ny kund"
    press(portrait, "new_customer")
    assert portrait.fed == [NewCustomerPressed()]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_keys_at_the_top_say_theirs_on_one_line(
    open_stage: OpenStage, size: tuple[int, int], language: str
) -> None:
    at = open_stage(size, language)
    for name in ("language_sv", "language_en", "new_customer"):
        key = find(at, name)
        assert key.width() >= key.sizeHint().width(), name
        assert place(at, key).right() <= at.shell.width()


def test_a_long_name_of_the_till_ends_in_dots(portrait: Stage) -> None:
    name = ElidedLabel(portrait.shell.theme, "Självscanningskassa 12 vid utgången", Type.SMALL)
    name.setParent(portrait.shell)
    name.show()
    name.resize(200, 40)
    assert name.text().endswith("…")
    assert name.accessibleName() == "Självscanningskassa 12 vid utgången"
    name.resize(2000, 40)
    assert name.text() == "Självscanningskassa 12 vid utgången"


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


# --- words and looks ------------------------------------------------------------------------


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


def test_good_news_carries_no_warning() -> None:
    assert notice_icon(View(notice=Notice.LINK_BACK)) == "check"
    assert notice_icon(View(notice=Notice.CART_RESTORED)) == "check"
    assert notice_icon(View(notice=Notice.LINK_LOST)) == "warning"


# --- what the agent says while the sheet is folded ------------------------------------------


def _line(text: str, number: int = 1) -> ChatLine:
    return ChatLine(str(number), Author.AGENT, "Lisa", text, delivered=True)


def _folded(*lines: ChatLine, unread: int, notice: Notice | None = None) -> View:
    help_view = HelpView(HelpState.AGENT, agent_name="Lisa", unread=unread)
    chat = ChatView("Lisa", lines)
    return View(sheet=Sheet.CHAT, folded=True, help=help_view, chat=chat, notice=notice)


def test_a_line_of_the_agents_is_read_at_the_till(portrait: Stage) -> None:
    portrait.show(_folded(unread=0))
    portrait.show(_folded(_line("Tryck på\n<b>kort</b>"), unread=1))
    assert portrait.shell.message == "Lisa: Tryck på <b>kort</b>"
    # What is over by itself does not take it away, and it is a way into the chat.
    portrait.show(_folded(_line("Tryck på\n<b>kort</b>"), unread=1, notice=Notice.LINK_BACK))
    portrait.show(_folded(_line("Hallå"), _line("Ser du?", 2), unread=2, notice=None))
    assert portrait.shell.message == "Lisa: Ser du?"
    press(portrait, "message_line")
    assert portrait.fed == [HelpPressed()]
    portrait.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa", (_line("Hallå"),))))
    assert portrait.shell.message == ""


def test_a_long_line_takes_two(portrait: Stage) -> None:
    portrait.show(_folded(_line("Ta ut kortet och sätt i det igen, " * 12), unread=1))
    assert portrait.shell.message.endswith("…")
    (shown,) = find(portrait, "message_line").findChildren(QLabel)
    assert shown.heightForWidth(shown.width()) <= 2 * shown.fontMetrics().lineSpacing() + 2
    portrait.show(_folded(_line("Ja"), unread=0))
    portrait.show(_folded(_line("x" * 900, 2), unread=1))
    assert portrait.shell.message.endswith("…")
    longest = max(portrait.shell.message.split(), key=len)
    assert shown.fontMetrics().horizontalAdvance(longest) <= shown.width()
    portrait.show(_folded(unread=0))
    two = "Prova att hålla kortet mot läsaren igen, och vänta tills den piper."
    portrait.show(_folded(_line(two, 3), unread=1))
    assert portrait.shell.message == f"Lisa: {two}"
    assert shown.height() > 1.5 * shown.fontMetrics().lineSpacing()


def test_a_lost_link_is_said_on_the_button_and_of_the_share(portrait: Stage) -> None:
    button = portrait.shell.help_button
    portrait.show(
        View(
            sheet=Sheet.CHAT,
            folded=True,
            help=HelpView(HelpState.RECONNECTING, agent_name="Lisa"),
            notice=Notice.LINK_LOST,
            share_ended=ShareEndCause.LINK_LOST,
        )
    )
    assert button.accessibleName() == "Hjälp \N{EN DASH} försöker nå Lisa igen"
    assert "Din skärm visas inte längre." in portrait.shell.message
    portrait.show(View(sheet=Sheet.QUEUE, folded=True, help=HelpView(HelpState.RECONNECTING)))
    assert button.accessibleName() == "Hjälp \N{EN DASH} försöker nå support igen"


# --- languages, visits, the sheet -----------------------------------------------------------


def test_one_tap_changes_every_word(portrait: Stage) -> None:
    portrait.fill()
    settle()
    press(portrait, "language_en")
    assert portrait.fed == [LanguageChosen("en")]
    portrait.shell.show_view(View(language="en"))
    settle()
    pay = find(portrait, "pay_button")
    assert isinstance(pay, QAbstractButton)
    assert pay.text() == "Pay by card"
    assert portrait.shell.help_button.accessibleName() == "Help \N{EN DASH} answer within 60 sec"


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


def test_the_sheet_never_covers_foot_or_top_keys(open_stage: OpenStage) -> None:
    for size in (PORTRAIT, LANDSCAPE):
        at = open_stage(size)
        at.fill()
        at.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
        sheet = place(at, find(at, "overlay"))
        for name in ("help_button", "pay_button", "cart_total", "language_en", "new_customer"):
            assert not sheet.intersects(place(at, find(at, name))), (size, name)
        assert at.shell.sheet_rect() == sheet


def test_what_lies_behind_the_sheet_is_off_and_comes_back(portrait: Stage) -> None:
    portrait.fill()
    portrait.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
    assert not find(portrait, "till").isEnabled()
    assert find(portrait, "pay_button").isEnabled()
    portrait.show(View())
    assert find(portrait, "till").isEnabled()
    assert portrait.shell.focusWidget() is portrait.shell.help_button


def test_in_landscape_the_cart_stays_in_use_beside_the_sheet(open_stage: OpenStage) -> None:
    at = open_stage(LANDSCAPE)
    at.fill()
    at.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
    assert find(at, "cart").isEnabled()


def test_the_shops_name_is_off_where_the_sheet_dims_it(open_stage: OpenStage) -> None:
    for size, lit in ((PORTRAIT, True), (LANDSCAPE, False)):
        at = open_stage(size)
        (name,) = at.shell.findChildren(StoreName)
        at.show(View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN)))
        assert name.isEnabled() == lit
        at.show(View())
        assert name.isEnabled()


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


def test_the_banner_covers_nothing(open_stage: OpenStage) -> None:
    for size, language in product((PORTRAIT, LANDSCAPE), ("sv", "en")):
        at = open_stage(size, language)
        share = ShareView("Lisa", at.countdown(300, 250), live=True, renewable=False)
        at.show(View(share=share))
        banner = place(at, find(at, "share_banner"))
        for name in ("language_sv", "new_customer", "till", "help_button"):
            assert not banner.intersects(place(at, find(at, name))), (size, name)
        # Nor does the sheet, which lies over the shop's own part only.
        for name in ("language_sv", "new_customer", "help_button"):
            assert not at.shell.sheet_rect().intersects(place(at, find(at, name))), (size, name)


def test_the_wipe_leaves_nothing_typed(portrait: Stage) -> None:
    portrait.show(View(restore=RestoreView(RestoreWay.CODE, portrait.countdown(300, 200), 5)))
    field = find(portrait, "cart_code")
    assert isinstance(field, QLineEdit)
    field.setText("48")
    portrait.shell.scan("4006381333931")
    portrait.shell.till_wiped()
    assert (field.text(), field.isUndoAvailable(), portrait.shell.message) == ("", False, "")


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


@pytest.mark.en301549("5.1.6.2", "9.2.1.2", "9.2.4.3")
def test_tab_goes_through_everything_and_comes_back(portrait: Stage) -> None:
    portrait.fill("Kanelbulle")
    settle()
    seen: list[str] = []
    for _ in range(30):
        QTest.keyClick(portrait.shell.focusWidget() or portrait.shell, Qt.Key.Key_Tab)
        focus = portrait.shell.focusWidget()
        assert isinstance(focus, QAbstractButton)
        seen.append(focus.objectName() or focus.accessibleName() or focus.text())
        if len(seen) > 1 and seen[-1] == seen[0]:
            break
    assert seen[:3] == ["language_sv", "language_en", "looks_key"]
    assert seen[-4:-1] == ["Ta bort Kanelbulle", "pay_button", "help_button"]


@pytest.mark.en301549("9.2.4.7")
def test_the_focus_is_seen_once_a_key_moves_it(portrait: Stage) -> None:
    help_button = portrait.shell.help_button
    help_button.setFocus()
    settle()
    around = place(portrait, help_button).adjusted(-12, -12, 12, 12)
    before = portrait.shell.grab(around).toImage()
    QTest.keyClick(help_button, Qt.Key.Key_Tab)
    help_button.setFocus()
    settle()
    assert portrait.shell.grab(around).toImage() != before


@pytest.mark.parametrize("window", [(540, 960), (1280, 720), (720, 1280), (1080, 1920)])
def test_every_key_is_big_enough_and_whole_on_the_screen(
    open_stage: OpenStage, window: tuple[int, int]
) -> None:
    for name, arrange in TILL_SCREENS.items():
        at = open_stage(window, warm=False)
        arrange(at)
        settle()
        for key in at.shell.findChildren(QAbstractButton):
            if not key.isVisible() or key.visibleRegion().isEmpty():
                continue
            box = place(at, key)
            assert min(box.width(), box.height()) >= 44, (name, key.text(), box)
            assert key.accessibleName() or key.text(), (name, key)


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
