"""The saved carts that are not in the till: which is offered, who gets it, when it goes."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from kiosk_app.case.effects import WaitingCart
from kiosk_app.case.events import CartsRecovered
from kiosk_app.case.timers import Timer
from kiosk_app.case.turn import Turn
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.visit import RestoreView, RestoreWay
from kiosk_app.case.visit.cart_hold import CODE_TRIES, HOLD_SECONDS, CartCode, CartHold


class WaitingCarts:
    """Oldest first. What changes them is the caller's to write down, as :meth:`on_disk` has it.

    Those of the visit that goes on are one tap away, the newest first: after each crash the first
    tap brings back what stood in the till. Those of ended visits need their code. A visit has one
    code for all its carts; no two visits have the same.
    """

    def __init__(self, turn: Turn, code: Callable[[], str]) -> None:
        self._turn = turn
        self._code = code
        self._carts: tuple[CartHold, ...] = ()
        self._tries = 0

    @property
    def own(self) -> CartHold | None:
        """What one tap gives back."""
        return next((cart for cart in reversed(self._carts) if cart.one_tap), None)

    @property
    def tries_left(self) -> int:
        """How many wrong codes may still be entered. Each is a try at every waiting code, so that
        more carts do not make guessing easier."""
        return -(-(CODE_TRIES - self._tries) // max(1, len(self._codes)))

    @property
    def view(self) -> RestoreView | None:
        """What is offered: the tap first, then the codes until the first of them is over."""
        own = self.own
        if own is not None:
            return RestoreView(RestoreWay.ONE_TAP, self._left(own.ends_at), self.tries_left)
        if not self._carts:
            return None
        soonest = min(cart.ends_at for cart in self._carts)
        return RestoreView(RestoreWay.CODE, self._left(soonest), self.tries_left)

    def on_disk(self) -> tuple[WaitingCart, ...]:
        """All of them, to be written."""
        return tuple(
            WaitingCart(
                visit=cart.visit,
                snapshot=cart.snapshot,
                code=cart.code,
                code_shown=cart.code_shown,
                hold_until=self._turn.wall_after(
                    max(0.0, cart.ends_at - self._turn.now.monotonic)
                ),
                one_tap=cart.one_tap,
                tries=0 if cart.one_tap else self._tries,
            )
            for cart in self._carts
        )

    def recovered(self, event: CartsRecovered) -> None:
        """What an earlier run left, but for what nobody can have any more."""
        self._tries = max((cart.tries for cart in event.carts), default=0)
        self._set(
            CartHold(
                cart.visit,
                cart.snapshot,
                cart.code,
                cart.code_shown,
                self._turn.after(cart.hold_seconds),
                cart.one_tap,
            )
            for cart in event.carts
            if cart.hold_seconds > 0 and (cart.one_tap or (cart.code and self._tries < CODE_TRIES))
        )

    def add(self, cart: CartHold) -> None:
        self._set((*self._carts, cart))

    def remove(self, cart: CartHold) -> None:
        """It is in the till, or cannot be read."""
        self._set(each for each in self._carts if each is not cart)

    def fresh_code(self) -> str:
        """The code to promise this visit's carts for; one that they have stays the same."""
        own = self.own
        if own is not None and own.code:
            return own.code
        while self.knows(code := self._code()):
            pass
        return code

    def knows(self, code: str) -> bool:
        """Whether a cart waits that was promised for ``code``."""
        return any(cart.code == code for cart in self._carts)

    def give_code(self, code: str) -> None:
        """The visit's carts have ``code``, which will be shown once that is on disk."""
        self._set(
            replace(cart, code=code, code_shown=False)
            if cart.one_tap and cart.code != code
            else cart
            for cart in self._carts
        )

    def show_code(self, shown: CartCode, *, one_tap: bool) -> None:
        """The code is shown. The visit's carts are still ``one_tap`` away or not."""
        self._set(
            replace(cart, code_shown=True, ends_at=shown.ends_at, one_tap=one_tap)
            if cart.one_tap
            else cart
            for cart in self._carts
        )

    def another_begun(self) -> bool:
        """Somebody began anew: a cart needs its code. Tells whether that changes anything.

        Where none was shown nobody could ever enter it; that one stays a tap away.
        """
        changed = any(cart.one_tap and cart.code_shown for cart in self._carts)
        self._set(
            replace(cart, one_tap=cart.one_tap and not cart.code_shown) for cart in self._carts
        )
        return changed

    def visit_ended(self) -> bool:
        """The shopper has left: only codes are worth anything. Tells whether that changes it."""
        changed = self.own is not None
        self._set(replace(cart, one_tap=False) for cart in self._carts if cart.code)
        return changed

    def find(self, untrusted_code: str) -> CartHold | None:
        """The newest cart that waits for this code."""
        return next((cart for cart in reversed(self._carts) if cart.fits(untrusted_code)), None)

    def wrong_code(self) -> None:
        """The last try deletes them all."""
        self._tries += len(self._codes)
        if self._tries >= CODE_TRIES:
            self._set(cart for cart in self._carts if cart.one_tap)

    def drop_due(self) -> None:
        """The five minutes of some are over."""
        self._set(cart for cart in self._carts if cart.ends_at > self._turn.now.monotonic)

    @property
    def _codes(self) -> set[str]:
        return {cart.code for cart in self._carts if not cart.one_tap}

    def _left(self, ends_at: float) -> Countdown:
        return Countdown(HOLD_SECONDS, ends_at)

    def _set(self, carts: Iterable[CartHold]) -> None:
        self._carts = tuple(carts)
        if not self._codes:
            self._tries = 0
        if self._carts:
            due = min(cart.ends_at for cart in self._carts)
            self._turn.timers.set(Timer.WAITING, due)
        else:
            self._turn.timers.cancel(Timer.WAITING)
