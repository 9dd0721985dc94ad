"""What the kiosk asks of any till, built in or another program's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk_app.base.errors import KioskError
from kiosk_app.protocol.shared import Cart, PaymentStep


class TillError(KioskError):
    """The till did not do what was asked; the message says why."""


@dataclass(frozen=True, slots=True)
class TillState:
    """How the purchase stands. ``snapshot`` is the till's own form of its cart, for the vault."""

    cart: Cart
    step: PaymentStep
    declines: int
    snapshot: bytes


class Till(Protocol):
    """A till. Every change is told to the listener at once, on the caller's thread."""

    @property
    def state(self) -> TillState: ...

    def listen(self, listener: Callable[[TillState], None]) -> None:
        """Tell ``listener`` of each change from now on. There is one listener."""

    def restore(self, snapshot: bytes) -> None:
        """Add a saved cart to the one in the till, in step CART; nothing in the till is lost.

        Of the same article there is more, not another line. TillError, and nothing changed, if it
        cannot be read or does not fit.
        """

    def wipe(self) -> None:
        """Forget the shopper: cart, step, typed digits, receipt."""

    def unlock_line(self, line: str) -> None:
        """Let an age-restricted line be bought. TillError when the line is not there or locked."""

    def resume_payment(self) -> None:
        """Go from DECLINED, or a terminal that hangs, back to PAYMENT. TillError otherwise."""

    def void_line(self, line: str) -> None:
        """Take a line out of the cart. TillError when it is not there."""
