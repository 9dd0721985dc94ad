"""Where the shopper writes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Space, Type


class TextField(QLineEdit):
    """One line of text, as high as a key. The placeholder is its accessible name as well."""

    def __init__(
        self, theme: Theme, placeholder: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.set_placeholder(placeholder)
        # The field's own menu (copy, paste, undo) belongs to a desktop, not to a shop's floor.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        follow(theme, self, self._on_theme_changed)

    def set_placeholder(self, text: str) -> None:
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def forget(self) -> None:
        """Drop the text and everything that could be undone to."""
        self.setText("")

    def hold_back(self, before: str | None) -> None:
        """The figures that follow may be a scan: until that is known, ``before`` is what was
        written here. None: whatever stands here was written."""

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(Type.BODY))
        high = self.fontMetrics().height() + 2 * self._theme.px(Size.FOCUS + Space.TIGHT)
        self.setFixedHeight(max(self._theme.touch(Size.KEY), high))
