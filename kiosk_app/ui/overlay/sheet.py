"""The sheet's frame: yellow edge, heading, second line, the way out, and what just changed."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kiosk_app.ui.overlay.avatar import Avatar
from kiosk_app.ui.overlay.lasting import LastingPart
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Space, Type
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.scroll import WholeScroll

_EDGE = 14
_CLOSE, _CLOSE_LOW = 88, 72
_ROOMY, _LOWERED = 680, 1200  # design px of the sheet's height


class Pages(QStackedWidget):
    """The screens, on the sheet's ground.

    It paints that ground again itself, so that Qt need not paint the till and the sheet below for
    a bar that moves or a picture that arrives: that is most of what such a frame costs.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("card"))
        painter.end()


class SheetFrame(QFrame):
    """What slides up; the screens are in :attr:`pages`.

    Signals: ``height_changed()`` when its frame needs more or less room than before.
    """

    height_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.avatar = Avatar(theme)
        self.title = PlainLabel(theme, "", Type.TITLE, wrap=True)
        self.second = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        self.close_key = Key(
            theme,
            "",
            KeyKind.SOFT,
            height=_CLOSE,
            style=Type.SECOND_STRONG,
            icon="close",
            icon_size=36,
        )
        self.close_key.setObjectName("overlay_close")
        self._close_text = ""
        self._compact = self._has_agent = False
        self._title_style = Type.TITLE
        self._words = words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 6)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.second)
        words.addStretch(1)
        head = QHBoxLayout()
        theme.fit(head, (0, 0, 0, 0), 28)
        head.addWidget(self.avatar)
        head.addLayout(words, 1)
        head.addWidget(self.close_key, 0, Qt.AlignmentFlag.AlignTop)
        self.notice = QFrame()
        self.notice.setObjectName("overlay_notice")
        self.notice.setProperty("notice", "true")
        self.notice.hide()
        self._notice_text = PlainLabel(theme, "", Type.SECOND_STRONG, wrap=True)
        line = QHBoxLayout(self.notice)
        theme.fit(line, (28, 20, 28, 20), 20)
        self._notice_icon = IconView(theme, "warning", "help_edge", 40)
        line.addWidget(self._notice_icon)
        line.addWidget(self._notice_text, 1)
        self.pages = Pages(theme)
        self._scrolls: dict[SheetScreen, WholeScroll] = {}
        self._lasting: dict[SheetScreen, LastingPart] = {}
        self.body = QVBoxLayout(self)
        self.body.addLayout(head)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.pages, 1)
        follow(theme, self, self._on_theme_changed)

    def add_screen(self, screen: SheetScreen) -> None:
        """Have ``screen`` among the pages; it scrolls where there is no room for it."""
        scroll = self._scrolls[screen] = WholeScroll(screen)
        page = QWidget()
        column = QVBoxLayout(page)
        self._theme.fit(column, (0, 0, 0, 0), Space.GAP)
        column.addWidget(scroll, 1)
        if screen.lasting is not None:
            self._lasting[screen] = LastingPart(screen.lasting, screen, column)
        self.pages.addWidget(page)

    def show_screen(self, screen: SheetScreen) -> None:
        scroll = self._scrolls[screen]
        page = scroll.parentWidget()
        if page is not None and self.pages.currentWidget() is not page:
            scroll.verticalScrollBar().setValue(0)
            self.pages.setCurrentWidget(page)

    def fit_lasting(self, room: int) -> None:
        """In large text what must not be scrolled away stands still, where ``room`` px of height
        leave enough for the rest."""
        theme = self._theme
        low = not theme.landscape and room < theme.px(_LOWERED)
        for screen, part in self._lasting.items():
            wanted = theme.large or (low and screen.lasts_when_low)
            part.set_apart(wanted and room >= theme.px(_ROOMY))

    def lasting_height(self, screen: SheetScreen, width: int) -> int:
        """The px of height under what scrolls."""
        part = self._lasting.get(screen)
        return part.height_for(width) if part is not None else 0

    def set_close_text(self, text: str) -> None:
        self._close_text = text
        # The sign alone in large text: the heading needs the room beside it.
        self.close_key.setText("" if self._theme.large else text)
        self.close_key.setAccessibleName(text)

    def set_heading(self, title: str, second: str, agent: str, style: Type) -> None:
        self._title_style = style
        self._fit_title()
        self.title.setText(title)
        self.second.setText(second)
        self.avatar.set_name(agent)
        self._has_agent = bool(agent)
        self._show_head()

    def set_compact(self, compact: bool) -> None:
        """Make room: the keyboard is on the screen."""
        if compact != self._compact:
            self._compact = compact
            self._on_theme_changed()

    @property
    def _low(self) -> bool:
        """Above the keyboard of a wide screen each line of the head is one of the chat less."""
        return self._compact and self._theme.landscape and not self._theme.large

    def _show_head(self) -> None:
        self.second.setVisible(bool(self.second.text()) and not self._low)
        self.avatar.setVisible(self._has_agent and not self._low)
        self.close_key.set_size(_CLOSE_LOW if self._low else _CLOSE)

    def _fit_title(self) -> None:
        # On a wide screen there is little height, and the heading is what can give some.
        wide, large = self._theme.landscape, self._theme.large
        self.title.set_style(Type.NAME if large else Type.HEADING if wide else self._title_style)

    def _on_theme_changed(self) -> None:
        self._fit_title()
        self._show_head()
        px, wide = self._theme.px, self._theme.landscape
        side = px(Space.MARGIN)
        above, below, between = (22, 28, 20) if wide else (34, 44, 28)
        if self._low:
            above, below, between = 10, 20, 12
        self.body.setContentsMargins(side, px(_EDGE + above), side, px(below))
        self.body.setSpacing(px(between))
        self._place_second()
        self.set_close_text(self._close_text)

    def _place_second(self) -> None:
        """Under the title; in large text under all of the head, for it needs the width."""
        self._words.removeWidget(self.second)
        self.body.removeWidget(self.second)
        if self._theme.large:
            self.body.insertWidget(1, self.second)
        else:
            self._words.insertWidget(2, self.second)

    @property
    def notice_text(self) -> str:
        """What the line under the heading says; empty when it is not there."""
        return self._notice_text.text()

    def set_notice(self, text: str, icon: str = "warning") -> None:
        """Say ``text`` under the heading; empty takes the line away."""
        self._notice_icon.set_icon(icon)
        if text != self._notice_text.text():
            self._notice_text.setText(text)
            self.notice.setVisible(bool(text))
            self.height_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.px(Size.RADIUS_SHEET)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.fillPath(whole, theme.colour("help"))
        below = QPainterPath()
        below.addRect(QRectF(self.rect()).adjusted(0, theme.px(_EDGE), 0, 0))
        painter.fillPath(whole.intersected(below), theme.colour("card"))
        if theme.high_contrast:
            # Black on black: without a line the sheet would have no edge but the yellow one.
            stroke = theme.px(Size.LINE) * 2
            inset = stroke / 2
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.setPen(QPen(theme.colour("help_edge"), stroke))
            painter.drawRoundedRect(box, radius - inset, radius - inset)
        painter.end()
