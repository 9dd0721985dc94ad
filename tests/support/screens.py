"""The kiosk's window in any state, size and language, and pictures of it.

Pictures go to the folder named by ``KIOSK_SCREENSHOTS``, outside the tree, or to one that pytest
throws away.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from kiosk_app.base.fake import FakeClock
from kiosk_app.case.events import Event
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.screen import View
from kiosk_app.case.view.visit import RestoreView, RestoreWay
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.shop import demo_shop_path, load_shop
from kiosk_app.till.terminal import Behaviour, SimulatedTerminal
from kiosk_app.ui.shell import Shell
from kiosk_app.ui.speech.opening import Speech
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.built_in import BuiltInSurface
from kiosk_app.ui.till.goods import Tile
from tests.support.evidence import offer
from tests.support.help import with_menu

PORTRAIT = (1080, 1920)
LANDSCAPE = (1920, 1080)
SIZES = {"portrait": PORTRAIT, "landscape": LANDSCAPE}

CART = ("Mellanmjölk 1,5 l", *["Kanelbulle"] * 2, "Bryggkaffe 450 g", "Banan, ca 0,4 kg", "Påse")
BEER = "Folköl 3,5 % 50 cl"


@dataclass
class Stage:
    """A window with a till and a clock that stands still; ``fed`` is what the shopper wanted."""

    shell: Shell
    till: BuiltInTill
    terminal: SimulatedTerminal
    clock: FakeClock
    language: str
    fed: list[Event] = field(default_factory=list)

    def fill(self, *names: str) -> None:
        """Put articles into the cart as taps on their tiles would."""
        for name in names or CART:
            self.till.add(next(a for a in self.till.shop.articles if a.name == name))

    def press_code(self) -> None:
        """The shopper's four digits and the green key."""
        for _ in range(4):
            self.terminal.press_digit()
        self.terminal.confirm()

    def countdown(self, total: float, left: float) -> Countdown:
        return Countdown(total, self.clock.monotonic() + left)

    def show(self, view: View) -> None:
        self.shell.show_view(with_menu(replace(view, language=self.language)))
        settle()

    def picture(self, path: Path) -> Path:
        """Save what the window shows now."""
        settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.shell.grab().save(str(path))
        return path


def settle() -> None:
    """Let layouts, styles and what was posted come to rest."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


class Silence:
    """No player."""

    def play(self) -> None:
        """Be heard by nobody."""

    def close(self) -> None: ...


@contextmanager
def stage(
    size: tuple[int, int] = PORTRAIT,
    language: str = "sv",
    *,
    high_contrast: bool = False,
    reduced_motion: bool = True,
    warm: bool = True,
    speech: Speech | None = None,
) -> Iterator[Stage]:
    """A shown window of ``size`` px, gone afterwards. Needs a QApplication (fixture ``qapp``)."""
    terminal = SimulatedTerminal()
    till = BuiltInTill(load_shop(demo_shop_path()), terminal)
    clock = FakeClock()
    fed: list[Event] = []
    shell = Shell(
        till=till,
        surface=partial(BuiltInSurface, till=till, store="Byabutiken"),
        feed=fed.append,
        clock=clock,
        store="Byabutiken",
        till_name="Kassa 2",
        language=language,
        theme=Theme(high_contrast=high_contrast, reduced_motion=reduced_motion),
        speech=speech,
        chime=Silence(),
    )
    shell.resize(*size)
    shell.show()
    if warm:
        shell.warm_up()
    settle()
    try:
        yield Stage(shell, till, terminal, clock, language, fed)
    finally:
        offer("window.png", lambda path: shell.grab().save(str(path)))
        shell.close()
        shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def screenshots_dir(fallback: Path) -> Path:
    """Where pictures go."""
    named = os.environ.get("KIOSK_SCREENSHOTS")
    return Path(named) if named else fallback


def _to_card_entry(at: Stage) -> None:
    at.fill()
    at.till.pay()
    at.till.open_card_entry()


def _answered(behaviour: Behaviour) -> Callable[[Stage], None]:
    def arrange(at: Stage) -> None:
        _to_card_entry(at)
        at.terminal.behaviour = behaviour
        at.press_code()
        at.shell.retranslate(at.language)

    return arrange


def _receipt(at: Stage) -> None:
    _answered(Behaviour.APPROVE)(at)
    at.till.show_receipt()


def _pay(at: Stage) -> None:
    at.fill()
    at.till.pay()


def _half_a_code(at: Stage) -> None:
    _to_card_entry(at)
    at.terminal.press_digit()
    at.terminal.press_digit()
    at.shell.retranslate(at.language)


def _age(at: Stage) -> None:
    at.fill("Kanelbulle", BEER)


def _unknown(at: Stage) -> None:
    at.fill()
    at.shell.scan("4006381333931")


def _more(at: Stage) -> None:
    at.fill()
    tiles = [tile for tile in at.shell.findChildren(Tile) if tile.isVisible()]
    next(tile for tile in tiles if tile.article is None).click()


def _restore(way: RestoreWay) -> Callable[[Stage], None]:
    def arrange(at: Stage) -> None:
        at.show(View(restore=RestoreView(way, at.countdown(300, 211), tries_left=5)))

    return arrange


def _agent_here(at: Stage) -> None:
    at.fill()
    at.show(View(help=HelpView(HelpState.AGENT, agent_name="Lisa", unread=1)))


def _looks(at: Stage) -> None:
    at.fill()
    at.shell.aids.toggle_panel()


TILL_SCREENS: dict[str, Callable[[Stage], None]] = {
    "start": lambda at: None,
    "cart": Stage.fill,
    "goods": _more,
    "age": _age,
    "unknown-code": _unknown,
    "payment": _pay,
    "card-entry": _half_a_code,
    "hanging": _answered(Behaviour.HANG),
    "declined": _answered(Behaviour.DECLINE),
    "paid": _answered(Behaviour.APPROVE),
    "receipt": _receipt,
    "restore": _restore(RestoreWay.ONE_TAP),
    "restore-by-code": _restore(RestoreWay.CODE),
    "agent-here": _agent_here,
    "looks": _looks,
}
"""Every state of the till, by name; call the value with a fresh stage."""
