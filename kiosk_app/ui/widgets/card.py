"""Cards: a surface that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QWidget

from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size


class Card(QFrame):
    """``kind``: plain, tint or help, as in ``30_surfaces.qss``."""

    def __init__(self, kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", kind)


class Separator(QFrame):
    """A thin line between rows. Decoration only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "line")
        follow(theme, self, lambda: self.setFixedHeight(theme.px(Size.LINE)))
