"""One shopper at this kiosk: cart, surroundings, language, and what of it is kept on disk."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk_app.case.cart_hold import HOLD_SECONDS, CartHold, HoldKind
from kiosk_app.case.effects import (
    EndVisit,
    ForgetCart,
    ForgetCase,
    ForgetHeldCart,
    HoldCart,
    KeepVisit,
    RestoreCart,
    SaveCart,
)
from kiosk_app.case.events import (
    DeviceSensed,
    HeldCartRecovered,
    TillChanged,
    VisitRecovered,
)
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

    ``hold`` is this visit's own saved cart. ``held`` is that of a visit that is over: its code was
    shown, so it waits until its five minutes end, also when the next shopper has begun. There is
    one of it; the next promised cart takes its place. Each has its own place on disk.
    """

    def __init__(self, turn: Turn, settings: CaseSettings, code: Callable[[], str]) -> None:
        self._turn = turn
        self._settings = settings
        self._code = code
        self.id = turn.new_id()
        self.language = settings.language
        self.hold: CartHold | None = None
        self.held: CartHold | None = None
        self._till = _EMPTY
        self._sensed = DeviceSensed(Device(), Network(), Battery())
        self._shown_code = ""
        self._case: str | None = None
        self._cart_kept = False
        self._case_kept = False
        self._restoring: RestoreWay | None = None
        self._save: _Save | None = None

    @property
    def step(self) -> PaymentStep:
        return self._till.step

    @property
    def card_entry(self) -> bool:
        return self._till.step is PaymentStep.CARD_ENTRY

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
            practice=self._settings.practice,
        )

    def restore_view(self) -> RestoreView | None:
        """What is offered of a saved cart now: this visit's own first, then the held one."""
        if self.step not in _RESTORABLE:
            return None
        way, hold = RestoreWay.ONE_TAP, self._one_tap
        if hold is None:
            way, hold = RestoreWay.CODE, self.held
        if hold is None:
            return None
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
        restored, self._restoring = self._restoring, None
        if restored is not None:
            self._turn.say(Notice.CART_RESTORED)
        if restored is RestoreWay.ONE_TAP:
            self._shown_code = ""
            self._drop_hold()
        elif hold is not None and hold.kind is HoldKind.IN_TILL:
            if self._keepable:
                self.hold = replace(hold, snapshot=event.snapshot)
            else:
                # Bought, or emptied by hand: nothing is left to give back.
                self._shown_code = ""
                self._drop_hold()
        elif self._one_tap and hold is not None and hold.code and not event.cart.empty:
            # Somebody began anew instead of taking the cart back: from now on it needs its code.
            # Where none was shown nobody could ever enter it, so that one stays a tap away.
            self._end_hold(hold)
            self._shown_code = ""
            if self._case is None:
                self.id = self._turn.new_id()
        self.keep()
        if restored is RestoreWay.CODE:
            # Only now: until it is kept as this visit's, the disk must have it as the held one.
            self._forget_held()

    def keep(self) -> None:
        """Write down what a restart needs, or take it off the disk when that is nothing."""
        one_tap = self._one_tap
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
        one_tap = self._one_tap
        if one_tap is not None:
            # Also where goods have been scanned since: those are in the till, this is not.
            snapshot, kind = one_tap.snapshot, HoldKind.ONE_TAP
        elif self._keepable:
            snapshot, kind = self._till.snapshot, HoldKind.IN_TILL
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
        """The visit that an earlier run kept goes on; its cart is one tap away."""
        self._cart_kept = bool(event.snapshot)
        self._case_kept = event.case is not None
        self.id = event.visit
        if event.snapshot and event.hold_seconds > 0:
            self._shown_code = event.code
            ends_at = self._turn.after(event.hold_seconds)
            self._set_hold(
                CartHold(event.visit, event.snapshot, event.code, ends_at, HoldKind.ONE_TAP)
            )
        elif event.snapshot:
            self._forget()

    def held_recovered(self, event: HeldCartRecovered) -> None:
        """An earlier shopper's cart waits for its code."""
        ends_at = self._turn.after(event.hold_seconds)
        held = CartHold(
            event.visit, event.snapshot, event.code, ends_at, HoldKind.CODE, event.tries
        )
        if event.code and event.hold_seconds > 0 and held.tries_left:
            self._set_held(held)
            # Written anew: the clock that its time is counted on may be another since.
            self._turn.do(self._on_disk(held))
        else:
            self._turn.do(ForgetHeldCart())

    def restore(self) -> None:
        """ "Hämta din korg" where one tap is enough."""
        offered = self.restore_view()
        if self.hold is not None and offered is not None and offered.way is RestoreWay.ONE_TAP:
            self._give_back(self.hold, RestoreWay.ONE_TAP)

    def enter_code(self, untrusted_code: str) -> None:
        """The four digits; the fifth wrong ones delete the cart."""
        offered = self.restore_view()
        if self.held is None or offered is None or offered.way is not RestoreWay.CODE:
            return
        if self.held.fits(untrusted_code):
            self._give_back(self.held, RestoreWay.CODE)
            return
        self._turn.say(Notice.CODE_WRONG)
        after = self.held.wrong_code()
        if after is None:
            self._forget_held()
        else:
            self.held = after
            self._turn.do(self._on_disk(after))

    def restore_failed(self) -> None:
        """The till cannot read it: keeping it longer helps nobody."""
        restoring, self._restoring = self._restoring, None
        if restoring is None:
            return
        if restoring is RestoreWay.CODE:
            self._forget_held()
        else:
            self._shown_code = ""
            self._drop_hold()
            self._forget()
            self.keep()
        self._turn.say(Notice.CART_LOST)

    def hold_over(self) -> None:
        """The five minutes of this visit's saved cart are over."""
        hold, self.hold = self.hold, None
        self._shown_code = ""
        if hold is not None and hold.kind is not HoldKind.IN_TILL:
            self._forget()
        self.keep()

    def held_over(self) -> None:
        """Those of the held cart are."""
        self._forget_held()

    def end(self) -> None:
        """The shopper has left: nothing stays but a cart that was promised against its code."""
        self._save = None
        self._restoring = None
        if self.hold is not None:
            self._end_hold(self.hold)
        elif self._cart_kept:
            self._forget()
        self.id = self._turn.new_id()
        self.language = self._settings.language
        self._shown_code = ""
        self._till = _EMPTY
        self._turn.timers.cancel(Timer.KEEP)

    @property
    def _one_tap(self) -> CartHold | None:
        hold = self.hold
        return hold if hold is not None and hold.kind is HoldKind.ONE_TAP else None

    @property
    def _keepable(self) -> bool:
        return not self._till.cart.empty and self._till.step not in _BOUGHT

    def _give_back(self, hold: CartHold, way: RestoreWay) -> None:
        self._restoring = way
        self._turn.do(RestoreCart(hold.snapshot))

    def _set_hold(self, hold: CartHold) -> None:
        self.hold = hold
        self._turn.timers.set(Timer.HOLD, hold.ends_at)

    def _drop_hold(self) -> None:
        self.hold = None
        self._turn.timers.cancel(Timer.HOLD)

    def _end_hold(self, hold: CartHold) -> None:
        """From now on the cart needs its code; one without is gone."""
        self._drop_hold()
        after = hold.visit_ended()
        if after is None:
            self._forget()
        else:
            self._cart_kept = False
            self._set_held(after)
            self._turn.do(EndVisit(self._on_disk(after)))

    def _set_held(self, held: CartHold) -> None:
        self.held = held
        self._turn.timers.set(Timer.HELD, held.ends_at)

    def _forget_held(self) -> None:
        self.held = None
        self._turn.timers.cancel(Timer.HELD)
        self._turn.do(ForgetHeldCart())

    def _on_disk(self, held: CartHold) -> HoldCart:
        left = max(0.0, held.ends_at - self._turn.now.monotonic)
        return HoldCart(
            held.visit, held.snapshot, held.code, self._turn.wall_after(left), held.tries
        )

    def _forget(self) -> None:
        self._cart_kept = False
        self._turn.do(ForgetCart())
