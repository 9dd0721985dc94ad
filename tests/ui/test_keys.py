"""Keys, labels and rings, by hand and by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk_app.base.fake import FakeClock
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.widgets.key import Key
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring, time_left_text

NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pressed() -> list[bool]:
    return []


@pytest.fixture
def key(qtbot: QtBot, pressed: list[bool]) -> Key:
    key = Key(Theme(), "Betala")
    key.clicked.connect(lambda: pressed.append(True))
    qtbot.addWidget(key)
    key.show()
    return key


@pytest.mark.en301549("9.2.1.1", "9.2.5.2")
@pytest.mark.parametrize("code", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_acts_on_release_of_a_key(key: Key, pressed: list[bool], code: Qt.Key) -> None:
    QTest.keyPress(key, code)
    assert pressed == []
    QTest.keyRelease(key, code)
    assert pressed == [True]


@pytest.mark.en301549("9.2.5.2")
def test_acts_on_release_of_a_finger(key: Key, pressed: list[bool]) -> None:
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    assert pressed == []
    QTest.mouseRelease(key, Qt.MouseButton.LeftButton)
    assert pressed == [True]


@pytest.mark.en301549("9.2.5.2")
def test_a_finger_that_slides_off_does_nothing(key: Key, pressed: list[bool]) -> None:
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    QTest.mouseMove(key, QPoint(-50, -50))
    QTest.mouseRelease(key, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(-50, -50))
    assert pressed == []


def test_labels_show_markup_as_it_is(qtbot: QtBot) -> None:
    label = PlainLabel(Theme(), "<b>Lisa</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.accessibleName() == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(300, "5:00"), (60, "1:00"), (59.2, "1:00"), (59, "59 s"), (0.1, "1 s"), (0, "0 s")],
)
def test_time_left_in_words(seconds: float, text: str) -> None:
    assert time_left_text(seconds) == text


def test_a_ring_ticks_only_while_it_can_be_seen(qtbot: QtBot, qapp: QApplication) -> None:
    clock = FakeClock()
    ring = Ring(Theme(), clock, label="Tid kvar")
    qtbot.addWidget(ring)
    ring.set_countdown(Countdown(20, clock.monotonic() + 20))
    assert not ring.ticking
    ring.show()
    assert ring.ticking
    clock.advance(5)
    with qtbot.waitSignal(ring.ticked, timeout=3000):
        pass
    assert (ring.text, ring.accessibleDescription()) == ("15 s", "15 s")
    ring.hide()
    assert not ring.ticking


def test_a_ring_that_has_run_out_stops(qtbot: QtBot) -> None:
    clock = FakeClock()
    ring = Ring(Theme(), clock)
    qtbot.addWidget(ring)
    ring.show()
    ring.set_countdown(Countdown(20, clock.monotonic()))
    assert (ring.text, ring.ticking) == ("0 s", False)
