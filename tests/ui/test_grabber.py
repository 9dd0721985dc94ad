"""The grabber: what it puts into a sink, when, and what it never does."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget
from pytestqt.qtbot import QtBot

from kiosk_app.ui.grabber import MASK, Grabber
from kiosk_app.ui.sensitive import mark_sensitive

CANARY = QColor(0x13, 0xFE, 0x57)  # no theme has it
FILL = QColor(0x20, 0x40, 0x80)


class Painted(QWidget):
    """A widget of one colour that fills all of itself."""

    def __init__(self, parent: QWidget | None, colour: QColor) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.colour)
        painter.end()


class Sink:
    """Keeps every published frame."""

    def __init__(self) -> None:
        self.frames: list[QImage] = []
        self.open = True
        self.slot: tuple[bytearray, int, int] | None = None

    def begin(self, width: int, height: int) -> memoryview | None:
        if not self.open:
            return None
        self.slot = (bytearray(width * height * 4), width, height)
        return memoryview(self.slot[0])

    def publish(self) -> None:
        assert self.slot is not None
        memory, width, height = self.slot
        self.frames.append(
            QImage(memory, width, height, width * 4, QImage.Format.Format_RGB32).copy()
        )

    @property
    def last(self) -> QImage:
        return self.frames[-1]


def has(image: QImage, colour: QColor) -> bool:
    pixel = bytes((colour.blue(), colour.green(), colour.red()))
    data = bytes(image.constBits())
    at = data.find(pixel)
    while at != -1 and at % 4:
        at = data.find(pixel, at + 1)
    return at != -1


@pytest.fixture
def window(qtbot: QtBot) -> Painted:
    window = Painted(None, FILL)
    window.resize(401, 301)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.painted > 0)
    return window


@pytest.fixture
def sink() -> Sink:
    return Sink()


def test_first_frame_comes_at_once_and_is_the_window(window: Painted, sink: Sink) -> None:
    grabber = Grabber(window)
    grabber.start(sink)
    assert len(sink.frames) == 1
    assert (sink.last.width(), sink.last.height()) == (401, 301)
    assert sink.last.pixelColor(200, 150) == FILL
    grabber.stop()


def test_change_is_followed_by_a_frame_that_shows_it(
    window: Painted, sink: Sink, qtbot: QtBot
) -> None:
    grabber = Grabber(window)
    grabber.start(sink)
    for colour in (QColor("red"), QColor("yellow"), QColor("blue")):
        window.colour = colour
        window.update()
    qtbot.waitUntil(lambda: sink.last.pixelColor(5, 5) == QColor("blue"))
    grabber.stop()


def test_nothing_more_leaves_after_stop(window: Painted, sink: Sink, qtbot: QtBot) -> None:
    grabber = Grabber(window)
    grabber.start(sink)
    window.colour = CANARY
    window.update()
    grabber.stop()
    painted = window.painted
    qtbot.waitUntil(lambda: window.painted > painted)
    grabber.grab_whole()
    assert len(sink.frames) == 1
    assert not has(sink.last, CANARY)


def test_still_window_gives_no_frames_until_asked(window: Painted, sink: Sink) -> None:
    grabber = Grabber(window)
    grabber.start(sink)
    grabber.grab_whole()
    assert len(sink.frames) == 2
    grabber.stop()


def test_sink_that_wants_nothing_gets_nothing(window: Painted, sink: Sink) -> None:
    sink.open = False
    grabber = Grabber(window)
    grabber.start(sink)
    assert sink.frames == []
    grabber.stop()


@pytest.mark.parametrize("place", [QRect(20, 30, 100, 60), QRect(-10, 250, 500, 80)])
def test_sensitive_pixels_are_in_no_frame(
    window: Painted, sink: Sink, qtbot: QtBot, place: QRect
) -> None:
    secret = Painted(window, CANARY)
    secret.setGeometry(place)
    mark_sensitive(secret)
    secret.show()
    # It is drawn on the screen, so the mask has something to hide.
    qtbot.waitUntil(lambda: secret.painted > 0)
    grabber = Grabber(window)
    grabber.start(sink)
    assert not has(sink.last, CANARY)
    assert sink.last.pixelColor(place.intersected(window.rect()).center()) == MASK
    assert sink.last.pixelColor(200, 150) == FILL
    grabber.stop()


def test_unmarked_canary_is_seen_by_this_test(window: Painted, sink: Sink, qtbot: QtBot) -> None:
    plain = Painted(window, CANARY)
    plain.setGeometry(20, 30, 100, 60)
    plain.show()
    qtbot.waitUntil(lambda: plain.painted > 0)
    grabber = Grabber(window)
    grabber.start(sink)
    assert has(sink.last, CANARY)
    grabber.stop()


def test_a_mask_is_drawn_and_not_copied_over(
    window: Painted, sink: Sink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slot is shared memory: at no moment may it hold what is masked."""
    secret = Painted(window, CANARY)
    secret.setGeometry(20, 30, 100, 60)
    mark_sensitive(secret)
    secret.show()
    qtbot.waitUntil(lambda: secret.painted > 0)
    seen: list[bool] = []

    class Watching(QPainter):
        def setClipRegion(self, region: QRegion) -> None:  # type: ignore[override] # no defaults
            if sink.slot is not None:  # between what was copied so far and what comes next
                memory, width, height = sink.slot
                seen.append(has(QImage(memory, width, height, QImage.Format.Format_RGB32), CANARY))
            super().setClipRegion(region)

    monkeypatch.setattr("kiosk_app.ui.grabber.QPainter", Watching)
    grabber = Grabber(window)
    grabber.start(sink)
    assert seen == [False, False]
    grabber.stop()


def test_moving_sensitive_widget_leaks_at_no_step(
    window: Painted, sink: Sink, qtbot: QtBot
) -> None:
    secret = Painted(window, CANARY)
    secret.setGeometry(0, 0, 60, 40)
    mark_sensitive(secret)
    secret.show()
    grabber = Grabber(window)
    grabber.start(sink)
    for step in range(1, 40):
        secret.move(step * 8, step * 5)
        if step % 3 == 0:
            grabber.grab_whole()  # moved, and not painted there yet
        if step % 4 == 0:
            secret.repaint()
        if step % 5 == 0:
            qtbot.wait(1)
    frames = len(sink.frames)
    qtbot.waitUntil(lambda: len(sink.frames) > frames)
    assert [index for index, frame in enumerate(sink.frames) if has(frame, CANARY)] == []
    grabber.stop()


def test_both_places_are_masked_while_moving_and_only_the_new_one_after(
    window: Painted, sink: Sink, qtbot: QtBot
) -> None:
    secret = Painted(window, CANARY)
    secret.setGeometry(10, 10, 40, 40)
    mark_sensitive(secret)
    secret.show()
    grabber = Grabber(window)
    grabber.start(sink)
    secret.move(200, 200)
    grabber.grab_whole()
    moving = sink.last
    assert moving.pixelColor(30, 30) == MASK
    assert moving.pixelColor(220, 220) == MASK
    qtbot.waitUntil(lambda: sink.last.pixelColor(30, 30) == FILL)
    assert sink.last.pixelColor(220, 220) == MASK
    grabber.stop()


def test_widget_that_is_marked_or_shown_later_is_masked_from_its_first_frame(
    window: Painted, sink: Sink, qtbot: QtBot
) -> None:
    secret = Painted(window, CANARY)
    secret.setGeometry(10, 10, 40, 40)
    secret.hide()
    grabber = Grabber(window)
    grabber.start(sink)
    mark_sensitive(secret)
    secret.show()
    qtbot.waitUntil(lambda: sink.last.pixelColor(30, 30) == MASK)
    assert not any(has(frame, CANARY) for frame in sink.frames)
    secret.hide()
    qtbot.waitUntil(lambda: sink.last.pixelColor(30, 30) == FILL)
    assert not any(has(frame, CANARY) for frame in sink.frames)
    grabber.stop()


def test_sensitive_widget_in_a_moving_faded_parent_is_masked(
    window: Painted, sink: Sink, qtbot: QtBot
) -> None:
    sheet = Painted(window, QColor("white"))
    sheet.resize(200, 200)
    fade = QGraphicsOpacityEffect(sheet)
    fade.setOpacity(0.5)
    sheet.setGraphicsEffect(fade)
    secret = Painted(sheet, CANARY)
    secret.setGeometry(20, 20, 100, 100)
    mark_sensitive(secret)
    sheet.show()
    grabber = Grabber(window)
    grabber.start(sink)
    for step in range(10):
        sheet.move(QPoint(step * 15, step * 8))
        grabber.grab_whole()
        corner = secret.mapTo(window, QPoint(50, 50))
        assert sink.last.pixelColor(corner) == MASK
    qtbot.waitUntil(lambda: sink.last.pixelColor(5, 5) == FILL)
    grabber.stop()


def test_resized_window_gives_frames_of_its_new_size(
    window: Painted, sink: Sink, qtbot: QtBot
) -> None:
    grabber = Grabber(window)
    grabber.start(sink)
    window.resize(320, 240)
    qtbot.waitUntil(lambda: sink.last.width() == 320)
    assert sink.last.height() == 240
    assert sink.last.pixelColor(310, 230) == FILL
    grabber.stop()


def test_hidden_window_gives_no_frame(window: Painted, sink: Sink) -> None:
    grabber = Grabber(window)
    grabber.start(sink)
    window.hide()
    grabber.grab_whole()
    assert len(sink.frames) == 1
    grabber.stop()
