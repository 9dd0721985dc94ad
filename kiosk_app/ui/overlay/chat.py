"""The conversation with the agent."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import (
    ChatSubmitted,
    HandoffPressed,
    LeavePressed,
    LettersSwitched,
    ShopperTyped,
    ShopperWrote,
)
from kiosk_app.case.view.chat import ChatLine, ChatView, LettersView
from kiosk_app.case.view.screen import View
from kiosk_app.protocol.shared import Author
from kiosk_app.ui.announce import announce
from kiosk_app.ui.call.panel import CallPanel
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.overlay.bubble import Bubble
from kiosk_app.ui.overlay.letters import LocalLetters, RemoteLetters
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.overlay.writing import WritingRow
from kiosk_app.ui.sensitive import mark_private
from kiosk_app.ui.theme.theme import Theme, follow, row_or_column
from kiosk_app.ui.theme.tokens import Space
from kiosk_app.ui.widgets.key import Key, KeyKind


class Bubbles(QScrollArea):
    """The bubbles, newest at the bottom; it stays there unless the shopper scrolls up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chat_log")
        mark_private(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._inside = QWidget()
        self._layout = QVBoxLayout(self._inside)
        self._layout.addStretch(1)
        self._low = False
        self.setWidget(self._inside)
        self._bubbles: dict[str, Bubble] = {}
        self._at_end = True
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range_changed)
        bar.valueChanged.connect(self._on_value_changed)
        follow(theme, self, self._fit)

    @property
    def bubbles(self) -> list[Bubble]:
        return list(self._bubbles.values())

    def show_lines(self, lines: tuple[ChatLine, ...], say: Words) -> list[ChatLine]:
        """Make the log say ``lines``; those that were not there before are given back."""
        wanted = {line.id for line in lines}
        for gone in [key for key in self._bubbles if key not in wanted]:
            bubble = self._bubbles.pop(gone)
            self._layout.removeWidget(bubble)
            bubble.setParent(None)
            bubble.deleteLater()
        fresh = []
        for at, line in enumerate(lines):
            known = self._bubbles.get(line.id)
            if known is None:
                known = self._bubbles[line.id] = Bubble(self._theme, line)
                known.set_low(self._low)
                self._layout.insertWidget(at + 1, known)
                fresh.append(line)
                known.show_line(line, say)
                known.fit(self._width())
                if line.author is Author.SHOPPER:
                    self._at_end = True
            else:
                known.show_line(line, say)
        return fresh

    def set_low(self, low: bool) -> None:
        """Put as many lines into the height as can be."""
        if low != self._low:
            self._low = low
            for bubble in self._bubbles.values():
                bubble.set_low(low)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _width(self) -> int:
        return self.viewport().width() - self._theme.px(8)

    def _fit(self) -> None:
        self._layout.setContentsMargins(0, 0, self._theme.px(8), 0)
        self._layout.setSpacing(self._theme.px(8 if self._low else 20))
        for bubble in self._bubbles.values():
            bubble.fit(self._width())

    def _on_range_changed(self, _low: int, high: int) -> None:
        if self._at_end:
            self.verticalScrollBar().setValue(high)

    def _on_value_changed(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum() - self._theme.px(40)


class ChatScreen(SheetScreen):
    """Bubbles, what the agent is writing, a line to write in, and the way to end it."""

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self._chat: ChatView | None = None
        self.call = CallPanel(theme, clock, feed)
        self.log = Bubbles(theme)
        self.remote = RemoteLetters(theme)
        self.write = WritingRow(theme, "chat_input", "chat_send")
        self.local = LocalLetters(theme)
        self.switch = Key(theme, "", KeyKind.QUIET)
        self.switch.setObjectName("rtt_switch")
        self.end = Key(theme, "", KeyKind.QUIET)
        self.end.setObjectName("chat_end")
        self.phone = Key(theme, "", KeyKind.QUIET, icon="mobile", icon_size=40)
        self.phone.setObjectName("chat_phone")
        self._phone_offered = False
        self._letters: LettersView | None = None
        self._compact = False
        self._calling = self._asked = False
        keys = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.fit(keys, (0, 0, 0, 0), Space.GAP - 4)
        row_or_column(theme, keys)
        for key in (self.end, self.switch, self.phone):
            # Three of them have room for one line of words each on a wide screen only.
            key.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            keys.addWidget(key, 1)
        layout = QVBoxLayout()
        theme.fit(layout, (0, 0, 0, 0), 20)
        self._column = layout
        layout.addWidget(self.log, 1)
        layout.addWidget(self.remote)
        layout.addWidget(self.write)
        layout.addWidget(self.local)
        self._whole = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        theme.fit(self._whole, (0, 0, 0, 0), 20)
        self._whole.addWidget(self.call)
        self._whole.addLayout(layout, 1)
        outer = QVBoxLayout(self)
        theme.fit(outer, (0, 0, 0, 0), 20)
        outer.addLayout(self._whole, 1)
        outer.addLayout(keys)
        self.write.submitted.connect(lambda text: feed(ChatSubmitted(text)))
        self.write.edited.connect(lambda text: feed(ShopperTyped(bool(text))))
        self.write.line.wrote.connect(lambda text: feed(ShopperWrote(text)))
        self.switch.clicked.connect(self._on_switch_clicked)
        self.end.clicked.connect(lambda: feed(LeavePressed()))
        self.phone.clicked.connect(lambda: feed(HandoffPressed()))
        self.retranslate(say)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self.write.set_words(say("Write here"), say("Your message"), say("Send"))
        self.end.setText(say("End help"))
        self.phone.setText(say("Continue on your phone"))
        self.log.setAccessibleName(say("Conversation"))

    def show_part(self, view: View) -> None:
        chat = view.chat or ChatView("")
        first = self._chat is None
        self._chat, self._letters = chat, view.letters
        self._phone_offered = view.phone
        self.phone.setVisible(view.phone and not self._compact)
        fresh = self.log.show_lines(chat.lines, self._say)
        self.remote.show_letters(view.letters, chat.agent_name, chat.agent_typing, self._say)
        self.local.show_letters(view.letters, self._say)
        self._show_switch()
        self._calling = view.call is not None and view.call.running
        self._asked = view.call is not None and view.call.offer is not None
        self._fit_remote()
        self.call.show_call(view.call, self._say)
        direction = QBoxLayout.Direction
        self._whole.setDirection(
            direction.RightToLeft if self.call.aside else direction.TopToBottom
        )
        heard = [line for line in fresh if line.author is Author.AGENT]
        if heard and not first:
            announce(self, f"{heard[-1].name}: {heard[-1].text}", private=True)

    def heading(self, view: View) -> str:
        return view.chat.agent_name if view.chat else ""

    def second(self, view: View) -> str:
        return self._say("Support · sees your cart")

    def agent(self, view: View) -> str:
        return view.chat.agent_name if view.chat else ""

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.end.setVisible(not compact)
        self.call.set_compact(compact, self._say)
        self.phone.setVisible(self._phone_offered and not compact)
        self._fit_remote()
        self._show_switch()

    def first_focus(self) -> QWidget:
        return self.log

    def writes_in(self) -> QLineEdit:
        return self.write.line

    def wipe(self) -> None:
        self._chat = self._letters = None
        self.write.line.forget()
        self.call.wipe()
        self.remote.wipe()
        self.local.wipe()
        self.log.show_lines((), self._say)

    def _fit_remote(self) -> None:
        """Above the keyboard of a wide screen, or under a call, or a question, there is room for
        one line."""
        tight = self._asked or (self._compact and (self._theme.landscape or self._calling))
        self.log.set_low(self._compact and self._theme.landscape and not self._theme.large)
        self.remote.set_room(1 if tight else 2 if self._calling else 3)
        self._column.setSpacing(self._theme.px(8 if tight else 20))

    def _show_switch(self) -> None:
        letters = self._letters
        self.switch.setVisible(letters is not None and not self._compact)
        on = letters is None or letters.on
        self.switch.setText(
            self._say("Hide while I write") if on else self._say("Show while I write")
        )

    def _on_switch_clicked(self) -> None:
        if self._letters is not None:
            self._feed(LettersSwitched(on=not self._letters.on))
