"""One shopper at this kiosk: cart, surroundings, language, and what of it is kept on disk."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk_app.case.cart_hold import HOLD_SECONDS, CartHold, HoldKind
from kiosk_app.case.effects import (
    EndVisit,
    ForgetCart,
    ForgetCase,
    KeepVisit,
    RestoreCart,
    SaveCart,
)
from kiosk_app.case.events import DeviceSensed, TillChanged, VisitRecovered
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.timers import Timer
from kiosk_app.case.turn import Turn
from kiosk_app.case.view import Countdown, Notice, RestoreView, RestoreWay
from kiosk_app.protocol.shared import Battery, Cart, Context, Device, Network, PaymentStep

KEEP_SECONDS = 60.0  # the kept cart's five minutes begin anew while the cart is in the till

_BOUGHT = (PaymentStep.PAID, PaymentStep.RECEIPT)
_RESTORABLE = (PaymentStep.IDLE, PaymentStep.CART)  # a payment in progress is not disturbed
_EMPTY = TillChanged(cart=Cart(), step=PaymentStep.IDLE, declines=0, snapshot=b"")


@dataclass(frozen=True, slots=True)
class _Save:
    """A cart on its way to disk."""

    snapshot: bytes
    code: str
    ends_at: float
    kind: HoldKind


class Visit:
    """The visit and its cart, in the till and on disk.

    The disk has one place. A cart whose code was shown keeps it until its hold ends, also when the
    next shopper has begun: that was promised on the screen.
    """

    def __init__(self, turn: Turn, settings: CaseSettings, code: Callable[[], str]) -> None:
        self._turn = turn
        self._settings = settings
        self._code = code
        self.id = turn.new_id()
        self.language = settings.language
        self.hold: CartHold | None = None
        self._till = _EMPTY
        self._sensed = DeviceSensed(Device(), Network(), Battery())
        self._shown_code = ""
        self._case: str | None = None
        self._cart_kept = False
        self._case_kept = False
        self._restoring = False
        self._save: _Save | None = None

    @property
    def step(self) -> PaymentStep:
        return self._till.step

    @property
    def card_entry(self) -> bool:
        return self._till.step is PaymentStep.CARD_ENTRY

    @property
    def own_hold(self) -> CartHold | None:
        """The hold on this visit's cart; a cart that waits for its code is somebody else's."""
        return self.hold if self.hold and self.hold.kind is not HoldKind.CODE else None

    @property
    def has_cart(self) -> bool:
        """Whether there is anything that has not been paid."""
        return self._keepable

    @property
    def context(self) -> Context:
        """Everything the office is told of the visit."""
        return Context(
            store=self._settings.store,
            till_name=self._settings.till_name,
            position=self._settings.position,
            cart=self._till.cart,
            step=self._till.step,
            device=self._sensed.device,
            network=self._sensed.network,
            battery=self._sensed.battery,
            language=self.language,
            declines=self._till.declines,
        )

    def restore_view(self) -> RestoreView | None:
        """What is offered of a saved cart now."""
        hold = self.hold
        if hold is None or hold.kind is HoldKind.IN_TILL or self.step not in _RESTORABLE:
            return None
        way = RestoreWay.CODE if hold.kind is HoldKind.CODE else RestoreWay.ONE_TAP
        return RestoreView(way, Countdown(HOLD_SECONDS, hold.ends_at), hold.tries_left)

    def sensed(self, event: DeviceSensed) -> None:
        self._sensed = event

    def set_case(self, case: str | None) -> None:
        """A case of this visit is open now, or none is."""
        self._case = case
        if case is None and self._case_kept:
            self._case_kept = False
            self._turn.do(ForgetCase())
        self.keep()

    # The till ------------------------------------------------------------------------------------

    def till_changed(self, event: TillChanged) -> None:
        """The cart or the step moved on: what is kept follows."""
        self._till = event
        hold = self.hold
        if self._restoring:
            self._restoring = False
            self._shown_code = ""
            self._drop_hold()
            self._turn.say(Notice.CART_RESTORED)
        elif hold is not None and hold.kind is HoldKind.IN_TILL:
            if self._keepable:
                self.hold = replace(hold, snapshot=event.snapshot)
            else:
                # Bought, or emptied by hand: nothing is left to give back.
                self._shown_code = ""
                self._drop_hold()
        elif hold is not None and hold.kind is HoldKind.ONE_TAP and not event.cart.empty:
            # Somebody began anew instead of taking the cart back: from now on it needs its code.
            self._end_hold(hold)
            self._shown_code = ""
            if self._case is None:
                self.id = self._turn.new_id()
        self.keep()

    def keep(self) -> None:
        """Write down what a restart needs, or take it off the disk when that is nothing."""
        hold = self.hold
        if hold is not None and hold.kind is HoldKind.CODE:
            return
        one_tap = hold if hold is not None and hold.kind is HoldKind.ONE_TAP else None
        snapshot = self._till.snapshot if self._keepable else b""
        if one_tap is not None:
            snapshot = one_tap.snapshot
        if self._cart_kept and not snapshot:
            self._turn.do(ForgetCart())
        self._cart_kept = bool(snapshot)
        if not snapshot and self._case is None:
            self._turn.timers.cancel(Timer.KEEP)
            return
        self._case_kept = self._case is not None
        left = HOLD_SECONDS
        if one_tap is not None:
            left = max(0.0, one_tap.ends_at - self._turn.now.monotonic)
        self._turn.do(
            KeepVisit(
                visit=self.id,
                case=self._case,
                snapshot=snapshot,
                code=self._shown_code,
                saved_at=self._turn.now.wall,
                hold_until=self._turn.wall_after(left),
            )
        )
        self._turn.timers.set(Timer.KEEP, self._turn.after(KEEP_SECONDS))

    # Something failed ----------------------------------------------------------------------------

    def save(self) -> bool:
        """Send the cart to disk with a fresh code; tells whether there is one to save."""
        one_tap = self.hold if self.hold and self.hold.kind is HoldKind.ONE_TAP else None
        if self._keepable:
            snapshot, kind = self._till.snapshot, HoldKind.IN_TILL
        elif one_tap is not None:
            snapshot, kind = one_tap.snapshot, HoldKind.ONE_TAP
        else:
            return False
        self._save = _Save(snapshot, self._code(), self._turn.after(HOLD_SECONDS), kind)
        self._cart_kept = True
        self._turn.do(
            SaveCart(
                visit=self.id,
                snapshot=snapshot,
                code=self._save.code,
                saved_at=self._turn.now.wall,
                hold_until=self._turn.wall_after(HOLD_SECONDS),
            )
        )
        return True

    def saved(self) -> bool:
        """The cart is on disk: its code may be shown. Tells whether it was waited for."""
        save, self._save = self._save, None
        if save is None:
            return False
        if save.kind is HoldKind.IN_TILL and not self._keepable:
            # Bought or emptied while it was written: nothing is left to give back.
            self.keep()
            return True
        snapshot = self._till.snapshot if save.kind is HoldKind.IN_TILL else save.snapshot
        self._shown_code = save.code
        self._set_hold(CartHold(self.id, snapshot, save.code, save.ends_at, save.kind))
        self.keep()
        return True

    def save_failed(self) -> None:
        self._save = None

    # Giving it back ------------------------------------------------------------------------------

    def recovered(self, event: VisitRecovered) -> None:
        """What an earlier run kept: the visit goes on, or its cart waits for the code."""
        self._cart_kept = bool(event.snapshot)
        self._case_kept = event.case is not None
        kind = HoldKind.ONE_TAP if event.same_visit else HoldKind.CODE
        ends_at = self._turn.after(event.hold_seconds)
        hold = CartHold(event.visit, event.snapshot, event.code, ends_at, kind, event.tries)
        if event.same_visit:
            self.id = event.visit
            self._shown_code = event.code
        givable = bool(event.snapshot) and (event.same_visit or bool(event.code))
        if givable and event.hold_seconds > 0 and hold.tries_left:
            self._set_hold(hold)
            if kind is HoldKind.CODE:
                # Written anew: the clock that its time is counted on may be another since.
                self._end_on_disk(hold)
        elif event.snapshot:
            self._shown_code = ""
            self._forget()

    def restore(self) -> None:
        """ "Hämta din korg" where one tap is enough."""
        offered = self.restore_view()
        if self.hold is not None and offered is not None and offered.way is RestoreWay.ONE_TAP:
            self._give_back(self.hold)

    def enter_code(self, untrusted_code: str) -> None:
        """The four digits; the fifth wrong ones delete the cart."""
        offered = self.restore_view()
        if self.hold is None or offered is None or offered.way is not RestoreWay.CODE:
            return
        if self.hold.fits(untrusted_code):
            self._give_back(self.hold)
            return
        self._turn.say(Notice.CODE_WRONG)
        after = self.hold.wrong_code()
        if after is None:
            self._drop_hold()
            self._forget()
            self.keep()
        else:
            self.hold = after
            self._end_on_disk(after)

    def restore_failed(self) -> None:
        """The till cannot read it: keeping it longer helps nobody."""
        if self._restoring:
            self._restoring = False
            self._shown_code = ""
            self._drop_hold()
            self._forget()
            self.keep()
            self._turn.say(Notice.CART_LOST)

    def hold_over(self) -> None:
        """The five minutes are over."""
        hold, self.hold = self.hold, None
        self._shown_code = ""
        if hold is not None and hold.kind is not HoldKind.IN_TILL:
            self._forget()
        self.keep()

    def end(self) -> None:
        """The shopper has left: nothing stays but a cart that was promised against its code."""
        self._save = None
        self._restoring = False
        hold = self.hold
        if hold is None:
            if self._cart_kept:
                self._forget()
        elif hold.kind is not HoldKind.CODE:
            self._end_hold(hold)
        self.id = self._turn.new_id()
        self.language = self._settings.language
        self._shown_code = ""
        self._till = _EMPTY
        self._turn.timers.cancel(Timer.KEEP)

    @property
    def _keepable(self) -> bool:
        return not self._till.cart.empty and self._till.step not in _BOUGHT

    def _give_back(self, hold: CartHold) -> None:
        self._restoring = True
        self._turn.do(RestoreCart(hold.snapshot))

    def _set_hold(self, hold: CartHold) -> None:
        self.hold = hold
        self._turn.timers.set(Timer.HOLD, hold.ends_at)

    def _drop_hold(self) -> None:
        self.hold = None
        self._turn.timers.cancel(Timer.HOLD)

    def _end_hold(self, hold: CartHold) -> None:
        after = hold.visit_ended()
        if after is None:
            self._drop_hold()
            self._forget()
        else:
            self.hold = after
            # The place on disk belongs to that cart now.
            self._cart_kept = self._case_kept = False
            self._end_on_disk(after)

    def _end_on_disk(self, hold: CartHold) -> None:
        left = max(0.0, hold.ends_at - self._turn.now.monotonic)
        self._turn.do(EndVisit(hold.visit, self._turn.wall_after(left), hold.tries))

    def _forget(self) -> None:
        self._cart_kept = False
        self._turn.do(ForgetCart())
