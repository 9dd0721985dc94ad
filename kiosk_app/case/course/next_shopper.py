"""Whoever walks away is followed by somebody else, who must find nothing of them.

Every countdown here can be put off, as often as the shopper likes (EN 301 549 11.2.2.1, WCAG 2.2.1
asks for ten times), and is said long before it is over.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import closing
from kiosk_app.case.core import Core
from kiosk_app.case.effects import StartAnew
from kiosk_app.case.events import Event, TillChanged
from kiosk_app.case.phase import Phase
from kiosk_app.case.presses import ByHand, StayPressed, Touched
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.visit import LeavingView
from kiosk_app.protocol.shared import PaymentStep

IDLE_SECONDS = 75.0  # without a finger or a key: then the question whether anyone is there
LEAVING_SECONDS = 20.0  # to answer it; the least that WCAG 2.2.1 allows
# Paying takes its time: a purse is looked for, a payment in a phone is waited for up to three
# minutes, and whoever looks at their phone does not look at this screen.
PAYING_IDLE_SECONDS = 240.0
PAYING_LEAVING_SECONDS = 60.0
ANEW_SECONDS = 3.0  # nobody has begun after a wipe: time to start with an empty memory

# Each other phase has an end of its own, or somebody at the other end who sees to it.
_LEFT_ALONE = (Phase.IDLE, Phase.MENU)
# While the terminal works nothing is asked, for money may be on its way: it answers, or gives up
# by itself, and from then on the time counts. A wipe before that would lose what was paid.
_AT_THE_TERMINAL = PaymentStep.CARD_ENTRY
_PAYING = (PaymentStep.PAYMENT, PaymentStep.DECLINED)

HAND = (ByHand, TillChanged)  # who scans is there, though it is the till that says so


class NextShopper:
    """Asks, counts down, and ends the visit. Nothing is asked where nothing would be lost."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._leaving: Countdown | None = None
        self._watched = False
        self._changed = False
        self._owed = False  # an earlier shopper's words may still be in the memory
        core.on_turn.append(self._look)
        core.after_visit_ended.append(self._start_over)

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {Touched: self._touched, StayPressed: lambda event: None}

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {Timer.IDLE: self._ask, Timer.LEAVING: self._gone, Timer.ANEW: self._anew}

    @property
    def view(self) -> LeavingView | None:
        if self._leaving is None:
            return None
        return LeavingView(self._leaving, cart=self._core.visit.has_cart)

    def _touched(self, event: Touched) -> None:
        self._changed = event.changed

    def _look(self, event: Event) -> None:
        """After each event: does anybody have to show that they are there?"""
        by_hand = isinstance(event, HAND)
        timers = self._core.turn.timers
        if by_hand and timers.has(Timer.ANEW):
            timers.set(Timer.ANEW, self._core.turn.after(ANEW_SECONDS))
        if not self._begun or self._paused:
            self._watched = False
            self._leaving = None
            timers.cancel(Timer.IDLE, Timer.LEAVING)
        elif by_hand or not self._watched:
            self._watched = True
            self._leaving = None
            timers.cancel(Timer.LEAVING)
            idle = PAYING_IDLE_SECONDS if self._paying else IDLE_SECONDS
            timers.set(Timer.IDLE, self._core.turn.after(idle))

    @property
    def _begun(self) -> bool:
        """Whether there is anything that the next shopper should not find."""
        core, visit = self._core, self._core.visit
        return (
            core.phase is not Phase.IDLE
            or visit.step is not PaymentStep.IDLE
            or visit.has_cart
            or visit.language != core.settings.language
            or core.confided
            or self._changed
        )

    @property
    def _paused(self) -> bool:
        core = self._core
        return core.phase not in _LEFT_ALONE or core.visit.step is _AT_THE_TERMINAL

    @property
    def _paying(self) -> bool:
        return self._core.visit.step in _PAYING

    def _ask(self) -> None:
        turn = self._core.turn
        seconds = PAYING_LEAVING_SECONDS if self._paying else LEAVING_SECONDS
        self._leaving = Countdown(seconds, turn.after(seconds))
        turn.timers.set(Timer.LEAVING, self._leaving.ends_at)

    def _gone(self) -> None:
        closing.end_visit(self._core)

    def _start_over(self) -> None:
        self._watched = self._changed = False
        self._leaving = None
        turn = self._core.turn
        turn.timers.cancel(Timer.IDLE, Timer.LEAVING)
        self._owed = self._owed or self._core.confided
        if self._owed:
            turn.timers.set(Timer.ANEW, turn.after(ANEW_SECONDS))

    def _anew(self) -> None:
        """What a program has let go of stays in its memory until it is needed for something else;
        only an end of the program takes it all."""
        if not self._begun:  # else their end will do for both
            self._owed = False
            self._core.turn.do(StartAnew())
