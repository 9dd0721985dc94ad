"""Real-time text, of the shopper and of the agent: see :mod:`kiosk_app.case.talk.letters`."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import events
from kiosk_app.case.core import Core
from kiosk_app.case.phase import WITH_AGENT
from kiosk_app.case.timers import Timer


class RealTimeText:
    """What is written where the chat is on the screen goes to the agent as it is written."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.handlers: Mapping[type, Callable[[Any], None]] = {
            events.ShopperWrote: self.shopper_wrote,
            events.LettersSwitched: self.letters_switched,
            events.T140Opened: self.t140_opened,
            events.T140Received: self.t140_received,
        }
        self.deadlines: Mapping[Timer, Callable[[], None]] = {Timer.LETTERS: self.letters_due}

    def shopper_wrote(self, event: events.ShopperWrote) -> None:
        core = self._core
        if core.case is not None and core.phase in WITH_AGENT:
            core.case.peer.letters.write(event.draft)

    def letters_switched(self, event: events.LettersSwitched) -> None:
        core = self._core
        core.visit.letters_seen = event.on
        if core.case is not None:
            core.case.peer.letters.switch(on=event.on)

    def t140_opened(self, event: events.T140Opened) -> None:
        core = self._core
        if core.case is not None and core.phase in WITH_AGENT:
            core.case.peer.t140_opened(event.generation)

    def t140_received(self, event: events.T140Received) -> None:
        core = self._core
        if core.case is not None and core.phase in WITH_AGENT:
            core.case.peer.t140_received(event.generation, event.text)
            if core.case.peer.letters.heard:
                core.to_chat()

    def letters_due(self) -> None:
        if self._core.case is not None:
            self._core.case.peer.letters.flush()
