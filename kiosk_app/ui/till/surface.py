"""What the window asks of the part of it that is a till's own, whoever made the till.

The window knows the till by its port and what is shown of it by this; it owns the top bar, Hjälp,
the message line, the kept cart and the sheet.
"""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk_app.base.language import Words
from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.placing import Places, landscape_places, portrait_places
from kiosk_app.ui.theme.theme import Theme

AreasTold: TypeAlias = Callable[[list[QRect], bool], None]
"""Takes what must be masked, and whether a later picture may show more."""


class Surface(QObject):
    """A till's widgets in the window, and where they stand. By itself it shows nothing at all.

    ``foot`` holds Hjälp, which the window lends it. ``parts`` are its other widgets, children of
    the window, in the order in which the eye meets them.

    Signals: ``room_changed()`` when other places are wanted; ``told(str)`` with a line for the
    shopper, empty when the last one is over; ``till_wanted()`` when something was pressed whose
    answer a sheet would hide; ``finish_pressed()`` when the shopper is done; ``happened(str)``
    with "activity" or "scan_failed" where the window cannot see it itself.
    """

    keeps_bar = True
    """Whether the top bar is there without a sheet as well."""

    room_changed = Signal()
    told = Signal(str)
    till_wanted = Signal()
    finish_pressed = Signal()
    happened = Signal(str)

    def __init__(self, theme: Theme, foot: QWidget, parts: tuple[QWidget, ...]) -> None:
        super().__init__(foot)
        self.theme, self.foot, self.parts = theme, foot, parts

    @property
    def shopping(self) -> bool:
        """Whether a kept cart may be offered now."""
        return True

    def refresh(self) -> None:
        """Draw what the till says now."""

    def retranslate(self, say: Words) -> None:
        """Say everything in the language of ``say``."""

    def wipe(self) -> None:
        """The visit ended: nothing typed, opened or scrolled is left."""

    def scan(self, untrusted_text: str) -> None:
        """What a scanner typed where the window heard it."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether ``event`` is the surface's before it may be a scanner's."""
        return False

    def cover(self, covered: bool) -> None:
        """A sheet lies over the till from now on, or no longer."""

    def ask_areas(self, told: AreasTold) -> None:
        """Call ``told`` once with what a frame grabbed just now must not show, beside the widgets
        that are marked, in px of the window."""
        told([], False)

    def places(self, window: QSize, banner_height: int, keys_width: int) -> Places:
        """Where everything stands in a window of this size."""
        make = landscape_places if self.theme.landscape else portrait_places
        return make(self.theme, window, self.foot.sizeHint().height(), banner_height, keys_width)

    def place(self, places: Places, *, restoring: bool) -> Places:
        """Put foot and parts where they belong. ``restoring``: the kept cart has its place."""
        self.foot.setGeometry(places.foot)
        return places


SurfaceMaker: TypeAlias = Callable[[Theme, Words, HelpButton, QWidget], Surface]
"""Makes a surface from theme, words, Hjälp and the window."""
