"""What scrolls, and only where there is no room for all of it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
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
        self._whole = False
        self._content = content
        self.setWidget(content)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def sizeHint(self) -> QSize:
        hint = self._content.sizeHint()
        layout, width = self._content.layout(), self.viewport().width()
        if layout is not None and layout.hasHeightForWidth():
            return QSize(hint.width(), layout.totalHeightForWidth(width))
        return hint

    def set_whole(self, whole: bool) -> None:
        """Whether it takes all the height it needs, for what it stands in to scroll."""
        if whole != self._whole:
            self._whole = whole
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        if self._whole:
            return QSize(super().minimumSizeHint().width(), self.sizeHint().height())
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


class WholeScroll(QScrollArea):
    """Lets ``content`` fill it, and scrolls where even its least height is more than there is:
    in large text, and when the screen is lowered."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content = content
        self.setWidget(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().size()
        bar = self.verticalScrollBar()
        # Not from what the bar takes now: a page that is not shown has none that is visible.
        whole = self.contentsRect().width()
        need = self._need(whole)
        if need > room.height():
            need = self._need(whole - bar.sizeHint().width())
            whole -= bar.sizeHint().width()
        self._content.resize(whole, max(room.height(), need))

    def _need(self, width: int) -> int:
        layout = self._content.layout()
        if layout is None:
            return 0
        if layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(width)
        return layout.totalMinimumSize().height()


def bring_into_sight(widget: QWidget, margin: int) -> None:
    """Scroll whatever ``widget`` lies in so far that it shows, with ``margin`` px round it."""
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            content = at.widget()
            if content is not None and content.isAncestorOf(widget):
                corner = widget.mapTo(content, QPoint(0, 0))
                box = QRect(corner, widget.size())
                at.ensureVisible(box.center().x(), box.bottom(), 0, margin)
                at.ensureVisible(box.center().x(), box.top(), 0, margin)
        at = at.parentWidget()
