"""What stays in sight while the rest of a screen scrolls: the ways to a person, in large text."""

from PySide6.QtWidgets import QBoxLayout, QWidget


class LastingPart:
    """Moves ``part`` of ``screen`` under what scrolls, in ``column``, and back to its place."""

    def __init__(self, part: QWidget, screen: QWidget, column: QBoxLayout) -> None:
        self._part, self._screen, self._column = part, screen, column
        self._apart = False
        self._place = 0

    def set_apart(self, apart: bool) -> None:
        """Whether it stands under what scrolls."""
        home = self._screen.layout()
        if apart == self._apart or not isinstance(home, QBoxLayout):
            return
        self._apart = apart
        if apart:
            self._place = home.indexOf(self._part)
            self._column.addWidget(self._part)
        else:
            home.insertWidget(self._place, self._part)

    def height_for(self, width: int) -> int:
        """The px it takes with the gap above it; none where it scrolls with the rest."""
        if not self._apart or self._part.isHidden():
            return 0
        layout = self._part.layout()
        if layout is not None:
            layout.activate()
            if layout.hasHeightForWidth():
                return layout.totalHeightForWidth(width) + self._column.spacing()
        return self._part.sizeHint().height() + self._column.spacing()
