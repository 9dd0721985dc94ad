"""A QR code, black on white whatever the theme: cameras read nothing else as surely."""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk_app.ui.theme.theme import Theme, follow

_QUIET_ZONE = 4  # modules of white around it, ISO/IEC 18004


class QrCode(QWidget):
    """Shows the text given to :meth:`set_text`, about ``size`` design px wide: as near to it as
    whole pixels a module come, so that edges do not blur."""

    def __init__(self, theme: Theme, name: str, size: int = 280) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme, self._size = theme, size
        self._rows: tuple[bytes, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(theme, self, self.updateGeometry)

    def set_text(self, text: str) -> None:
        self._rows = (
            tuple(bytes(row) for row in segno.make(text, micro=False, error="m").matrix)
            if text
            else ()
        )
        self.updateGeometry()
        self.update()

    @property
    def _modules(self) -> int:
        return len(self._rows) + 2 * _QUIET_ZONE

    def sizeHint(self) -> QSize:
        side = self._modules * max(1, round(self._theme.px(self._size) / self._modules))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        module = max(1, self.width() // self._modules)
        start = (self.width() - module * len(self._rows)) / 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    box = QRectF(start + x * module, start + y * module, module, module)
                    painter.fillRect(box, Qt.GlobalColor.black)
        painter.end()
