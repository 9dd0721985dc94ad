"""All of the call that stands in the chat."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.view.call import CallView
from kiosk_app.media.ports import Picture, Whose
from kiosk_app.protocol.call import CallPhase
from kiosk_app.ui.call.offer import CallOfferCard
from kiosk_app.ui.call.pictures import CallPictures
from kiosk_app.ui.call.strip import CallStrip
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.theme.theme import Theme, follow

_ASIDE = 560  # design px: wide enough for a question, and the chat keeps more
_UNBOUND = 16_777_215  # Qt's QWIDGETSIZE_MAX


class CallPanel(QWidget):
    """Strip, pictures and the card of a question, as there are any."""

    def __init__(self, theme: Theme, clock: Clock, feed: Feed) -> None:
        super().__init__()
        self.strip = CallStrip(theme, feed, "call_strip", asks=True)
        self.pictures = CallPictures(theme)
        self.offer = CallOfferCard(theme, clock, feed)
        self._theme = theme
        self._compact = False
        self._call: CallView | None = None
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), 16)
        layout.addWidget(self.strip)
        layout.addWidget(self.pictures)
        layout.addWidget(self.offer)
        layout.addStretch(1)
        follow(theme, self, self._arrange)

    def show_call(self, call: CallView | None, say: Words) -> None:
        """Draw ``call``."""
        self._call = call
        self.strip.show_call(call, say)
        if self._compact and call is not None and not call.running:
            self.strip.hide()
        camera = call is not None and call.camera
        self.pictures.set_call(call.agent_name if call else "", camera=camera, say=say)
        self.offer.show_offer(call, say)
        self.setVisible(not (self.strip.isHidden() and self.offer.isHidden()))
        self._arrange()

    @property
    def aside(self) -> bool:
        """Whether it stands beside the chat: on a wide screen, with more than keys to ask by,
        and words that have room there."""
        call = self._call
        busy = call is not None and (
            call.running or call.offer is not None or call.phase is CallPhase.ASKED
        )
        return busy and self._theme.landscape and not self._theme.large

    def _arrange(self) -> None:
        aside = self.aside
        self.strip.set_stacked(aside)
        self.offer.set_stacked(aside)
        self.setMaximumWidth(self._theme.px(_ASIDE) if aside else _UNBOUND)
        self.setMinimumWidth(self._theme.px(_ASIDE) if aside else 0)
        if aside and not self.offer.isHidden():
            self.pictures.hide()  # no height for both; the question comes first

    def set_compact(self, compact: bool, say: Words) -> None:
        """Make room for the keyboard: what is not going on can be asked for afterwards."""
        self._compact = compact
        self.show_call(self._call, say)

    def show_sound(self, shopper: int, agent: int) -> None:
        self.strip.show_sound(shopper, agent)

    def show_picture(self, whose: Whose, picture: Picture | None) -> None:
        self.pictures.show_picture(whose, picture)

    def wipe(self) -> None:
        """Nothing of this call stays."""
        self._call = None
        self.strip.wipe()
        self.pictures.wipe()
        self.offer.wipe()
