"""The kiosk's window: top bar, till, foot; above them the sheet, the banner and the focus."""

from PySide6.QtCore import QEvent, QLocale, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import words
from kiosk_app.base.settings import OnScreenKeyboard
from kiosk_app.case.events import HelpPressed, LanguageChosen, NewCustomerPressed
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.media.ports import FrameSink, Picture, Whose
from kiosk_app.till.ports import Till
from kiosk_app.ui.aids import Aids
from kiosk_app.ui.chime import Chime
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.late import LateParts
from kiosk_app.ui.placing import Places, banner_width
from kiosk_app.ui.restore import RestoreCard
from kiosk_app.ui.speech.opening import Speech
from kiosk_app.ui.tab_order import TabOrder
from kiosk_app.ui.telling import Telling
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.surface import SurfaceMaker
from kiosk_app.ui.top_bar import StoreName, TopKeys
from kiosk_app.ui.visit_cards import VisitCards
from kiosk_app.ui.wedge import Wedge, text_field_has_focus
from kiosk_app.ui.widgets.focus_ring import FocusRing

_WARM_UP_MS = 150  # after the first paint: start-up is over, and no shopper is that quick


class Shell(QWidget):
    """The whole screen. Implements :class:`kiosk_app.kiosk.ports.Screen`.

    What the shopper wants of the case goes to ``feed``. What shows of the till is ``surface``'s.
    The sheet and the banner are made after the first paint, so that Hjälp is there at once.

    Signals: ``closed()``, the window; ``warmed()``, all of it is made.
    """

    closed = Signal()
    warmed = Signal()

    def __init__(
        self,
        *,
        till: Till,
        surface: SurfaceMaker,
        feed: Feed,
        clock: Clock,
        store: str,
        till_name: str,
        language: str = "sv",
        theme: Theme | None = None,
        closable: bool = True,
        key_repeat_guard: float = 0.0,
        phone_region: str = "SE",
        on_screen_keyboard: OnScreenKeyboard = "touch",
        speech: Speech | None = None,
        panel_foot_mm: float = 700.0,
        chime: Chime | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(store)
        self.theme = theme or Theme()
        self.theme.setParent(self)
        self.theme.changed.connect(self._on_theme_changed)
        self.setStyleSheet(self.theme.stylesheet())
        self._till, self._feed, self._closable = till, feed, closable
        self._say = say = words(language)
        self._view = View(language=language)
        self._places: Places | None = None
        self._store = StoreName(self.theme, store, till_name, self)
        self._keys = TopKeys(self.theme, clock, say, self)
        self._restore = RestoreCard(self.theme, clock, feed, say, self)
        self._help = HelpButton(self.theme, say)
        self._surface = surface(self.theme, say, self._help, self)
        self._cards = VisitCards(
            self,
            self.theme,
            clock,
            feed,
            language=language,
            changed=lambda: not self.aids.own,
            chime=chime,
        )
        self._late = LateParts(
            self,
            self.theme,
            clock,
            feed,
            self._surface,
            key_repeat_guard=key_repeat_guard,
            phone_region=phone_region,
            on_screen_keyboard=on_screen_keyboard,
        )
        self._telling = Telling(
            self.theme,
            self,
            say,
            in_sheet=self._late.tell_in_sheet,
            tapped=lambda: self._feed(HelpPressed()),
        )
        self._late.opened.connect(self._on_overlay_opened)
        self._late.closed.connect(self._on_overlay_closed)
        self._late.room_changed.connect(self._place)
        self._ring = FocusRing(self.theme, self)
        self.aids = Aids(
            self,
            self.theme,
            say,
            self._spoken_parts,
            self._telling.tell,
            speech=speech,
            panel_foot_mm=panel_foot_mm,
        )
        self._wedge = Wedge(clock, self.scan, self._take_card_digit, self)
        self._wedge.focus_key_pressed.connect(lambda: self._ring.set_by_keys(True))
        self._warm = False
        self._tab_order = TabOrder()
        # Until a key is used the window itself has the keyboard, for the scanner.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()
        self._turn_to_language()
        self._show_bar(self._surface.keeps_bar)
        self._connect()
        till.watch(self._on_till_changed)
        self._on_till_changed()

    def _connect(self) -> None:
        self._keys.language_chosen.connect(lambda code: self._feed(LanguageChosen(code)))
        self._keys.new_customer_pressed.connect(lambda: self._feed(NewCustomerPressed()))
        self._help.clicked.connect(lambda _=False: self._feed(HelpPressed()))
        self._keys.looks_pressed.connect(self.aids.toggle_panel)
        self.aids.changed.connect(self._place)
        self.aids.changed.connect(self._cards.looks_changed)
        self.aids.steadied.connect(self._late.steady_keys)
        self._late.shown.connect(self.aids.shown)
        self._surface.told.connect(self._telling.tell_or_clear)
        self._surface.till_wanted.connect(self._on_till_wanted)
        self._surface.finish_pressed.connect(lambda: self._feed(NewCustomerPressed()))
        self._surface.room_changed.connect(self._place)
        self._surface.happened.connect(self._cards.happened)
        self._restore.room_changed.connect(self._place)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _order_focus(self) -> None:
        """Tab goes as the eye does: top, kept cart, till, Hjälp. Late ones too."""
        cards = self._cards.parts
        parts = (self._keys, self._restore, *self._surface.parts, *cards, self._surface.foot)
        self._tab_order.follow(parts)

    # Screen ----------------------------------------------------------------------------------

    def show_view(self, view: View) -> None:
        """Draw ``view``: the button's state, the sheet, the banner and what the till may offer."""
        before, self._view = self._view, view
        if view.language != self._say.language:
            self.retranslate(view.language)
        sheet_open = view.sheet is not Sheet.NONE and not view.folded
        self._late.show_view(view)
        self._cards.show_view(view)
        if view.offer != before.offer:
            self._order_focus()
        self._keys.set_loss(view.loss)
        self._help.show_help(view.help, sheet_open=sheet_open)
        self._restore.show_restore(view.restore, wrong=view.notice is Notice.CODE_WRONG)
        if before.restore != view.restore:
            self._place()
        self._telling.show_view(view, before, sheet_open=sheet_open)

    def start_grabbing(self, sink: FrameSink) -> None:
        self._late.grabber.start(sink)

    def stop_grabbing(self) -> None:
        self._late.grabber.stop()

    def grab_whole(self) -> None:
        self._late.grabber.grab_whole()

    def show_sound(self, shopper: int, agent: int) -> None:
        self._late.show_sound(shopper, agent)

    def show_picture(self, whose: Whose, picture: Picture | None) -> None:
        self._late.show_picture(whose, picture)

    def till_wiped(self) -> None:
        self._wedge.forget()
        self._telling.clear()
        self._surface.wipe()
        self._restore.forget()
        self._late.wipe()
        QApplication.clipboard().clear()
        self.aids.wiped()
        self._help.setFocus(Qt.FocusReason.OtherFocusReason)

    # For those who put the window together and for tests -----------------------------------

    @property
    def help_button(self) -> HelpButton:
        return self._help

    @property
    def message(self) -> str:
        """What the message line says now; empty when it is not there."""
        return self._telling.text

    def sheet_rect(self) -> QRect:
        """Where the sheet and its dimmed ground may be: never over foot, top keys or banner."""
        return self._places.sheet if self._places else QRect()

    def retranslate(self, language: str) -> None:
        """Say everything in ``language`` from now on."""
        self._say = say = words(language)
        self._turn_to_language()
        self._telling.retranslate(say)
        for part in (self._keys, self._restore, self._help, self._surface):
            part.retranslate(say)
        self._late.retranslate(language)
        self.aids.retranslate(say)
        self._cards.retranslate(language)
        self._place()

    def _turn_to_language(self) -> None:
        # What a screen reader is told of the program and of each part of it (WCAG 3.1.1).
        locale = QLocale(self._say.language)
        QLocale.setDefault(locale)
        self.setLocale(locale)
        direction = Qt.LayoutDirection
        self.setLayoutDirection(
            direction.RightToLeft if self._say.right_to_left else direction.LeftToRight
        )
        # A hand that has found Hjälp finds it there again, in whatever language (WCAG 3.2.6).
        self._surface.foot.setLayoutDirection(direction.LeftToRight)

    def scan(self, untrusted_text: str) -> None:
        """What the scanner typed before its Enter."""
        self._surface.scan(untrusted_text)

    def warm_up(self) -> None:
        """Make what was left out of the start. Harmless to repeat."""
        self._warm = True
        self._late.make()
        self.aids.warm_up()
        self._place()
        self.warmed.emit()

    def announced(self, text: str, *, urgent: bool, private: bool) -> None:
        """Implements :class:`kiosk_app.ui.announce.Hearing`."""
        self.aids.announced(text, urgent=urgent, private=private)

    def _spoken_parts(self) -> list[QWidget]:
        till = [self._restore, *self._surface.parts, self._surface.foot]
        below = [self._late.sheet] if self._late.sheet is not None else till
        return [*self._cards.parts, *below]

    # -------------------------------------------------------------------------------------------

    def _on_till_wanted(self) -> None:
        if self._late.sheet_is_open:
            self._feed(HelpPressed())  # folds the sheet: the till is behind it

    def _on_till_changed(self) -> None:
        self._wedge.forget()
        self._restore.set_begun(not self._till.state.cart.empty)
        self._surface.refresh()
        self._order_focus()
        self._place()
        self.aids.step_reached(self._till.state.step)

    def _take_card_digit(self, event: QKeyEvent) -> bool:
        return not self._late.sheet_is_open and self._surface.take_key(event)

    def _on_overlay_opened(self) -> None:
        self._telling.clear()
        self._show_bar(True)
        self._surface.cover(True)
        self._restore.setEnabled(False)
        # In landscape the shop's name is under the sheet.
        self._store.setEnabled(not self.theme.landscape)

    def _on_overlay_closed(self) -> None:
        self._show_bar(self._surface.keeps_bar)
        self._surface.cover(False)
        self._restore.setEnabled(True)
        self._store.setEnabled(True)
        self.help_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_bar(self, shown: bool) -> None:
        self._store.setVisible(shown)
        self._keys.setVisible(shown)

    # Placing -----------------------------------------------------------------------------------

    def _on_theme_changed(self) -> None:
        self.setStyleSheet(self.theme.stylesheet())

    def _place(self) -> None:
        if self.width() < 1 or self.height() < 1:
            return
        area = self.aids.area(self.size())
        share = self._banner_height()
        places = self._surface.places(area.size(), share, self._keys.sizeHint().width())
        places = places.moved_down(area.top())
        restoring = self._view.restore is not None and self._surface.shopping
        self._restore.setVisible(restoring)
        if restoring:
            places = places.with_restore(self._restore.height_for(places.content.width()))
            self._restore.setGeometry(places.restore)
        self._places = places = self._surface.place(places, restoring=restoring)
        self._store.setGeometry(places.store)
        self._keys.setGeometry(places.keys)
        self._late.place(places.sheet, places.banner)
        # Below its key in the bar, not below a card that the open help may cover.
        self.aids.place(places.content.united(places.restore))
        beside_help = places.column if self.theme.landscape else places.message
        self._cards.place(beside_help, places.message)
        self._telling.place(places.message)

    def _banner_height(self) -> int:
        return self._late.banner_height(banner_width(self.theme, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.theme.fit_window(self.width(), self.height())
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        if not self._warm:
            self._warm = True
            QTimer.singleShot(_WARM_UP_MS, self, self.warm_up)

    # Keys ----------------------------------------------------------------------------------------

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        inside = now if now is not None and (now is self or self.isAncestorOf(now)) else None
        self._wedge.follow(inside)
        self._ring.follow(inside)
        self.aids.focus_moved(inside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not text_field_has_focus() and self._wedge.take(event):
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The window's own events, before any widget has them: a finger needs no focus ring.
        self._cards.see(event)
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self._ring.set_by_keys(False)
        return self.aids.take(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closable:
            event.ignore()
            return
        self._late.grabber.stop()
        self.aids.close()
        self._cards.close()
        super().closeEvent(event)
        self.closed.emit()
