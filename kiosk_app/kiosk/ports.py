"""What the controller asks of the screen."""

from typing import Protocol

from kiosk_app.case.view import View
from kiosk_app.media.ports import FrameSink


class Screen(Protocol):
    """The Qt side, as far as the controller knows it."""

    def show(self, view: View) -> None:
        """Draw ``view``. Called after each event that changed it, on the Qt thread."""

    def start_grabbing(self, sink: FrameSink) -> None:
        """From now on put the kiosk's own window, masks painted, into ``sink`` as it changes."""

    def stop_grabbing(self) -> None:
        """No frame leaves after this returns."""

    def grab_whole(self) -> None:
        """The next frame is the whole picture, also if nothing changed."""

    def till_wiped(self) -> None:
        """The visit ended: drop everything typed, the clipboard, undo histories, scroll."""
