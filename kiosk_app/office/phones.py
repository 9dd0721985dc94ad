"""The phones that cases have gone on to: one window each, the newest."""

from typing import Protocol

from kiosk_app.base.clock import Clock
from kiosk_app.office.presence import Gone, KioskPresence
from kiosk_app.protocol.handoff import CartNow
from kiosk_app.protocol.to_phone import ToPhone


class PhoneWindow(Protocol):
    """A page that a case is open on."""

    def send(self, message: ToPhone) -> None:
        """Send soon, in order. Never blocks; a page that is gone forgets it."""

    def replace(self) -> None:
        """Another page has taken the case over."""


class Phones:
    """By case. A page that comes again is told how the case stands, so nothing is kept for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._carts: dict[str, CartNow] = {}
        self._presence = KioskPresence(clock)
        self._windows: dict[str, PhoneWindow] = {}
        self._cases: set[str] = set()

    def expect(self, case: str) -> None:
        """The case is on a phone from now on, whether or not its page is there."""
        if case not in self._cases:
            self._cases.add(case)
            self._presence.went(case)

    def cart_of(self, case: str) -> CartNow | None:
        """The cart that still waits at the kiosk for whoever had ``case``, which is over."""
        now = self._clock.wall()
        self._carts = {
            each: cart for each, cart in self._carts.items() if cart.until and cart.until > now
        }
        return self._carts.get(case)

    def forget(self, case: str, cart: CartNow | None = None) -> None:
        """The case is over; a page that still shows it hears the rest. The code of a ``cart`` is
        wanted for longer, and nowhere written."""
        if cart is not None:
            self._carts[case] = cart
        if case not in self._windows:
            self._cases.discard(case)

    def has(self, case: str) -> bool:
        return case in self._cases

    def came(self, case: str, window: PhoneWindow) -> None:
        older = self._windows.get(case)
        self._windows[case] = window
        self._cases.add(case)
        self._presence.came(case)
        if older is not None:
            older.replace()

    def went(self, case: str, window: PhoneWindow, *, open_case: bool) -> None:
        if self._windows.get(case) is not window:
            return
        del self._windows[case]
        self._presence.went(case)
        if not open_case:
            self._cases.discard(case)

    def send(self, case: str, message: ToPhone) -> None:
        window = self._windows.get(case)
        if window is not None:
            window.send(message)

    def gone(self, case: str) -> Gone | None:
        """Since when no page has been there; None while one is."""
        return self._presence.gone(case)
