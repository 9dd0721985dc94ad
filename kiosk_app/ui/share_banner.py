"""While the agent may see the screen: a banner that says so, how long, and how to stop it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words, words
from kiosk_app.case.events import ShareRenewPressed, ShareStopPressed
from kiosk_app.case.view.screen import View
from kiosk_app.case.view.share import ShareView
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.theme.theme import Theme, follow, row_or_column
from kiosk_app.ui.theme.tokens import Space, Type
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring, time_left_text

_FRAME = 14  # design px


class ShareFrame(QObject):
    """A yellow frame round the whole of ``window``, deaf to every press.

    Four thin bars and not one widget with a hole: what changes inside them repaints nothing.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self.bars = [QFrame(window) for _ in range(4)]
        for bar in self.bars:
            bar.setProperty("share_edge", "true")
            bar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            bar.hide()
        window.installEventFilter(self)
        follow(theme, self, self._place)

    def set_shown(self, shown: bool) -> None:
        for bar in self.bars:
            bar.setVisible(shown)
            if shown:
                bar.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        edge = self._theme.px(_FRAME)
        width, height = self._window.width(), self._window.height()
        top, bottom, left, right = self.bars
        top.setGeometry(0, 0, width, edge)
        bottom.setGeometry(0, height - edge, width, edge)
        left.setGeometry(0, 0, edge, height)
        right.setGeometry(width - edge, 0, edge, height)


class ShareBanner(QFrame):
    """Shown exactly while the view holds a share; the frame round the window exactly while the
    agent sees it, and not while a lost connection is made anew."""

    def __init__(
        self, theme: Theme, clock: Clock, feed: Feed, *, language: str = "sv", window: QWidget
    ) -> None:
        super().__init__(window)
        self.setObjectName("share_banner")
        self.hide()
        self._theme, self._clock, self._say = theme, clock, words(language)
        self._share: ShareView | None = None
        self._announcer = Announcer(self)
        self.frame = ShareFrame(theme, window)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._who = PlainLabel(theme, "", Type.SECOND_STRONG, tone="on_help", wrap=True)
        self.ring = Ring(
            theme,
            clock,
            size=72,
            width=10,
            show_text=False,
            colour="on_help",
            track="help_pressed",
        )
        self.countdown = PlainLabel(theme, "", Type.HEADING, tone="on_help", tabular=True)
        self.countdown.setObjectName("share_countdown")
        self.renew = Key(theme, "", KeyKind.QUIET, height=96, padding=28)
        self.renew.setObjectName("share_renew")
        self.stop = Key(theme, "", KeyKind.STOP, height=96, padding=36)
        self.stop.setObjectName("share_stop")
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        theme.fit(layout, (Space.MARGIN, _FRAME + 6, Space.MARGIN, 20), Space.GAP)
        self._icon = IconView(theme, "screen", "on_help", 56)
        line, keys = QHBoxLayout(), QHBoxLayout()
        for part in (line, keys):
            theme.fit(part, (0, 0, 0, 0), Space.GAP)
        line.addWidget(self._icon)
        line.addWidget(self._who, 1)
        line.addWidget(self.ring)
        line.addWidget(self.countdown)
        keys.addWidget(self.renew)
        keys.addWidget(self.stop)
        layout.addLayout(line, 1)
        layout.addLayout(keys)
        row_or_column(theme, layout)
        self.ring.ticked.connect(self._on_ring_ticked)
        self.stop.clicked.connect(lambda: feed(ShareStopPressed()))
        self.renew.clicked.connect(lambda: feed(ShareRenewPressed()))
        self.retranslate(self._say)

    def show_view(self, view: View) -> None:
        """Come and go with ``view.share``."""
        if view.language != self._say.language:
            self.retranslate(words(view.language))
        share = self._share = view.share
        self.ring.set_countdown(share.left if share else None)
        if share is not None:
            self._who.setText(self._who_text(share))
            self.renew.setVisible(share.renewable)
            # Upright there is no room for all of it, and the keys are what must be whole.
            crowded = share.renewable and not self._theme.landscape
            self._who.set_style(Type.SECOND_STRONG if crowded else Type.KEY)
            self._icon.setVisible(not crowded)
            self.ring.setVisible(not crowded)
            self._on_ring_ticked(share.left.left(self._clock.monotonic()))
        self.setVisible(share is not None)
        self.frame.set_shown(share is not None and share.live)
        if share is not None:
            self.raise_()
        self._announcer.tell(self._who.text() if share else "", urgent=True)

    def retranslate(self, say: Words) -> None:
        self._say = say
        self.stop.setText(say("Stop sharing"))
        self.renew.setText(say("Share 5 min more"))
        self.ring.set_label(say("Time left of the sharing"))
        if self._share is not None:
            self._who.setText(self._who_text(self._share))

    def height_for(self, width: int) -> int:
        """What it needs at ``width`` px, in whatever words."""
        layout = self.layout()
        needed = layout.totalHeightForWidth(width) if layout is not None else 0
        return max(needed, self.sizeHint().height())

    def _who_text(self, share: ShareView) -> str:
        if share.live:
            return self._say("{name} sees the screen", name=share.agent_name)
        return self._say("Reconnecting…")

    def _on_ring_ticked(self, left: float) -> None:
        self.countdown.setText(time_left_text(left) if self._share else "")
