"""Tab goes as the eye does, also to what comes up late."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class TabOrder:
    """Ties the stops together anew only where their number has changed."""

    def __init__(self) -> None:
        self._stops = 0

    def follow(self, parts: Iterable[QWidget]) -> None:
        """``parts`` in reading order; what takes the focus in each of them is a stop."""
        stops = [
            widget
            for part in parts
            for widget in part.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if len(stops) == self._stops:
            return
        self._stops = len(stops)
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
