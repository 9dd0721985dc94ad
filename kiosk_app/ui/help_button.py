"""Hjälp: on every screen, at the same place, never covered, always telling the state."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QStylePainter, QWidget

from kiosk_app.base.language import Words
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import BIG_TOUCH_MM, Size, Type
from kiosk_app.ui.widgets.icon import paint_icon
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import repolish

_SECONDS_AS_SUCH = 90  # above this nobody counts seconds
_ICON = 48
_GAP = 18
_LINE_PADDING = 16
_LINE_MARGIN = 10  # above and below
_LEAST_LINE = 26  # design px: nothing on the kiosk is smaller
_SMALL = (136, 276)  # height and width of the quiet variant; a state fits under the name


def help_line(view: HelpView, say: Words) -> str:
    """What the button says under its name."""
    match view.state:
        case HelpState.PROMISE if not view.promised:
            return ""
        case HelpState.PROMISE:
            return promise_text(view.promise_seconds, say)
        case HelpState.OPEN:
            return say("Hide")
        case HelpState.QUEUED:
            if view.position is None:
                return say("Connecting you…")
            return say("Number {n} in the queue", n=view.position)
        case HelpState.JOINING if view.late:
            return say("{name} is late", name=view.agent_name)
        case HelpState.JOINING:
            return say("{name} is joining…", name=view.agent_name)
        case HelpState.AGENT:
            return _with_unread(say("{name} is here", name=view.agent_name), view, say)
        case HelpState.RECONNECTING:
            if not view.agent_name:
                return say("Trying to reach support again")
            again = say("Trying to reach {name} again", name=view.agent_name)
            return _with_unread(again, view, say)
        case HelpState.MOVED:
            return say("Continues on the phone")
        case HelpState.FEEDBACK:
            return say("Done")
        case HelpState.FAILED:
            return say("We will call you")
        case HelpState.CALLING:
            return say("We call this screen")
        case HelpState.OFFLINE:
            return say("No contact right now")
        case HelpState.RESTING:
            return rests_text(view, say)


def rests_text(view: HelpView, say: Words) -> str:
    """Till when no person can be asked for."""
    until = view.rests_until
    return say("Paused until {time}", time=say.time(until)) if until is not None else ""


def _with_unread(state: str, view: HelpView, say: Words) -> str:
    if not view.unread:
        return state
    unread = say.count("{n} unread", "{n} unread", view.unread)
    return f"{state} · {unread}"


def promise_text(seconds: int | None, say: Words) -> str:
    """When a person will answer."""
    if seconds is None:
        return say("We will call you")
    if seconds <= _SECONDS_AS_SUCH:
        return say("Answer within {n} sec", n=seconds)
    return say("Answer in about {n} min", n=round(seconds / 60))


class HelpButton(Key):
    """Yellow, and white with a yellow-brown edge while the sheet is open.

    Signals: ``variant_changed()`` when the office has switched its size, or whether it is there.
    """

    variant_changed = Signal()

    def __init__(self, theme: Theme, say: Words, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            "",
            KeyKind.HELP,
            height=Size.HELP_HEIGHT,
            width=Size.HELP_WIDTH,
            style=Type.HELP,
            parent=parent,
        )
        self.setObjectName("help_button")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._view = HelpView()
        self._sheet_open = False
        self._line = ""
        self.retranslate(say)

    @property
    def line(self) -> str:
        """What stands under the name now."""
        return self._line

    def _side(self, design: int) -> int:
        return self.theme.touch(design, mm=BIG_TOUCH_MM)

    def _high(self) -> int:
        return self._side(Size.HELP_LARGE if self.theme.large else Size.HELP_HEIGHT)

    def retranslate(self, say: Words) -> None:
        self._say = say
        self._word = say("Help")
        self._tell()

    def show_help(self, view: HelpView, *, sheet_open: bool) -> None:
        """Say the state of ``view``; ``sheet_open`` gives the quiet look."""
        before, self._view = self._view, view
        if view.button != before.button:
            small = view.button == "small"
            self.set_size(*(_SMALL if small else (Size.HELP_HEIGHT, Size.HELP_WIDTH)))
            self.setVisible(view.button != "hidden")
            self.variant_changed.emit()
        if sheet_open != self._sheet_open:
            self._sheet_open = sheet_open
            self.setProperty("open", sheet_open)
            repolish(self)
        self._tell()

    def _tell(self) -> None:
        self._line = help_line(self._view, self._say)
        starts_with_a_name = self._line.startswith(self._view.agent_name or "\0")
        line = self._line if starts_with_a_name else self._line[:1].lower() + self._line[1:]
        name = f"{self._word} \N{EN DASH} {line}" if line else self._word
        if name != self.accessibleName():
            self.setAccessibleName(name)
            self.update()

    def paint_content(self, painter: QStylePainter) -> None:
        theme = self.theme
        colour = theme.colour("ink" if self._sheet_open else "on_help")
        painter.setPen(colour)
        word_font = theme.font(Type.HELP)
        word = QFontMetrics(word_font)
        icon, gap = theme.px(_ICON), theme.px(_GAP)
        small = theme.font(Type.SMALL_STRONG)
        room = self.width() - 2 * theme.px(_LINE_PADDING)
        line_flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        between = theme.px(6)
        left_over = self.height() - word.height() - between - theme.px(2 * _LINE_MARGIN)

        def needed_by(font: QFont) -> QRect:
            return QFontMetrics(font).boundingRect(QRect(0, 0, room, 999), line_flags, self._line)

        needed = needed_by(small)
        while needed.height() > left_over and small.pixelSize() > theme.px(_LEAST_LINE):
            small.setPixelSize(small.pixelSize() - 1)
            needed = needed_by(small)
        block = word.height() + (between + needed.height() if self._line else 0)
        top = (self.height() - block) // 2
        width = icon + gap + word.horizontalAdvance(self._word)
        left = (self.width() - width) // 2
        box = QRectF(left, top + (word.height() - icon) / 2, icon, icon)
        paint_icon(painter, "chat", colour.name(), box)
        painter.setFont(word_font)
        painter.drawText(
            QRect(left + icon + gap, top, self.width(), word.height()),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            self._word,
        )
        painter.setFont(small)
        line_top = top + word.height() + between
        painter.drawText(
            QRect(theme.px(_LINE_PADDING), line_top, room, needed.height()), line_flags, self._line
        )
