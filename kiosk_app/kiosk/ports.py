"""What the controller asks of the screen."""

from typing import Protocol

from kiosk_app.case.view.screen import View
from kiosk_app.media.ports import FrameSink, Picture, Whose


class Screen(Protocol):
    """The Qt side, as far as the controller knows it."""

    def show_view(self, view: View) -> None:
        """Draw ``view``. Called after each event that changed it, on the Qt thread."""

    def start_grabbing(self, sink: FrameSink) -> None:
        """From now on put the kiosk's own window, masks painted, into ``sink`` as it changes."""

    def stop_grabbing(self) -> None:
        """No frame leaves after this returns."""

    def grab_whole(self) -> None:
        """The next frame is the whole picture, also if nothing changed."""

    def show_sound(self, shopper: int, agent: int) -> None:
        """How loud each side of the call is now, 0 to 9; drawn within the next frame."""

    def show_picture(self, whose: Whose, picture: Picture | None) -> None:
        """Draw the newest picture of that side of the call; None takes it away."""

    def till_wiped(self) -> None:
        """The visit ended: drop everything typed, the clipboard, undo histories, scroll."""
