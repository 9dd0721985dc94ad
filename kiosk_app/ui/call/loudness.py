"""Who is heard: bars that follow the sound (EN 301 549 6.2.2.4)."""

import time

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk_app.base.language import Words
from kiosk_app.ui.theme.theme import Theme, follow

LEVELS = 9  # as the media process counts
_BARS = 5
_HEARD_FROM = 2  # a shop is never quite silent
_STAYS_SECONDS = 1.0  # a name that came and went with each syllable would be noise itself


class LoudnessSign(QWidget):
    """Five bars of rising height. Beside a name, and with a name of its own for whoever does not
    see it: "Lisa hörs", "Lisa är tyst"."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._level = 0
        self._who = ""
        self._say: Words | None = None
        self._heard_at = 0.0
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.setInterval(int(_STAYS_SECONDS * 1000))
        self._quiet.timeout.connect(self._name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        follow(theme, self, self.updateGeometry)

    @property
    def level(self) -> int:
        return self._level

    def set_who(self, who: str, say: Words) -> None:
        """Whose sound it is; empty for the shopper's own."""
        self._who, self._say = who, say
        self._name()

    def set_level(self, level: int) -> None:
        """0 (silence) to 9; drawn with the next frame."""
        if level >= _HEARD_FROM:
            self._heard_at = time.monotonic()
            self._quiet.start()
        if level != self._level:
            self._level = level
            self.update()
        self._name()

    def _name(self) -> None:
        say = self._say
        if say is None:
            return
        heard = time.monotonic() - self._heard_at < _STAYS_SECONDS
        if self._who:
            text = say("{name} is heard", name=self._who)
            name = text if heard else say("{name} is silent", name=self._who)
        else:
            name = say("You are heard") if heard else say("You are silent")
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(76), self._theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = round(self._level * _BARS / LEVELS)
        step = self.width() / _BARS
        for bar in range(_BARS):
            high = self.height() * (bar + 2) / (_BARS + 1)
            box = QRectF(bar * step, self.height() - high, step * 0.62, high)
            colour = self._theme.colour("spruce_deep" if bar < lit else "spruce_tint")
            painter.setPen(self._theme.colour("spruce_deep"))
            painter.setBrush(colour)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        painter.end()
