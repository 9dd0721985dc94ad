"""The case goes on in the shopper's phone: the code, its use, and what becomes of the cart."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kiosk_app.case import closing, events
from kiosk_app.case.core import Core
from kiosk_app.case.phase import WITH_OFFICE, Aside, LinkState, Phase
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.handoff import HandoffState, HandoffView, MovedView
from kiosk_app.case.view.screen import View
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import AskHandoff, ReportHandoff, WithdrawHandoff
from kiosk_app.protocol.handoff import CartNow, LeftCart

ASKING_SECONDS = 8.0  # an office that answers does so at once; then the shopper should hear more
MOVED_SECONDS = 6.0  # read once at leisure; the shopper looks at the phone by then


class Handoff:
    """Nothing is given away before the office says that the code was used.

    The cart is held as after a failure, against a code that is shown on the phone alone: who
    stands behind must not learn it. A card payment that goes on is never disturbed: the till
    stays as it is then, and only the case leaves.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._asked = ""
        self._state = HandoffState.ASKING
        self._url = ""
        self._left: Countdown | None = None
        self._moved: MovedView | None = None
        self._case = ""
        core.on_leave_aside.append(self._left_aside)
        core.on_close.append(self._forget)
        core.on_refused.append(self._refused)
        core.on_kept.append(self._kept)
        core.before_visit_ends.append(self._ends)

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {
            events.HandoffPressed: self._pressed,
            to_kiosk.HandoffReady: self._ready,
            to_kiosk.HandedOff: self._handed_off,
        }

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {Timer.HANDOFF: self._time_over, Timer.MOVED: self._read}

    def seen(self, view: View) -> View:
        """``view`` with the hand-off's part in it."""
        core = self._core
        return replace(
            view,
            handoff=HandoffView(self._state, self._url, self._left)
            if core.aside is Aside.HANDOFF
            else None,
            moved=self._moved if core.phase is Phase.MOVED else None,
            phone=self._possible(),
        )

    def _possible(self) -> bool:
        core = self._core
        return (
            core.case is not None
            and core.phase in WITH_OFFICE
            and core.policy.phone
            and core.link is LinkState.UP
            and not core.visit.card_entry
        )

    # The code ------------------------------------------------------------------------------------

    def _pressed(self, event: events.HandoffPressed) -> None:
        core = self._core
        if core.case is None or not self._possible():
            return
        self._forget()
        core.step_aside(Aside.HANDOFF)
        self._asked = core.turn.new_id()
        core.turn.send(AskHandoff(command=self._asked, case=core.case.id))
        core.turn.timers.set(Timer.HANDOFF, core.turn.after(ASKING_SECONDS))

    def _ready(self, message: to_kiosk.HandoffReady) -> None:
        core = self._core
        if core.aside is not Aside.HANDOFF or message.command != self._asked:
            return
        ends_at = core.turn.after(message.valid_seconds)
        self._state, self._url = HandoffState.READY, message.url
        self._left = Countdown(float(message.valid_seconds), ends_at)
        core.turn.timers.set(Timer.HANDOFF, ends_at)

    def _refused(self, command: str) -> None:
        if command == self._asked and self._state is HandoffState.ASKING:
            self._core.turn.timers.cancel(Timer.HANDOFF)
            self._state = HandoffState.FAILED

    def _time_over(self) -> None:
        asking = self._state is HandoffState.ASKING
        self._state = HandoffState.FAILED if asking else HandoffState.EXPIRED
        self._url, self._left = "", None

    def _left_aside(self, left: Aside) -> None:
        """The shopper went back: a picture of the code that somebody took opens nothing."""
        core = self._core
        if left is not Aside.HANDOFF:
            return
        core.turn.timers.cancel(Timer.HANDOFF)
        if core.case is not None and self._asked:
            core.turn.send(WithdrawHandoff(command=core.turn.new_id(), case=core.case.id))
        self._forget()

    def _forget(self) -> None:
        self._asked = self._url = ""
        self._state, self._left = HandoffState.ASKING, None

    # Its use -------------------------------------------------------------------------------------

    def _handed_off(self, message: to_kiosk.HandedOff) -> None:
        core = self._core
        case = core.case
        if case is None or case.id != message.case:
            return
        self._case, self._moved = case.id, MovedView(case.agent_name)
        closing.hand_over(core)
        if core.visit.card_entry:
            self._report(CartNow(LeftCart.IN_TILL))
            closing.to_till(core)
            return
        core.move(Phase.MOVED)
        core.turn.timers.set(Timer.MOVED, core.turn.after(MOVED_SECONDS))
        if not core.visit.save():
            self._report(CartNow(LeftCart.NONE))

    def _kept(self) -> None:
        """The disk has answered."""
        visit, turn = self._core.visit, self._core.turn
        shown = visit.cart_code
        if shown is None:
            self._report(CartNow(LeftCart.LOST if visit.has_cart else LeftCart.NONE))
            return
        until = turn.wall_after(shown.ends_at - turn.now.monotonic)
        self._report(CartNow(LeftCart.HELD, shown.code, until))

    def _read(self) -> None:
        """Time to be free for the next shopper."""
        core = self._core
        if core.phase is not Phase.MOVED:
            return  # "Ny kund" was faster
        if core.visit.card_entry:
            closing.to_till(core)
            return
        closing.end_visit(core)

    def _ends(self) -> None:
        """A disk that has not answered by now hangs, and the till is wiped."""
        self._report(CartNow(LeftCart.LOST))
        self._moved = None

    def _report(self, cart: CartNow) -> None:
        """Once a case, the first word counts."""
        core, case, self._case = self._core, self._case, ""
        if case:
            core.turn.send(ReportHandoff(command=core.turn.new_id(), case=case, cart=cart))
        if self._moved is not None and self._moved.cart is None:
            self._moved = replace(self._moved, cart=cart.left)
