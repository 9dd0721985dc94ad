"""Where the agent points, while they see the screen. It is drawn, and never a press."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import events
from kiosk_app.case.core import Core
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.agent import PointerView

POINTER_SECONDS = 3.0  # long enough for an eye to find it, gone before it is in the way


class Pointing:
    """A ring on the screen, for as long as a share lives and no longer than it is meant."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.handlers: Mapping[type, Callable[[Any], None]] = {events.AgentPointed: self.pointed}
        self.deadlines: Mapping[Timer, Callable[[], None]] = {Timer.POINTER: self.over}

    def pointed(self, event: events.AgentPointed) -> None:
        core = self._core
        case = core.case
        if case is None or not case.sharing.live:
            # Who does not see the screen cannot mean a place on it.
            return
        case.pointer = PointerView(case.agent_name, event.x, event.y)
        core.turn.timers.set(Timer.POINTER, core.turn.after(POINTER_SECONDS))

    def over(self) -> None:
        if self._core.case is not None:
            self._core.case.pointer = None
