"""The ring where the agent points, with their name: seen, and deaf to every press."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from kiosk_app.base.language import Words, words
from kiosk_app.case.view.agent import PointerView
from kiosk_app.case.view.screen import View
from kiosk_app.ui.announce import announce
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Type

_RING = 132
_STROKE = 12
_PAD = 20
_GAP = 10


class Pointer(QWidget):
    """Lies over ``window`` where the agent points, and is no bigger than what it draws."""

    def __init__(self, theme: Theme, window: QWidget, *, language: str = "sv") -> None:
        super().__init__(window)
        self.setObjectName("pointer")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme, self._window, self._say = theme, window, words(language)
        self._shown: PointerView | None = None
        self._name_below = True
        self.hide()

    def show_view(self, view: View) -> None:
        """Come and go with ``view.pointer``."""
        if view.language != self._say.language:
            self.retranslate(words(view.language))
        if view.pointer == self._shown:
            return
        self._shown = view.pointer
        if view.pointer is None:
            self.hide()
            return
        self._place(view.pointer)
        self.show()
        self.raise_()
        self.update()
        self.setAccessibleName(self._spoken(view.pointer))
        announce(self, self.accessibleName(), urgent=True)

    def retranslate(self, say: Words) -> None:
        self._say = say

    def _centre(self, pointer: PointerView) -> QPoint:
        window = self._window
        return QPoint(round(pointer.x * window.width()), round(pointer.y * window.height()))

    def _place(self, pointer: PointerView) -> None:
        theme = self._theme
        ring, name = theme.px(_RING), self._name_size(pointer)
        centre, gap = self._centre(pointer), theme.px(_GAP)
        width = max(ring, name.width())
        height = ring + gap + name.height()
        # Above the ring where there is no room below.
        self._name_below = centre.y() + ring // 2 + gap + name.height() <= self._window.height()
        top = centre.y() - ring // 2
        if not self._name_below:
            top -= gap + name.height()
        self.setGeometry(centre.x() - width // 2, top, width, height)

    def _name_size(self, pointer: PointerView) -> QRect:
        metrics = QFontMetrics(self._theme.font(Type.SECOND_STRONG))
        pad = self._theme.px(_PAD)
        width = metrics.horizontalAdvance(pointer.agent_name) + 2 * pad
        return QRect(0, 0, width, metrics.height() + pad)

    def _spoken(self, pointer: PointerView) -> str:
        """What is pointed at by its name, for whoever does not see the ring."""
        what = _name_of(self._window.childAt(self._centre(pointer)))
        if not what:
            return self._say("{name} points at the screen", name=pointer.agent_name)
        return self._say("{name} points at: {what}", name=pointer.agent_name, what=what)

    def paintEvent(self, event: QPaintEvent) -> None:
        pointer = self._shown
        if pointer is None:
            return
        theme = self._theme
        ring, name, gap = theme.px(_RING), self._name_size(pointer), theme.px(_GAP)
        ring_top = 0 if self._name_below else name.height() + gap
        name_top = ring + gap if self._name_below else 0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = theme.px(_STROKE)
        box = QRectF((self.width() - ring) / 2, ring_top, ring, ring)
        # Light outside and inside the blue: it stands out on whatever it lies.
        for colour, wide in (("on_pointer", stroke), ("pointer", stroke * 0.6)):
            painter.setPen(QPen(theme.colour(colour), wide))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(stroke, stroke, -stroke, -stroke))
        pill = QRectF((self.width() - name.width()) / 2, name_top, name.width(), name.height())
        painter.setPen(QPen(theme.colour("on_pointer"), theme.px(2)))
        painter.setBrush(theme.colour("pointer"))
        inside = pill.adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, pill.height() / 2, pill.height() / 2)
        painter.setPen(theme.colour("on_pointer"))
        painter.setFont(theme.font(Type.SECOND_STRONG))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), pointer.agent_name)
        painter.end()


def _name_of(widget: QWidget | None) -> str:
    """The nearest name that ``widget`` stands under."""
    while widget is not None:
        if widget.accessibleName():
            return widget.accessibleName()
        if isinstance(widget, QAbstractButton | QLabel) and widget.text():
            return widget.text()
        if widget.isWindow():
            return ""
        widget = widget.parentWidget()
    return ""
