"""What every screen of the sheet is: a widget that is given its part of the view."""

from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.view.screen import View
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Type


class SheetScreen(QWidget):
    """One screen. It draws what it is told and feeds intents; it asks nobody anything.

    ``tall`` screens take the sheet's whole height, the others what their content needs.
    ``closable`` is false where the screen itself holds the one way out.
    """

    tall = True
    closable = True
    title_style = Type.TITLE
    # Its last part in large text stays in sight while the rest scrolls; None for none.
    lasting: QWidget | None = None
    lasts_when_low = False  # and also where an upright screen is lowered

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__()
        self._theme, self._clock, self._feed, self._say = theme, clock, feed, say

    def retranslate(self, say: Words) -> None:
        """Say everything that does not depend on the view in the language of ``say``."""
        self._say = say

    def show_part(self, view: View) -> None:
        """Draw what ``view`` holds for this screen."""

    def heading(self, view: View) -> str:
        """The sheet's one sentence."""
        raise NotImplementedError

    def second(self, view: View) -> str:
        """Why, and what is safe: the line under the heading."""
        return ""

    def agent(self, view: View) -> str:
        """The name whose initial is beside the heading; empty for none."""
        return ""

    def first_focus(self) -> QWidget | None:
        """Where the focus goes when this screen comes up.

        Never a text field: a scan made with the sheet open belongs to the till, not in the chat.
        """
        return None

    def writes_in(self) -> QLineEdit | None:
        """The line that takes letters typed while nothing else wants them."""
        return None

    def set_compact(self, compact: bool) -> None:
        """Make room: the keyboard is on the screen."""

    def escape(self) -> bool:
        """Escape was pressed. True when this screen has answered it."""
        return False

    def wipe(self) -> None:
        """Forget everything typed or shown, for the next shopper."""
