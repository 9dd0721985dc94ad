"""A screen that keeps what it was told."""

from kiosk_app.case.view.screen import View
from kiosk_app.media.ports import FrameSink, Picture, Whose


class FakeScreen:
    """:attr:`views` are all that were shown, :attr:`view` is the last."""

    def __init__(self) -> None:
        self.views: list[View] = []
        self.sink: FrameSink | None = None
        self.whole_grabs = 0
        self.wipes = 0
        self.sound = (0, 0)
        self.pictures: dict[Whose, Picture] = {}

    @property
    def view(self) -> View:
        return self.views[-1]

    def show_view(self, view: View) -> None:
        self.views.append(view)

    def start_grabbing(self, sink: FrameSink) -> None:
        self.sink = sink

    def stop_grabbing(self) -> None:
        self.sink = None

    def grab_whole(self) -> None:
        self.whole_grabs += 1

    def show_sound(self, shopper: int, agent: int) -> None:
        self.sound = (shopper, agent)

    def show_picture(self, whose: Whose, picture: Picture | None) -> None:
        if picture is None:
            self.pictures.pop(whose, None)
        else:
            self.pictures[whose] = picture

    def till_wiped(self) -> None:
        self.wipes += 1
