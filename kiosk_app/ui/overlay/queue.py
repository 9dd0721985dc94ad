"""Waiting: for a person, and then for the one who is on the way."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import (
    ArticlesPressed,
    CallbackPressed,
    ChatSubmitted,
    HandoffPressed,
    LeavePressed,
    ShopperTyped,
)
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.wait import JoiningView, LateReason, QueueView
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.opening import opening_text
from kiosk_app.ui.overlay.safety import SafetyKey
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.overlay.writing import WritingRow
from kiosk_app.ui.theme.theme import Theme, follow, row_or_column
from kiosk_app.ui.theme.tokens import Size, Space, Type
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring, time_left_text

_RING, _RING_LATE = 280, 196
_KEY_IN_TWO_ROWS = 84  # in a wide window, so that all of the page is seen without scrolling


class _Status(QWidget):
    """Two lines under the ring, as one node for those who listen."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.first = PlainLabel(theme, "", Type.HEADING, wrap=True)
        self.other = PlainLabel(theme, "", Type.BODY, tone="second", wrap=True)
        self.lines = (self.first, self.other)
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), 16)
        for label in self.lines:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)


class WaitingScreen(SheetScreen):
    """The queue and the one who is coming: same ring, same line to write in, nothing jumps."""

    lasts_when_low = True

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self._queue: QueueView | None = None
        self._joining: JoiningView | None = None
        self._announcer = Announcer(self)
        self.ring = Ring(theme, clock, size=_RING, width=18, style=Type.TITLE)
        self.queue_status = _Status(theme, "queue_status")
        self.agent_status = _Status(theme, "agent_status")
        self._late = IconView(theme, "chat", "spruce", 160)
        self._compact = False
        self._known = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        self._known.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.write = WritingRow(theme, "queue_input", "queue_send")
        self._sent = PlainLabel(theme, "", Type.SECOND_STRONG, tone="spruce_deep", wrap=True)
        self.leave = Key(theme, "", KeyKind.QUIET)
        self.leave.setObjectName("queue_leave")
        self.callback = Key(theme, "", KeyKind.HELP, icon="phone")
        self.callback.setObjectName("queue_callback")
        self.articles = Key(theme, "", KeyKind.QUIET)
        self.articles.setObjectName("queue_articles")
        self.phone = Key(theme, "", KeyKind.QUIET, icon="mobile", icon_size=40)
        self.phone.setObjectName("queue_phone")
        self._phone_offered = False
        words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 24)
        words.addStretch(1)
        words.addWidget(self.queue_status)
        words.addWidget(self.agent_status)
        words.addWidget(self._known)
        words.addStretch(1)
        self._middle = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        theme.fit(self._middle, (0, 0, 0, 0), 48)
        self._middle.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignCenter)
        self._middle.addWidget(self._late, 0, Qt.AlignmentFlag.AlignCenter)
        self._middle.addLayout(words, 1)
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), 24)
        layout.addStretch(2)
        layout.addLayout(self._middle)
        layout.addStretch(3)
        layout.addWidget(self._sent)
        layout.addWidget(self.write)
        self._ways = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        theme.fit(self._ways, (0, 0, 0, 0), Space.GAP)
        self._elsewhere = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        theme.fit(self._elsewhere, (0, 0, 0, 0), Space.GAP)
        self._elsewhere.addWidget(self.callback, 1)
        self._elsewhere.addWidget(self.phone, 1)
        self._ways.addLayout(self._elsewhere, 2)
        keys = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row_or_column(theme, keys)
        theme.fit(keys, (0, 0, 0, 0), Space.GAP)
        keys.addWidget(self.articles, 1)
        keys.addWidget(self.leave, 1)
        self._ways.addLayout(keys, 2)
        layout.addLayout(self._ways)
        self.safety = self.lasting = SafetyKey(theme, feed)
        layout.addWidget(self.safety)
        self.ring.ticked.connect(self._on_ring_ticked)
        self.write.submitted.connect(lambda text: feed(ChatSubmitted(text)))
        self.write.edited.connect(lambda text: feed(ShopperTyped(bool(text))))
        self.leave.clicked.connect(lambda: feed(LeavePressed()))
        self.articles.clicked.connect(lambda: feed(ArticlesPressed()))
        self.callback.clicked.connect(lambda: feed(CallbackPressed()))
        self.phone.clicked.connect(lambda: feed(HandoffPressed()))
        self.retranslate(say)
        follow(theme, self, self._arrange)

    def _arrange(self) -> None:
        """The words under the ring, or beside it where the window is wide."""
        wide = self._theme.landscape
        direction = QBoxLayout.Direction
        in_row = {self._middle: wide, self._elsewhere: wide and not self._theme.large}
        for part, row in in_row.items():
            part.setDirection(direction.LeftToRight if row else direction.TopToBottom)
        # Beside many large lines the ring would else be where one has to scroll to.
        top = Qt.AlignmentFlag.AlignTop if wide and self._theme.large else Qt.AlignmentFlag(0)
        for sign in (self.ring, self._late):
            self._middle.setAlignment(sign, top or Qt.AlignmentFlag.AlignCenter)
        self._arrange_ways()
        side = Qt.AlignmentFlag.AlignLeft if wide else Qt.AlignmentFlag.AlignHCenter
        for label in (*self.queue_status.lines, *self.agent_status.lines, self._known):
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def _arrange_ways(self) -> None:
        """In a wide window all in one row, but four are too many for long words."""
        theme = self._theme
        four = not self.callback.isHidden() and not self.phone.isHidden()
        row = theme.landscape and not theme.large and not four
        direction = QBoxLayout.Direction
        self._ways.setDirection(direction.LeftToRight if row else direction.TopToBottom)
        two_rows = theme.landscape and not theme.large and not row
        high = _KEY_IN_TWO_ROWS if two_rows else Size.KEY
        for key in (self.callback, self.phone, self.articles, self.leave):
            key.set_size(high)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.leave.setVisible(not compact)
        self._show_words()
        self._show_ways()
        self._show_ring()

    def _show_words(self) -> None:
        sent = bool(self._queue and self._queue.text_sent)
        self._sent.setVisible(sent and not self._compact)
        late = bool(self._queue and self._queue.late)
        self._known.setVisible(self._joining is None and not late and not self._compact)

    def _show_ring(self) -> None:
        """The ring while there is time to show; else the mark, for an empty ring says nothing."""
        counting = self.ring.text not in ("", "0 s")
        late = bool(self._queue and self._queue.late) and not self._theme.landscape
        self.ring.set_size(_RING_LATE if late else _RING)  # there is more to say and to choose
        self._middle.setSpacing(self._theme.px(24 if late else 48))
        self.ring.setVisible(counting and not self._compact)
        self._late.setVisible(not counting and not self._compact)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self.write.set_words(
            say("You can write what happened now"), say("What happened"), say("Send")
        )
        self.safety.retranslate(say)
        self._sent.setText(say("Your message is sent. You can write more."))
        self._known.setText(
            say("We pass on your cart, the shop and your step. You need not explain.")
        )
        self.ring.set_label(say("Time until someone answers"))
        self.articles.setText(say("Read tips"))
        self.callback.setText(say("Have us call you"))
        self.phone.setText(say("Continue on your phone"))

    def show_part(self, view: View) -> None:
        joining = view.sheet is Sheet.JOINING
        self._queue, self._joining = view.queue, view.joining
        self._phone_offered = view.phone
        self.queue_status.setVisible(not joining)
        self.agent_status.setVisible(joining)
        self.leave.setText(self._say("End help") if joining else self._say("Leave the queue"))
        wait = view.queue.wait if view.queue else None
        self.ring.set_countdown(
            view.joining.eta if joining and view.joining else None if joining else wait
        )
        self._show_words()
        self._show_ways()
        if joining and view.joining:
            self._tell_joining(view.joining)
        else:
            late, why = self._late_texts()
            if view.queue is not None and view.queue.nobody:
                why = opening_text(view.opening, self._say)
            place = self._position_text()
            self.queue_status.other.setText(f"{place}. {why}" if why else place)
            self._announcer.tell(
                " ".join(filter(None, (f"{place.removesuffix('.')}.", late, why)))
            )
        self._on_ring_ticked(0)

    def _tell_joining(self, joining: JoiningView) -> None:
        say, name = self._say, joining.agent_name
        if joining.late:
            self.agent_status.other.setText(
                say("{name} has your case and will write to you here.", name=name)
            )
            self._announcer.tell(say("{name} is late.", name=name))
        else:
            self.agent_status.other.setText(say("You can stay right here."))
            self._announcer.tell(say("{name} is on the way to you.", name=name))

    def _show_ways(self) -> None:
        """What else there is to do, once the wait is longer than what was said."""
        late = self._joining.late if self._joining else bool(self._queue and self._queue.late)
        for key in (self.callback, self.articles):
            key.setVisible(late and not self._compact)
        self.phone.setVisible(self._phone_offered and not self._compact)
        self._arrange_ways()
        self.safety.setVisible(self._joining is None and not self._compact)

    def heading(self, view: View) -> str:
        if view.sheet is Sheet.JOINING and view.joining:
            if view.joining.late:
                return self._say("{name} is late.", name=view.joining.agent_name)
            return self._say("{name} is on the way to you.", name=view.joining.agent_name)
        if view.queue and view.queue.call_here:
            return self._say("We call this screen")
        if view.queue and view.queue.late:
            return self._say("You are in the queue")
        return self._say("Help is on the way")

    def second(self, view: View) -> str:
        return self._say("Your receipt stays.") if view.paid else self._say("Your cart stays.")

    def agent(self, view: View) -> str:
        return view.joining.agent_name if view.sheet is Sheet.JOINING and view.joining else ""

    def writes_in(self) -> QLineEdit:
        return self.write.line

    def wipe(self) -> None:
        self._queue = self._joining = None
        self.write.line.forget()
        self.ring.set_countdown(None)
        self._announcer.tell("")

    def _late_texts(self) -> tuple[str, str]:
        """That it takes longer than promised, and why; empty while it does not."""
        say, queue = self._say, self._queue
        if queue is None or queue.late is None:
            return "", ""
        if queue.late is LateReason.NOBODY:
            text = say("Nobody answers right now. We see your case as soon as somebody comes.")
            return text, ""
        why = (
            say("Many need help right now.")
            if queue.late is LateReason.OTHERS
            else say("Everyone who can answer is busy.")
        )
        if queue.promised_seconds is None:
            return why, ""
        return say("You have waited longer than we promised."), why

    def _position_text(self) -> str:
        position = self._queue.position if self._queue else None
        if position is None:
            return self._say("We are looking for someone who can help.")
        return self._say("You are number {n} in the queue", n=position)

    def _on_ring_ticked(self, _left: float) -> None:
        now, say = self._clock.monotonic(), self._say
        if self._joining is not None:
            left = self._joining.eta.left(now)
            name = self._joining.agent_name
            self.agent_status.first.setText(
                say("{name} is joining… {time}", name=name, time=time_left_text(left))
                if left > 0
                else say("{name} is late.", name=name)
            )
        wait = self._queue.wait if self._queue else None
        left = wait.left(now) if wait else 0.0
        late, _why = self._late_texts()
        if self._queue is not None and self._queue.call_here:
            text = say("You can go on at the till meanwhile.")
        elif late:
            text = late
        elif wait is None:
            text = say("Connecting you to support…")
        elif left > 0:
            text = say("Connecting you to support… {time} left", time=time_left_text(left))
        else:
            text = say("It takes longer than we thought. You keep your place.")
        self.queue_status.first.setText(text)
        self._show_ring()
