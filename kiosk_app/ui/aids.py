"""What makes the window fit whoever stands before it: speech, arrows, and how it is shown.

Everything here goes back to the kiosk's own with the shopper.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk_app.base.language import Words
from kiosk_app.ui.arrows import Arrows
from kiosk_app.ui.looks import Looks, LooksPanel
from kiosk_app.ui.speech.narrator import Narrator
from kiosk_app.ui.speech.opening import Speech
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.widgets.scroll import bring_into_sight

REACH_MM = 1100.0  # from the floor: within reach of somebody who sits (EN 301 549, 8.3.2, 8.3.3)
LEAST_SHARE = 0.5  # of the window; with less there is no till left to use
STEADY_SECONDS = 0.5  # EN 301 549 V3.2.1, 5.8: adjustable up to at least this


class Aids(QObject):
    """Belongs to the window, which tells it what happens.

    ``parts``: what is on the screen now, in reading order. ``tell``: shows a sentence.

    Signals: ``changed()`` when the window must be arranged anew; ``steadied(float)`` with the
    seconds in which a key on the screen counts once, or -1 for the kiosk's own.
    """

    changed = Signal()
    steadied = Signal(float)

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        say: Words,
        parts: Callable[[], list[QWidget]],
        tell: Callable[[str], None],
        *,
        speech: Speech | None = None,
        panel_foot_mm: float = 700.0,
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._say = window, theme, say
        self._parts, self._foot_mm = parts, panel_foot_mm
        self._own = Looks(contrast=theme.high_contrast)
        self._looks = self._own
        self._arrows = Arrows(self)
        self._panel: LooksPanel | None = None
        self._back: QWidget | None = None
        self._step: object = None
        # Whoever uses keys must see the focus; whoever uses a finger begins to read at the top.
        self._by_keys = False
        self.narrator = (
            Narrator(window, speech.voice, speech.headset, speech.keys, say, self._seen, tell)
            if speech is not None
            else None
        )

    @property
    def looks(self) -> Looks:
        aloud = self.narrator is not None and self.narrator.on
        return replace(self._looks, aloud=aloud)

    @property
    def own(self) -> bool:
        """Whether the screen looks and sounds as each visit begins."""
        return self.looks == self._own

    def warm_up(self) -> None:
        """What was left out of the start."""
        if self.narrator is not None:
            self.narrator.listen()

    # What the window tells -----------------------------------------------------------------------

    def focus_moved(self, now: QWidget | None) -> None:
        self._arrows.follow(now)
        if now is not None and self._by_keys:
            bring_into_sight(now, self._theme.px(24))
        if self.narrator is not None:
            self.narrator.focus_moved(now)

    def take(self, event: QEvent) -> bool:
        """An event of the window itself, before any widget has it. True when that was all."""
        narrator = self.narrator
        match event.type():
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                self._by_keys = True
                return narrator is not None and narrator.key(event)
            case QEvent.Type.KeyRelease if narrator is not None:
                narrator.key_released()
            case QEvent.Type.MouseButtonPress | QEvent.Type.TouchBegin:
                self._by_keys = False
                if narrator is not None:
                    narrator.acted()
        return False

    def announced(self, text: str, *, urgent: bool, private: bool) -> None:
        if self.narrator is not None:
            self.narrator.announced(text, urgent=urgent, private=private)

    def shown(self, part: QWidget) -> None:
        """A screen of the sheet has come up."""
        if self.narrator is not None:
            self.narrator.shown(part)

    def step_reached(self, step: object) -> None:
        """The till is at ``step`` of the payment now."""
        if step != self._step:
            self._step = step
            if self.narrator is not None and self.narrator.on:
                self.narrator.read_all()

    def wiped(self) -> None:
        """The next shopper comes: the kiosk's own looks, no panel, as quiet as at the start."""
        if self._panel is not None:
            self._panel.hide()
        self.apply(self._own)
        if self.narrator is not None:
            self.narrator.wiped()

    def retranslate(self, say: Words) -> None:
        self._say = say
        if self._panel is not None:
            self._panel.retranslate(say)
        if self.narrator is not None:
            self.narrator.retranslate(say)

    def close(self) -> None:
        if self.narrator is not None:
            self.narrator.close()

    # Where things stand --------------------------------------------------------------------------

    def area(self, window: QSize) -> QRect:
        """The part of ``window`` px that everything is placed in."""
        high = self._reach(window) if self._looks.low else window.height()
        return QRect(0, window.height() - high, window.width(), high)

    def _reach(self, window: QSize) -> int:
        least = round(window.height() * LEAST_SHARE)
        return min(window.height(), max(least, self._theme.mm(REACH_MM - self._foot_mm)))

    def place(self, room: QRect) -> None:
        """The panel stands at the top of ``room``, as high as it needs."""
        if self._panel is not None and not self._panel.isHidden():
            high = min(room.height(), self._panel.wanted_height())
            self._panel.setGeometry(room.left(), room.top(), room.width(), high)

    # The panel -----------------------------------------------------------------------------------

    def toggle_panel(self) -> None:
        """ "Aa" was pressed."""
        if self._panel is not None and not self._panel.isHidden():
            self._panel.close_panel()
            return
        if self._panel is None:
            window = self._window.size()
            self._panel = LooksPanel(
                self._theme,
                self._say,
                self._window,
                low=self._reach(window) < window.height(),
                aloud=self.narrator is not None,
            )
            self._panel.chosen.connect(self._on_chosen)
            self._panel.closed.connect(self._on_panel_closed)
        self._panel.show_looks(self.looks)
        self._back = QApplication.focusWidget()
        self._panel.open_panel()
        self.changed.emit()
        self.shown(self._panel)

    def _on_panel_closed(self) -> None:
        if self._back is not None and self._back.isVisible() and self._back.isEnabled():
            self._back.setFocus()
        self._back = None

    def _on_chosen(self, looks: Looks) -> None:
        narrator = self.narrator
        if narrator is not None and looks.aloud != narrator.on:
            if looks.aloud:
                narrator.start()
            else:
                narrator.stop()
        self.apply(looks)

    def apply(self, looks: Looks) -> None:
        """Show the screen so from now on."""
        before, self._looks = self._looks, replace(looks, aloud=False)
        self._theme.set_looks(high_contrast=looks.contrast, large=looks.large)
        if looks.steady != before.steady:
            self.steadied.emit(STEADY_SECONDS if looks.steady else -1.0)
        if self._panel is not None:
            self._panel.show_looks(self.looks)
        if self._looks != before:
            self.changed.emit()

    def _seen(self) -> list[QWidget]:
        open_panel = self._panel is not None and not self._panel.isHidden()
        return [self._panel] if open_panel and self._panel is not None else self._parts()
