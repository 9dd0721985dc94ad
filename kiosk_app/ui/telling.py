"""What is told in one line: in the sheet while that is open, else over the till."""

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from kiosk_app.base.language import Words
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import View
from kiosk_app.protocol.shared import Author
from kiosk_app.ui.message_line import MessageLine
from kiosk_app.ui.notices import notice_icon, notice_text
from kiosk_app.ui.theme.theme import Theme


class Telling:
    """Chooses what is told and where. ``in_sheet`` says a text in the sheet, and whether it could;
    ``tapped`` is called when the shopper taps what the agent has written."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        say: Words,
        *,
        in_sheet: Callable[[str], bool],
        tapped: Callable[[], None],
    ) -> None:
        self._say, self._in_sheet = say, in_sheet
        self._line = MessageLine(theme, window)
        self._line.tapped.connect(tapped)
        self._room: QRect | None = None

    @property
    def text(self) -> str:
        """What the line over the till says now; empty when it is not there."""
        return self._line.text

    def tell(self, text: str, icon: str = "warning") -> None:
        if not self._in_sheet(text):
            self._line.say(text, icon)
            self._stand()

    def tell_or_clear(self, text: str) -> None:
        """Tell ``text``; an empty one takes away what was told."""
        if text:
            self.tell(text)
        else:
            self.clear()

    def show_view(self, view: View, before: View, *, sheet_open: bool) -> None:
        """What ``view`` has that ``before`` had not: a notice, a line that the agent wrote."""
        news = (view.notice, view.till_act) != (before.notice, before.till_act)
        if news and not sheet_open:
            self._show_notice(view)
        if sheet_open:
            self._clear_quote()
        elif view.help.unread > before.help.unread:
            self._quote_agent(view)

    def place(self, room: QRect) -> None:
        """From now on the line stands at the foot of ``room``."""
        self._room = room
        self._stand()

    def clear(self) -> None:
        self._line.clear()

    def retranslate(self, say: Words) -> None:
        """What was told in another language is over."""
        self._say = say
        self.clear()

    def _show_notice(self, view: View) -> None:
        text = notice_text(view, self._say)
        if text and view.notice is not Notice.CODE_WRONG:
            self.tell(text, notice_icon(view))
        elif not self._line.from_agent:
            self.clear()

    def _clear_quote(self) -> None:
        if self._line.from_agent:
            self.clear()

    def _quote_agent(self, view: View) -> None:
        """What the agent has just written, for whoever is busy at the till."""
        lines = view.chat.lines if view.chat is not None else ()
        said = [line for line in lines if line.author is Author.AGENT]
        if said and self._room is not None:
            self._line.quote(said[-1].name, said[-1].text, self._room.width())
            self._stand()

    def _stand(self) -> None:
        if self._room is not None and not self._line.isHidden():
            self._line.stand_in(self._room)
