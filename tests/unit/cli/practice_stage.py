"""A practice shopper before the real rules and till, with a clock that is turned by hand."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from kiosk_app.base.fake import FakeClock
from kiosk_app.case import effects, events
from kiosk_app.case.events import Event, Now
from kiosk_app.case.machine import Machine
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.view.screen import View
from kiosk_app.cli.practice_lines import load_lines
from kiosk_app.cli.practice_shopper import PracticeShopper
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import FromKiosk, OpenCase
from kiosk_app.protocol.shared import Author, ChatMessage
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.ports import TillState
from kiosk_app.till.shop import demo_shop_path, load_shop
from kiosk_app.till.terminal import SimulatedTerminal

T = TypeVar("T")
LINES = load_lines()
SHOP = load_shop(demo_shop_path())


@dataclass
class Stage:
    """One kiosk. What the controller does is done here at once, and nothing of it fails."""

    seed: int = 1
    mean_seconds: float = 60.0
    pace: float = 1.0
    promise_seconds: int | None = 60
    clock: FakeClock = field(default_factory=FakeClock)
    sent: list[FromKiosk] = field(default_factory=list)
    wanted: list[effects.Effect] = field(default_factory=list)
    pressed: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = itertools.count(1)

        def ids() -> str:
            return f"00000000-0000-4000-8000-{next(numbers):012x}"

        self._ids = ids
        self._machine = Machine(
            self._ids,
            lambda: "4821",
            CaseSettings(store="Byabutiken", till_name="Övningskassa", practice=True),
        )
        terminal = SimulatedTerminal()
        self.till = BuiltInTill(SHOP, terminal)
        self.till.listen(self._on_till_changed)
        self.shopper = PracticeShopper(
            till=self.till,
            terminal=terminal,
            press=self._press,
            clock=self.clock,
            randomness=random.Random(self.seed),
            lines=LINES,
            mean_seconds=self.mean_seconds,
            pace=self.pace,
        )
        self.shopper.show_view(self.view)
        self.feed(events.LinkUp(False, self.promise_seconds))

    @property
    def view(self) -> View:
        return self._machine.view()

    @property
    def case(self) -> str:
        return self.sent_of(OpenCase)[-1].case

    def sent_of(self, kind: type[T]) -> list[T]:
        return [message for message in self.sent if isinstance(message, kind)]

    def feed(self, event: Event) -> None:
        wanted = self._machine.handle(event, Now(self.clock.monotonic(), self.clock.wall()))
        self.wanted += wanted
        self.shopper.show_view(self.view)
        for effect in wanted:
            if isinstance(effect, effects.Send):
                self.sent.append(effect.message)
            elif isinstance(effect, effects.WipeTill):
                self.till.wipe()
            elif isinstance(effect, effects.StartMedia):
                self.feed(events.MediaReady())
            elif isinstance(effect, effects.SaveCart):
                self.feed(events.CartSaved())

    def _press(self, event: Event) -> None:
        self.pressed.append(event)
        self.feed(event)

    def _on_till_changed(self, state: TillState) -> None:
        self.feed(events.TillChanged(state.cart, state.step, state.declines, state.snapshot))

    def run(self, until: Callable[[], object], what: str, *, within: float = 3600.0) -> float:
        """Let time go on from one moment that matters to the next; the seconds it took."""
        began = self.clock.monotonic()
        while not until():
            now = self.clock.monotonic()
            assert now - began < within, f"{what}: not within {within:.0f} s"
            self._step(now)
        return self.clock.monotonic() - began

    def pass_seconds(self, seconds: float) -> None:
        """Let ``seconds`` go by, whatever happens."""
        ends_at = self.clock.monotonic() + seconds
        while (now := self.clock.monotonic()) < ends_at:
            self._step(now, latest=ends_at)

    def _step(self, now: float, *, latest: float = float("inf")) -> None:
        moments = [now + 60.0, latest]
        moments += [m for m in (self.shopper.due, self._machine.next_deadline) if m is not None]
        self.clock.advance(max(0.0, min(moments) - now))
        deadline = self._machine.next_deadline
        if deadline is not None and self.clock.monotonic() >= deadline:
            self.feed(events.TimePassed())
        self.shopper.act()

    # The agent -----------------------------------------------------------------------------------

    def agent_joins(self) -> None:
        self.feed(to_kiosk.AgentJoined(case=self.case, agent_name="Lisa", eta_seconds=20))

    def agent_says(self, text: str) -> None:
        message = ChatMessage(
            id=self._ids(),
            author=Author.AGENT,
            name="Lisa",
            text=text,
            sent_at=self.clock.wall(),
        )
        self.feed(to_kiosk.DeliverChat(case=self.case, message=message))
