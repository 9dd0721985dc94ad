"""What the kiosk asks of any till, built in or another program's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk_app.base.errors import KioskError
from kiosk_app.protocol.shared import Cart, PaymentStep


class TillError(KioskError):
    """The till did not do what was asked; the message says why."""


class TillAwayError(TillError):
    """The till did not answer. Whether it has done what was asked is not known."""


@dataclass(frozen=True, slots=True)
class TillState:
    """How the purchase stands. ``snapshot`` is the till's own form of its cart, for the vault."""

    cart: Cart
    step: PaymentStep
    declines: int
    snapshot: bytes


class Till(Protocol):
    """A till. Every change is told to the listener at once, on the event loop's thread.

    What is awaited may have to be asked of another program: it has been done once it returns, and
    TillError says in words why it was not. TillAwayError: the till could not be asked at all.
    """

    @property
    def state(self) -> TillState: ...

    def listen(self, listener: Callable[[TillState], None]) -> None:
        """Tell ``listener`` of each change from now on. There is one listener."""

    def watch(self, watcher: Callable[[], None]) -> None:
        """Tell ``watcher`` too of each change, after the listener."""

    async def restore(self, snapshot: bytes) -> None:
        """Add a saved cart to the one in the till, in step CART; nothing in the till is lost.

        Of the same article there is more, not another line. TillError, and nothing changed, if it
        cannot be read or does not fit.
        """

    def wipe(self) -> None:
        """Forget the shopper: cart, step, typed digits, receipt."""

    async def unlock_line(self, line: str) -> None:
        """Let an age-restricted line be bought. TillError when the line is not there or locked."""

    async def resume_payment(self) -> None:
        """Go from DECLINED, or a terminal that hangs, back to PAYMENT. TillError otherwise."""

    async def void_line(self, line: str) -> None:
        """Take a line out of the cart. TillError when it is not there."""
