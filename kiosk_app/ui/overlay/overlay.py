"""The help overlay: a sheet over the shop's part of the window; the foot stays live."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words, words
from kiosk_app.base.settings import OnScreenKeyboard
from kiosk_app.case.events import ClosePressed
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.notices import notice_icon, notice_text
from kiosk_app.ui.overlay.callback import CallbackScreen
from kiosk_app.ui.overlay.chat import ChatScreen
from kiosk_app.ui.overlay.consent import ConsentScreen
from kiosk_app.ui.overlay.failure import FailureScreen, SavingScreen
from kiosk_app.ui.overlay.feedback import FeedbackScreen
from kiosk_app.ui.overlay.guard import Guard
from kiosk_app.ui.overlay.handoff import HandoffScreen, MovedScreen
from kiosk_app.ui.overlay.keyboard import Keyboard
from kiosk_app.ui.overlay.menu import MenuScreen
from kiosk_app.ui.overlay.queue import WaitingScreen
from kiosk_app.ui.overlay.safety import SafetyScreen
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.overlay.sheet import SheetFrame
from kiosk_app.ui.overlay.slide import Slide
from kiosk_app.ui.overlay.writing import WritingLine
from kiosk_app.ui.painted import painted
from kiosk_app.ui.sensitive import OPENS_KEYS
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Motion, Space
from kiosk_app.ui.widgets.dialog import Dialog

_ABOVE = 32  # design px of dimmed shop above the highest sheet: one sees what one comes back to
_WIDEST = 1180  # a longer line than this is hard to read
# These come up by themselves as well, over a till that is being used.
_UNASKED = (Sheet.MOVED, Sheet.FEEDBACK, Sheet.SAVING, Sheet.FAILURE)
_REST_MS = 400  # nothing has changed for so long: time to paint ahead


class Overlay(Dialog):
    """Shows the screen that the view names; everything is built before it is ever shown.

    The window gives it its geometry: what lies between the top bar and the foot. All it knows
    comes by :meth:`show_view`; all the shopper wants goes to ``feed``.

    Signals: ``opened()`` and ``closed()``, so that the window can disable what lies behind and put
    the focus back on Hjälp; ``shown(object)`` with the sheet, once another screen is on it.
    """

    opened = Signal()
    closed = Signal()
    shown = Signal(object)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        feed: Feed,
        *,
        language: str = "sv",
        key_repeat_guard: float = 0.0,
        phone_region: str = "SE",
        on_screen_keyboard: OnScreenKeyboard = "touch",
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self.hide()
        self._theme, self._feed = theme, feed
        self._say: Words = words(language)
        self._view = View()
        self._screen: SheetScreen | None = None
        self.sheet = SheetFrame(theme, self)
        self.keyboard = Keyboard(theme, clock, self._say, repeat_guard=key_repeat_guard)
        self.sheet.body.addWidget(self.keyboard)
        make = (theme, clock, feed, self._say)
        waiting = WaitingScreen(*make)
        self.menu, self.waiting, self.chat = MenuScreen(*make), waiting, ChatScreen(*make)
        self.consent, self.feedback = ConsentScreen(*make), FeedbackScreen(*make)
        self.failure = FailureScreen(*make)
        self.callback = CallbackScreen(*make, region=phone_region)
        self._screens: dict[Sheet, SheetScreen] = {
            Sheet.MENU: self.menu,
            Sheet.QUEUE: waiting,
            Sheet.JOINING: waiting,
            Sheet.CHAT: self.chat,
            Sheet.SAFETY: SafetyScreen(*make),
            Sheet.CONSENT: self.consent,
            Sheet.HANDOFF: HandoffScreen(*make),
            Sheet.MOVED: MovedScreen(*make),
            Sheet.FEEDBACK: self.feedback,
            Sheet.SAVING: SavingScreen(*make),
            Sheet.FAILURE: self.failure,
            Sheet.CALLBACK: self.callback,
        }
        for screen in dict.fromkeys(self._screens.values()):
            self.sheet.add_screen(screen)
        for line in self.sheet.findChildren(WritingLine):
            if on_screen_keyboard == "never":
                continue
            by_hand = line.pressed if on_screen_keyboard == "always" else line.touched
            by_hand.connect(lambda line=line: self._open_keyboard(line))
            line.keys_wanted.connect(lambda line=line: self._open_keyboard(line, by_keys=True))
            line.setProperty(OPENS_KEYS, True)
        self._guard = Guard(self)
        self._announcer = Announcer(self)
        self._slide = Slide(theme, parent)
        self._slide.finished.connect(self._on_slide_finished)
        # The menu as it would come up now, painted while nobody waits for it.
        self._ahead: tuple[tuple[object, ...], QPixmap] | None = None
        # Memory for what is behind: eight megabytes that no press has to wait for.
        self._ground = QPixmap()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.warm)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WindowShortcut)
        escape.activated.connect(self._on_escape)
        self.sheet.close_key.clicked.connect(lambda: feed(ClosePressed()))
        self.keyboard.hidden_by_shopper.connect(self._on_keyboard_hidden)
        self.sheet.height_changed.connect(self._place)
        theme.changed.connect(self._place)
        # And once more when all of it has taken its new size.
        theme.changed.connect(self._place, Qt.ConnectionType.QueuedConnection)
        theme.changed.connect(self.update)
        self.retranslate(self._say.language)

    # What the window calls -------------------------------------------------------------------

    def show_view(self, view: View) -> None:
        """Draw ``view``: open, change or close the sheet as it says."""
        if view.language != self._say.language:
            self.retranslate(view.language)
        self._view = view
        screen = self._screens.get(view.sheet)
        if screen is not None and not view.folded:
            self._show_screen(screen, view)
            return
        self._close()
        if screen is not None:
            self._screen = self._screen or screen
            screen.show_part(view)
        elif self._screen is not None:
            # After the picture of it was taken: what slides away is what was there.
            self.wipe()
            self._screen = None
        if screen is None:
            self._rest.start()

    def retranslate(self, language: str) -> None:
        """Say everything in ``language`` from now on."""
        self._say = words(language)
        self.sheet.set_close_text(self._say("Close"))
        self.keyboard.retranslate(self._say)
        for screen in dict.fromkeys(self._screens.values()):
            screen.retranslate(self._say)
        self._rest.start()

    def warm(self) -> None:
        """Lay out and paint the menu, unseen, so that the press does not have to."""
        if self.isVisible() or self._view.sheet is not Sheet.NONE:
            return
        self._make_ground(self._place_in_window()[1].size())
        self._prepare(self.menu, self._view)
        if self._ahead is None or self._ahead[0] != self._looks():
            self._ahead = self._looks(), self.sheet.grab()
        self._screen = None

    def wipe(self) -> None:
        """Forget everything typed and shown: the next shopper finds a clean sheet."""
        for screen in dict.fromkeys(self._screens.values()):
            screen.wipe()
        self._announcer.tell("")
        self._hide_keyboard()
        if not self._ground.isNull():
            self._ground.fill(Qt.GlobalColor.black)

    # The sheet -------------------------------------------------------------------------------

    def _prepare(self, screen: SheetScreen, view: View) -> None:
        if self._screen is not screen:
            self._carry_draft(screen)
            self._hide_keyboard()
        self._screen = screen
        screen.show_part(view)
        self.sheet.set_heading(
            screen.heading(view), screen.second(view), screen.agent(view), screen.title_style
        )
        self.sheet.close_key.setVisible(screen.closable)
        self.sheet.set_notice(notice_text(view, self._say), notice_icon(view))
        self.sheet.show_screen(screen)
        self.setAccessibleName(self.sheet.title.text())
        self._place()

    def _show_screen(self, screen: SheetScreen, view: View) -> None:
        changed = screen is not self._screen
        was_open = self.isVisible()
        fresh = self._screen is None and screen is self.menu
        behind = QPixmap() if was_open or self._theme.reduced_motion else self._seen_behind()
        self._prepare(screen, view)
        self._announcer.tell(notice_text(view, self._say))
        if changed if was_open else view.sheet in _UNASKED:
            self._guard.keep(Motion.SHEET_UP)
        if was_open:
            if changed or not self._holds_focus():
                self._focus(screen, changed=changed)
            if changed:
                self.shown.emit(self.sheet)
            return
        self._slide.stop()
        self.show()
        if not behind.isNull():
            self._slide.setGeometry(self.geometry())
            self.stackUnder(self._slide)
            ahead = self._ahead if fresh and self._ahead else None
            sheet = ahead[1] if ahead and ahead[0] == self._looks() else self.sheet.grab()
            self._slide.start(self._dimmed(behind), sheet, self.sheet.pos(), up=True)
        self.opened.emit()
        self._focus(screen, changed=True)
        self.shown.emit(self.sheet)

    def _close(self) -> None:
        if not self.isVisible():
            return
        self._hide_keyboard()
        sheet = QPixmap() if self._theme.reduced_motion else self.sheet.grab()
        self.hide()
        if not sheet.isNull():
            self._slide.setGeometry(self.geometry())
            behind = self._dimmed(self._render_behind())
            self._slide.start(behind, sheet, self.sheet.pos(), up=False)
        self.closed.emit()

    def _on_slide_finished(self) -> None:
        self.update()

    def _looks(self) -> tuple[object, ...]:
        """All that the picture of a fresh menu depends on."""
        sheet, theme = self.sheet, self._theme
        return (
            *(sheet.title.text(), sheet.second.text(), sheet.notice_text, sheet.size()),
            *(self._say.language, theme.high_contrast, theme.landscape, self._view.menu),
        )

    def _seen_behind(self) -> QPixmap:
        """What is on the screen where the sheet will be, before it is there."""
        self._slide.stop()
        ratio, pixels = self._place_in_window()
        self._make_ground(pixels.size())
        self._ground.setDevicePixelRatio(1)
        painter = QPainter(self._ground)
        painter.drawImage(QRect(QPoint(0, 0), pixels.size()), painted(self.window()), pixels)
        painter.end()
        self._ground.setDevicePixelRatio(ratio)
        return self._ground

    def _place_in_window(self) -> tuple[float, QRect]:
        """The pixels to a unit, and where in the window's pixels this is."""
        window = self.window()
        ratio = window.devicePixelRatioF()
        corner = self.mapTo(window, QPoint(0, 0))
        return ratio, QRect(corner * ratio, self.size() * ratio)

    def _make_ground(self, size: QSize) -> None:
        if self._ground.size() != size:
            self._ground = QPixmap(size)
            self._ground.fill(Qt.GlobalColor.black)

    def _render_behind(self) -> QPixmap:
        """What the screen will show once the sheet is gone."""
        self._slide.stop()
        parent = self.parentWidget()
        return parent.grab(self.geometry()) if parent is not None else QPixmap()

    def _dimmed(self, behind: QPixmap) -> QPixmap:
        painter = QPainter(behind)
        self._paint_ground(painter)
        painter.end()
        return behind

    def _paint_ground(self, painter: QPainter) -> None:
        # No shadow: on the dimmed shop it would only be dirt, and cost a blend a frame.
        painter.fillRect(QRect(QPoint(0, 0), self.size()), self._theme.colour("dim"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that nobody took are the beginning of a sentence."""
        line = self._screen.writes_in() if self._screen else None
        text = event.text()
        if line is None or not line.isVisible() or not text.isalpha():
            super().keyPressEvent(event)
            return
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.insert(text)
        line.textEdited.emit(line.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._slide.stop()
        self._place()
        self._rest.start()

    def _place(self) -> None:
        """Put the sheet at the foot of the area, as high as its screen needs."""
        theme = self._theme
        side = theme.px(Space.SHEET_SIDE)
        width = min(self.width() - 2 * side, theme.px(_WIDEST))
        most = self.height() - theme.px(_ABOVE) - side
        if width <= 0 or most <= 0:
            return
        height = most
        self.sheet.fit_lasting(0 if self.keyboard.isVisibleTo(self.sheet) else most)
        if self._screen is not None and not self._screen.tall:
            self.sheet.resize(width, most)
            height = min(most, self._needed_height(width))
        left = (self.width() - width) // 2
        place = QRect(left, self.height() - side - height, width, height)
        if self.sheet.geometry() != place:
            self.sheet.setGeometry(place)
            self.update()

    def _needed_height(self, width: int) -> int:
        """The sheet's height around its screen; the stack itself knows only its largest page."""
        sheet, screen = self.sheet, self._screen
        layout, inside = sheet.layout(), screen.layout() if screen else None
        if layout is None or screen is None or inside is None:
            return sheet.height()
        # From the inside out: a text that has just changed tells only the card it stands in.
        for nested in reversed(screen.findChildren(QLayout)):
            nested.activate()
        inside.activate()
        layout.activate()
        margins = layout.contentsMargins()
        inner = width - margins.left() - margins.right()
        page = inside.totalHeightForWidth(inner) if inside.hasHeightForWidth() else 0
        page = max(page, inside.totalSizeHint().height() if page == 0 else 0)
        height = margins.top() + margins.bottom() + page + sheet.lasting_height(screen, inner)
        for at in range(layout.count()):
            item = layout.itemAt(at)
            if item is None or item.widget() is sheet.pages or item.isEmpty():
                continue
            part = item.heightForWidth(inner) if item.hasHeightForWidth() else 0
            height += max(part, item.minimumSize().height()) + layout.spacing()
        return height

    # Focus and writing -----------------------------------------------------------------------

    def _holds_focus(self) -> bool:
        holder = QApplication.focusWidget()
        return holder is not None and holder.isEnabled() and holder.isVisible()

    def _focus(self, screen: SheetScreen, *, changed: bool) -> None:
        holder = QApplication.focusWidget()
        outside = holder is not None and not self.isAncestorOf(holder)
        if outside and not changed and holder is not None and holder.isEnabled():
            return
        wanted = screen.first_focus() or self.sheet.close_key
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _carry_draft(self, screen: SheetScreen) -> None:
        """What was half written while waiting goes on in the chat."""
        if screen is self.chat and self._screen is self.waiting:
            draft = self.waiting.write.line
            if draft.text():
                self.chat.write.line.put(draft.text())
                draft.forget()

    def _open_keyboard(self, line: WritingLine, *, by_keys: bool = False) -> None:
        self.keyboard.open_for(line, by_keys=by_keys)
        if self._screen is not None:
            self._screen.set_compact(True)
        self.sheet.set_compact(True)
        self._place()

    def _hide_keyboard(self) -> None:
        self.keyboard.hide()
        if self._screen is not None:
            self._screen.set_compact(False)
        self.sheet.set_compact(False)

    def _on_keyboard_hidden(self) -> None:
        self._hide_keyboard()
        self._place()

    def _on_escape(self) -> None:
        if self._screen is None or self._screen.escape():
            return
        self._feed(ClosePressed())
