"""The cards that come up by themselves, and the eye on whether anybody is there."""

import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from kiosk_app.case.presses import (
    OfferAccepted,
    OfferDismissed,
    ScanFailed,
    StayPressed,
    Touched,
)
from kiosk_app.case.view.screen import View
from kiosk_app.case.view.visit import LeavingView, OfferView
from kiosk_app.protocol.shared import HelpReason
from kiosk_app.ui.chime import SystemChime, write_chime
from kiosk_app.ui.leaving_card import LeavingCard
from kiosk_app.ui.offer_card import OfferCard
from tests.support.screens import SIZES, Stage, settle, stage

pytestmark = pytest.mark.usefixtures("qapp")


def key(at: Stage, name: str) -> QAbstractButton:
    found = at.shell.findChild(QAbstractButton, name)
    assert found is not None
    return found


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("reason", HelpReason)
def test_an_offer_covers_neither_hjalp_nor_anything_by_force(
    size: tuple[int, int], reason: HelpReason
) -> None:
    with stage(size) as at:
        at.fill()
        focus = QApplication.focusWidget()
        at.show(View(offer=OfferView(reason)))
        card = at.shell.findChild(OfferCard)
        assert card is not None
        assert card.isVisible()
        assert QApplication.focusWidget() is focus
        button = at.shell.help_button
        box = button.rect().translated(button.mapTo(at.shell, button.rect().topLeft()))
        assert not card.geometry().intersects(box)
        assert card.geometry().bottom() < box.top()
        assert at.shell.rect().contains(card.geometry())
        key(at, "help_offer_yes").click()
        key(at, "help_offer_no").click()
        assert [each for each in at.fed if not isinstance(each, Touched)] == [
            OfferAccepted(),
            OfferDismissed(),
        ]
        at.show(View())
        assert not card.isVisible()


def test_the_countdown_takes_the_focus_and_gives_it_back() -> None:
    with stage() as at:
        at.fill()
        pay = key(at, "pay_button")
        pay.setFocus()
        settle()
        held = QApplication.focusWidget()
        at.show(View(leaving=LeavingView(at.countdown(20, 20), cart=True)))
        card = at.shell.findChild(LeavingCard)
        assert card is not None
        assert card.ring.text == "20 s"
        assert card.stay.hasFocus() or held is None  # no window is active off screen
        card.stay.click()
        assert StayPressed() in at.fed
        at.show(View())
        assert not card.isVisible()


def test_touches_are_told_once_a_second_and_each_one_while_it_counts() -> None:
    with stage() as at:
        at.clock.advance(5)
        target: QWidget = at.shell
        for _ in range(3):
            at.shell._cards.touched()
        assert at.fed.count(Touched()) == 1
        at.clock.advance(1)
        at.shell._cards.touched()
        assert at.fed.count(Touched()) == 2
        at.show(View(leaving=LeavingView(at.countdown(20, 20), cart=False)))
        at.shell._cards.touched()
        assert at.fed.count(Touched()) == 3
        QTest.keyClick(target.windowHandle(), Qt.Key.Key_Shift)
        assert at.fed.count(Touched()) == 4


def test_a_scan_that_finds_nothing_is_told() -> None:
    with stage() as at:
        at.shell.scan("4006381333931")
        at.shell.scan("12345")
        at.shell.scan("7310865004703")
        assert at.fed.count(ScanFailed()) == 2


def test_a_screen_made_to_fit_is_something_to_wipe() -> None:
    with stage() as at:
        at.clock.advance(5)
        at.shell.aids.toggle_panel()
        settle()
        key(at, "looks_contrast").click()
        assert Touched(changed=True) in at.fed
        at.shell.till_wiped()
        assert at.fed[-1] == Touched(changed=False)


@pytest.mark.en301549("5.1.3.10")
def test_the_sound_is_short_and_soft(tmp_path: Path) -> None:
    write_chime(tmp_path / "chime.wav")
    with wave.open(str(tmp_path / "chime.wav")) as sound:
        assert sound.getnframes() / sound.getframerate() < 1
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
        assert 2_000 < max(map(abs, samples)) < 16_000
        assert abs(samples[0]) < 10  # no click


def test_a_sound_does_not_outlive_its_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt would warn of a player that still runs, and any warning fails a test."""
    began = tmp_path / "began"
    player = tmp_path / "paplay"
    player.write_text(f"#!/bin/sh\ntouch {began}\nexec sleep 60\n")
    player.chmod(0o700)
    monkeypatch.setattr("kiosk_app.ui.chime.PLAYERS", ((str(player),),))
    window = QWidget()
    chime = SystemChime(window)
    chime.play()
    deadline = QDeadlineTimer(20_000)
    while not began.exists() and not deadline.hasExpired():
        QTest.qWait(10)
    assert began.exists()
    chime.close()
    chime.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(chime)
