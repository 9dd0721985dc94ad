"""The focus, visible on any surface: a dark ring outside a light one round what has it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Size

_OUTSIDE = 14  # design px from the widget's edge to the outside of the ring


class FocusRing(QWidget):
    """Follows the focus within ``window`` and lies above everything, deaf to the mouse.

    A finger has no use for it: after a press by hand it hides until a key moves the focus. Text
    fields draw their own edge.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._target: QWidget | None = None
        self._by_keys = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        theme.changed.connect(self._place)

    def follow(self, target: QWidget | None) -> None:
        """Go to ``target``, or hide. Told by the window of each change of focus."""
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = target if isinstance(target, QAbstractButton) else None
        if self._target is not None:
            self._target.installEventFilter(self)
        self._place()

    def set_by_keys(self, by_keys: bool) -> None:
        """Whether the last thing the shopper used was a key."""
        if by_keys != self._by_keys:
            self._by_keys = by_keys
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self.set_by_keys(False)
        elif kind in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        elif kind == QEvent.Type.DeferredDelete:
            self._target = None
            self.hide()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not self._by_keys or not target.isVisible():
            self.hide()
            return
        reach = self._theme.px(_OUTSIDE)
        corner = target.mapTo(self._window, QPoint(0, 0))
        box = QRect(corner, target.size()).adjusted(-reach, -reach, reach, reach)
        self.setGeometry(box)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = self._theme.px(Size.FOCUS)
        radius = self._theme.px(Size.RADIUS_KEY + _OUTSIDE)
        for order, token in enumerate(("focus", "focus_gap")):
            inset = stroke / 2 + order * stroke
            painter.setPen(QPen(self._theme.colour(token), stroke))
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, radius - inset, radius - inset)
        painter.end()
