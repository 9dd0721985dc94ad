"""The cards that come up by themselves, and the eye on whether anybody is there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import words
from kiosk_app.case.presses import ScanFailed, Touched
from kiosk_app.case.view.screen import View
from kiosk_app.ui.chime import Chime, SystemChime
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.leaving_card import LeavingCard
from kiosk_app.ui.offer_card import OfferCard
from kiosk_app.ui.theme.theme import Theme

_TOUCHES_SECONDS = 1.0  # one in a second is enough to know that somebody is there
_TOUCHES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.KeyPress,
    QEvent.Type.Wheel,
)


class VisitCards(QObject):
    """Makes each card when it is first wanted: the start of the program needs none of them.

    ``changed`` tells whether the screen looks or sounds otherwise than as each visit begins.
    """

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        clock: Clock,
        feed: Feed,
        *,
        language: str,
        changed: Callable[[], bool] = lambda: False,
        chime: Chime | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._clock, self._feed = window, theme, clock, feed
        self._language = language
        self._changed = changed
        self._chime: Chime = chime or SystemChime(self)
        self._offer: OfferCard | None = None
        self._leaving: LeavingCard | None = None
        self._rects = (QRect(), QRect())
        self._touched_at = -_TOUCHES_SECONDS
        self._leaves = False

    def close(self) -> None:
        """The window goes: nothing sounds any more. Safe to repeat."""
        self._chime.close()

    # Is anybody there? -------------------------------------------------------------------------

    def see(self, event: QEvent) -> None:
        """Look at an event of the window's, before any widget has it."""
        if event.type() in _TOUCHES:
            self.touched()

    def touched(self) -> None:
        """Somebody is there."""
        now = self._clock.monotonic()
        if self._leaves or now - self._touched_at >= _TOUCHES_SECONDS:
            self._touched_at = now
            self._feed(Touched(changed=self._changed()))

    def looks_changed(self) -> None:
        """The shopper has made the screen fit, which the next one should not find."""
        self._feed(Touched(changed=self._changed()))

    def happened(self, what: str) -> None:
        """What a till's surface tells of the shopper; see ``Surface.happened``."""
        if what == "scan_failed":
            self._feed(ScanFailed())
        else:
            self.touched()

    # The cards ---------------------------------------------------------------------------------

    def show_view(self, view: View) -> None:
        if view.offer is not None and self._offer is None:
            say = words(self._language)
            self._offer = OfferCard(self._theme, self._feed, say, self._window)
        if self._offer is not None:
            self._offer.show_offer(view.offer)
        if view.leaving is not None and self._leaving is None:
            self._leaving = LeavingCard(
                self._theme,
                self._clock,
                self._feed,
                words(self._language),
                self._chime,
                self._window,
            )
        if self._leaving is not None:
            self._leaving.show_leaving(view.leaving)
        self._leaves = view.leaving is not None
        self._put()

    def place(self, offer: QRect, leaving: QRect) -> None:
        """Where there is room for each; they stand at its lower edge."""
        self._rects = (offer, leaving)
        self._put()

    def retranslate(self, language: str) -> None:
        self._language = language
        for card in (self._offer, self._leaving):
            if card is not None:
                card.retranslate(words(language))
        self._put()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Those that there are, for the order of the keyboard's focus."""
        return tuple(card for card in (self._offer, self._leaving) if card is not None)

    def _put(self) -> None:
        for card, room in zip((self._offer, self._leaving), self._rects, strict=True):
            layout = card.layout() if card is not None else None
            if card is None or layout is None or card.isHidden():
                continue
            # Twice: how many lines a key's words take is known once it has its width.
            for _ in range(2):
                layout.activate()
                high = min(room.height(), layout.totalHeightForWidth(room.width()))
                card.setGeometry(room.left(), room.bottom() + 1 - high, room.width(), high)
