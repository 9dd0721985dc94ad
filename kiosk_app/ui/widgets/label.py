"""Text on the screen. Always plain: what comes from outside cannot bring markup with it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type


class PlainLabel(QLabel):
    """A text in one of the theme's styles.

    ``tone`` is ``""`` (ink) or a tone of ``00_base.qss``: second, shop, stop, on_spruce, on_ink,
    on_help, spruce_deep. No accessible name is set on purpose: it would hide the text from
    assistive programs and silence its changes.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        style: Type = Type.BODY,
        *,
        tone: str = "",
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wanted = self.alignment()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(wrap)
        self.setText(text)
        if tone:
            self.setProperty("tone", tone)
        self._theme, self._style, self._tabular = theme, style, tabular
        follow(theme, self, self._on_theme_changed)

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        """Left is where a line begins in the window's language, right where it ends."""
        self._wanted = alignment
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        # Qt goes by each text's own letters: a name in others would stand at the wrong end.
        wanted, sides = self._wanted, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft and wanted & sides:
            wanted = (wanted ^ sides) | Qt.AlignmentFlag.AlignAbsolute
        super().setAlignment(wanted)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._style, tabular=self._tabular))

    def set_style(self, style: Type) -> None:
        self._style = style
        self._on_theme_changed()

    def set_tone(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)


class ElidedLabel(PlainLabel):
    """One line that ends in … where there is no room for all of it. Read aloud as a whole."""

    def __init__(self, theme: Theme, text: str, style: Type, *, tone: str = "") -> None:
        self._whole = text
        super().__init__(theme, text, style, tone=tone)
        self.setAccessibleName(text)
        self.setMinimumWidth(1)

    def _align(self) -> None:
        """The shop's name stands where it is in every language."""

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance(self._whole), super().sizeHint().height()
        )

    def _elide(self) -> None:
        room = self.contentsRect().width()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
