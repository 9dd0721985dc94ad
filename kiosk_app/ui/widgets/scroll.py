"""A list that is as high as what is in it, until there is no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class ContentScroll(QScrollArea):
    """Scrolls up and down only, asks for its content's height, and takes no focus itself."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._follow_end = False
        self._content = content
        self.setWidget(content)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def sizeHint(self) -> QSize:
        hint = self._content.sizeHint()
        layout, width = self._content.layout(), self.viewport().width()
        if layout is not None and layout.hasHeightForWidth():
            return QSize(hint.width(), layout.totalHeightForWidth(width))
        return hint

    def minimumSizeHint(self) -> QSize:
        # Qt asks for the scroll bar's least height also where there is nothing to scroll.
        hint = super().minimumSizeHint()
        return QSize(hint.width(), min(hint.height(), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # what wraps differently has another height

    def to_end(self) -> None:
        """Bring the end into sight, now or as soon as the content has been laid out."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._follow_end = True

    def _on_range_changed(self, _least: int, most: int) -> None:
        if self._follow_end:
            self._follow_end = False
            self.verticalScrollBar().setValue(most)
