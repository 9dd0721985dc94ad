"""The call while its sheet is folded: an open microphone must be seen, and can be closed here."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk_app.base.language import Words, words
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.ui.call.strip import CallStrip
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Space


def wants_banner(view: View) -> bool:
    """Whether a call goes on that the chat does not show."""
    call = view.call
    return call is not None and call.running and (view.folded or view.sheet is not Sheet.CHAT)


class CallBanner(QFrame):
    """At the top of the window, below the share's banner where there is one."""

    def __init__(self, theme: Theme, feed: Feed, *, language: str, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("call_banner")
        self._say: Words = words(language)
        self.strip = CallStrip(theme, feed, "call_strip_folded", asks=False)
        layout = QVBoxLayout(self)
        theme.fit(layout, (Space.MARGIN // 2, 8, Space.MARGIN // 2, 8), 0)
        layout.addWidget(self.strip)
        self.hide()

    def show_view(self, view: View) -> None:
        """Come and go with the call."""
        if view.language != self._say.language:
            self._say = words(view.language)
        shown = wants_banner(view)
        self.strip.show_call(view.call if shown else None, self._say)
        self.setVisible(shown)
        if shown:
            self.raise_()

    def retranslate(self, say: Words) -> None:
        """The next view is drawn in the language of ``say``."""
        self._say = say

    def show_sound(self, shopper: int, agent: int) -> None:
        self.strip.show_sound(shopper, agent)

    def height_for(self, width: int) -> int:
        """What it takes of the window's height."""
        layout = self.layout()
        if layout is None or self.isHidden():
            return 0
        high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        return max(high, layout.totalMinimumSize().height())
