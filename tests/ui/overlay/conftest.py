"""The overlay in a bare window of the real size, with a clock that stands still."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.settings import OnScreenKeyboard
from kiosk_app.case.events import Event
from kiosk_app.case.view.screen import View
from kiosk_app.ui.overlay.overlay import Overlay
from kiosk_app.ui.share_banner import ShareBanner
from kiosk_app.ui.theme.theme import Theme
from tests.support.evidence import offer
from tests.support.help import with_menu

PORTRAIT = (1080, 1920)
LANDSCAPE = (1920, 1080)


@dataclass
class Stage:
    """The window, what is on it, and what it has fed."""

    window: QWidget
    overlay: Overlay
    banner: ShareBanner
    pay: QPushButton
    theme: Theme
    clock: FakeClock
    fed: list[Event] = field(default_factory=list)

    def show(self, view: View) -> None:
        view = with_menu(view)
        self.overlay.show_view(view)
        self.banner.show_view(view)

    def find(self, name: str) -> QWidget:
        """The visible widget called ``name``."""
        found = [w for w in self.window.findChildren(QWidget, name) if w.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} are visible"
        return found[0]

    def button(self, name: str) -> QAbstractButton:
        found = self.find(name)
        assert isinstance(found, QAbstractButton)
        return found

    def line(self, name: str) -> QLineEdit:
        found = self.find(name)
        assert isinstance(found, QLineEdit)
        return found

    def shows(self, name: str) -> bool:
        return any(w.isVisible() for w in self.window.findChildren(QWidget, name))

    def texts(self, name: str = "overlay") -> str:
        """Every text to be read in the widget called ``name``."""
        root = self.find(name)
        labels = [root] if isinstance(root, QLabel) else root.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


def make_stage(
    qtbot: QtBot,
    size: tuple[int, int] = PORTRAIT,
    *,
    language: str = "sv",
    motion: bool = False,
    guard: float = 0.0,
    on_screen_keyboard: OnScreenKeyboard = "touch",
) -> Stage:
    width, height = size
    theme = Theme(reduced_motion=not motion)
    theme.fit_window(width, height)
    window = QWidget()
    window.setObjectName("shell")
    window.setStyleSheet(theme.stylesheet())
    window.resize(width, height)
    qtbot.addWidget(
        window,
        before_close_func=lambda shown: offer("window.png", lambda at: shown.grab().save(str(at))),
    )
    clock, fed = FakeClock(), list[Event]()
    pay = QPushButton("pay", window)
    overlay = Overlay(
        theme,
        clock,
        fed.append,
        language=language,
        key_repeat_guard=guard,
        on_screen_keyboard=on_screen_keyboard,
        parent=window,
    )
    top = theme.px(144)
    if width > height:
        overlay.setGeometry(QRect(0, top, width * 2 // 3, height - top))
    else:
        overlay.setGeometry(QRect(0, top, width, height - top - theme.px(320)))
    banner = ShareBanner(theme, clock, fed.append, language=language, window=window)
    banner.setGeometry(0, 0, width, top)
    stage = Stage(window, overlay, banner, pay, theme, clock, fed)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    pay.setFocus(Qt.FocusReason.OtherFocusReason)
    return stage


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return make_stage(qtbot)


def tap(stage: Stage, widget: QWidget) -> None:
    """A press in the middle of ``widget``, by way of the window as the window system sends it."""
    handle = stage.window.windowHandle()
    at = widget.mapTo(stage.window, widget.rect().center())
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=at)
