"""The window over another program's till: what of it is there, and what the program is told."""

from collections.abc import Iterator
from functools import partial

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QWidget

from kiosk_app.base.fake import FakeClock
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.visit import RestoreView, RestoreWay
from kiosk_app.till.remote import messages
from kiosk_app.till.remote.till import RemoteTill
from kiosk_app.ui.shell import Shell
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.companion import CompanionSurface, float_over
from tests.support.screens import SIZES, settle

# Off screen nothing is cut; what would be is asked of the widget, and seen in e2e.
pytestmark = pytest.mark.qt_log_ignore("does not support setting window masks")

OPEN = View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN))


class Program:
    """The far end of the wire: what it was told."""

    def __init__(self, till: RemoteTill) -> None:
        self.told: list[messages.ToTill] = []
        till.connect(self)
        till.receive(self, msgspec.json.encode(messages.Hello(1)))

    def send(self, message: bytes) -> None:
        self.told.append(msgspec.json.decode(message, type=messages.ToTill))

    def end(self) -> None:
        raise AssertionError("the program was let go")

    def start_over(self) -> bool:
        return False


@pytest.fixture(params=list(SIZES.values()), ids=list(SIZES))
def over(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[tuple[Shell, Program]]:
    till = RemoteTill("sv")
    program = Program(till)
    shell = Shell(
        till=till,
        surface=partial(CompanionSurface, till=till),
        feed=lambda _event: None,
        clock=FakeClock(),
        store="Byabutiken",
        till_name="Kassa 2",
        theme=Theme(reduced_motion=True),
    )
    float_over(shell)
    shell.resize(*request.param)
    shell.show()
    shell.warm_up()
    settle()
    yield shell, program
    shell.close()
    shell.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def there(shell: Shell, widget: QWidget) -> bool:
    """Whether the middle of ``widget`` is part of the window that is seen and touched."""
    middle = widget.mapTo(shell, widget.rect().center())
    return widget.isVisible() and shell.mask().contains(middle)


def _parts(region: QRegion) -> Iterator[QRect]:
    """The rectangles of ``region``."""
    parts: Iterator[QRect] = iter(region)  # type: ignore[call-overload]  # not in its stubs
    return parts


def find(shell: Shell, name: str) -> QWidget:
    found = shell.findChild(QWidget, name)
    assert found is not None
    return found


def test_only_help_is_there(over: tuple[Shell, Program]) -> None:
    shell, _ = over
    assert there(shell, shell.help_button)
    for point in (QPoint(5, 5), shell.rect().center(), QPoint(5, shell.height() - 5)):
        assert not shell.mask().contains(point)
    button = shell.help_button.rect().width() * shell.help_button.rect().height()
    assert sum(part.width() * part.height() for part in _parts(shell.mask())) < 2 * button


def test_bar_and_sheet_come_and_go_together(over: tuple[Shell, Program]) -> None:
    shell, _ = over
    shell.show_view(OPEN)
    settle()
    for name in ("overlay", "new_customer", "language_en"):
        assert there(shell, find(shell, name)), name
    assert there(shell, shell.help_button)
    shell.show_view(View())
    settle()
    assert not find(shell, "new_customer").isVisible()
    assert not shell.mask().contains(shell.rect().center())


def test_a_kept_cart_can_be_fetched_over_any_till(over: tuple[Shell, Program]) -> None:
    shell, _ = over
    shell.show_view(
        View(restore=RestoreView(RestoreWay.ONE_TAP, Countdown(300, 1_000), tries_left=5))
    )
    settle()
    assert there(shell, find(shell, "cart_restore"))


def test_the_window_asks_for_nothing_but_to_lie_above(over: tuple[Shell, Program]) -> None:
    shell, _ = over
    flags = shell.windowFlags()
    assert flags & Qt.WindowType.FramelessWindowHint
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert shell.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_the_program_hears_what_it_must_know(over: tuple[Shell, Program]) -> None:
    shell, program = over
    program.told.clear()
    shell.show_view(OPEN)
    shell.scan("7310865004703")
    shell.show_view(View(language="en"))
    settle()
    assert messages.Covered(True) in program.told
    assert messages.Scanned("7310865004703") in program.told
    assert messages.LanguageChosen("en") in program.told
    assert messages.Covered(False) in program.told
