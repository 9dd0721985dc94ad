"""A till that tests move by hand."""

from collections.abc import Callable
from dataclasses import replace

import msgspec

from kiosk_app.protocol.shared import Cart, CartLine, PaymentStep
from kiosk_app.till.ports import TillError, TillState

EMPTY = TillState(cart=Cart(), step=PaymentStep.IDLE, declines=0, snapshot=b"")


class FakeTill:
    """Keeps a cart and a step; its snapshot is the cart as JSON."""

    def __init__(self) -> None:
        self._state = EMPTY
        self._listener: Callable[[TillState], None] | None = None
        self._watchers: list[Callable[[], None]] = []

    @property
    def state(self) -> TillState:
        return self._state

    def listen(self, listener: Callable[[TillState], None]) -> None:
        self._listener = listener

    def watch(self, watcher: Callable[[], None]) -> None:
        self._watchers.append(watcher)

    def put(self, *lines: CartLine) -> None:
        """Make the cart these lines, as if the shopper had scanned them."""
        self._set_cart(Cart(lines=lines))

    def go_to(self, step: PaymentStep) -> None:
        """Move to ``step``; leaving CARD_ENTRY for DECLINED counts as a decline."""
        declined = step is PaymentStep.DECLINED
        self._set(replace(self._state, step=step, declines=self._state.declines + declined))

    async def restore(self, snapshot: bytes) -> None:
        try:
            cart = msgspec.json.decode(snapshot, type=Cart)
        except msgspec.MsgspecError as error:
            raise TillError("The saved cart cannot be read. The till is as it was.") from error
        in_till = {line.name: line for line in self._state.cart.lines}
        new = []
        for saved in cart.lines:
            there = in_till.get(saved.name)
            if there is None:
                new.append(saved)
                continue
            in_till[saved.name] = msgspec.structs.replace(
                there,
                quantity=there.quantity + saved.quantity,
                amount_ore=there.amount_ore + saved.amount_ore,
            )
        merged = Cart(lines=(*in_till.values(), *new))
        self._set(
            replace(
                self._state,
                cart=merged,
                step=PaymentStep.CART,
                snapshot=msgspec.json.encode(merged),
            )
        )

    def wipe(self) -> None:
        self._set(EMPTY)

    async def unlock_line(self, line: str) -> None:
        found = self._line(line)
        if not found.age_restricted or found.unlocked:
            raise TillError("That line is not locked. The cart is as it was.")
        unlocked = msgspec.structs.replace(found, unlocked=True)
        self._set_cart(
            Cart(lines=tuple(unlocked if x.line == line else x for x in self._state.cart.lines))
        )

    async def resume_payment(self) -> None:
        if self._state.step not in (PaymentStep.DECLINED, PaymentStep.CARD_ENTRY):
            raise TillError("No payment is waiting. The till is as it was.")
        self._set(replace(self._state, step=PaymentStep.PAYMENT))

    async def void_line(self, line: str) -> None:
        self._line(line)
        self._set_cart(Cart(lines=tuple(x for x in self._state.cart.lines if x.line != line)))

    def _line(self, line: str) -> CartLine:
        for each in self._state.cart.lines:
            if each.line == line:
                return each
        raise TillError("That line is not in the cart. The cart is as it was.")

    def _set_cart(self, cart: Cart) -> None:
        step = self._state.step
        if cart.empty or step is PaymentStep.IDLE:
            step = PaymentStep.IDLE if cart.empty else PaymentStep.CART
        snapshot = b"" if cart.empty else msgspec.json.encode(cart)
        self._set(replace(self._state, cart=cart, step=step, snapshot=snapshot))

    def _set(self, state: TillState) -> None:
        self._state = state
        if self._listener is not None:
            self._listener(state)
        for watcher in self._watchers:
            watcher()
