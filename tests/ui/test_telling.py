"""What is told over the till while the sheet is folded."""

from PySide6.QtWidgets import QLabel

from kiosk_app.case.events import HelpPressed
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.chat import ChatLine, ChatView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.protocol.shared import Author, ShareEndCause
from kiosk_app.ui.notices import notice_icon
from tests.support.screens import Stage
from tests.support.window import find, press


def test_good_news_carries_no_warning() -> None:
    assert notice_icon(View(notice=Notice.LINK_BACK)) == "check"
    assert notice_icon(View(notice=Notice.CART_RESTORED)) == "check"
    assert notice_icon(View(notice=Notice.LINK_LOST)) == "warning"


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
