"""Help that is offered before it is asked for: once a visit, and easily said no to."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case.core import Core
from kiosk_app.case.course.next_shopper import HAND
from kiosk_app.case.events import Event
from kiosk_app.case.phase import LinkState, Phase
from kiosk_app.case.presses import OfferAccepted, OfferDismissed, ScanFailed
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.visit import OfferView
from kiosk_app.protocol.shared import Cart, HelpReason, PaymentStep

PAYMENT_IDLE_SECONDS = 20.0
DECLINES = 2
SCANS = 3

_PAYING = (PaymentStep.PAYMENT, PaymentStep.CARD_ENTRY, PaymentStep.DECLINED)
_STUCK = (*_PAYING, PaymentStep.CART)


class Proactive:
    """Looks at the till after each event. Who has found Hjälp needs no offer any more."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._offer: HelpReason | None = None
        self._spent = False
        self._scans = 0
        self._cart = Cart()
        core.on_turn.append(self._look)
        core.after_visit_ended.append(self._start_over)

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {
            ScanFailed: self._scan_failed,
            OfferAccepted: self._accepted,
            OfferDismissed: self._dismissed,
        }

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {Timer.PAYMENT_IDLE: self._idle_in_payment}

    @property
    def view(self) -> OfferView | None:
        return OfferView(self._offer) if self._offer is not None else None

    # The shopper ---------------------------------------------------------------------------------

    def _scan_failed(self, event: ScanFailed) -> None:
        self._scans += 1

    def _accepted(self, event: OfferAccepted) -> None:
        core, reason = self._core, self._offer
        if reason is None:
            return
        self._offer = None
        core.visit.reason = reason
        core.open()

    def _dismissed(self, event: OfferDismissed) -> None:
        self._offer = None

    # The till ------------------------------------------------------------------------------------

    def _look(self, event: Event) -> None:
        core, timers = self._core, self._core.turn.timers
        cart = core.visit.context.cart
        if cart != self._cart:
            self._cart = cart
            self._scans = 0
        if core.phase is not Phase.IDLE:
            self._spent = True
            self._offer = None
        if self._offer is not None and not self._holds(self._offer):
            self._offer = None
        if not self._may_offer:
            timers.cancel(Timer.PAYMENT_IDLE)
            return
        if core.visit.step not in _PAYING:
            timers.cancel(Timer.PAYMENT_IDLE)
        elif isinstance(event, HAND) or not timers.has(Timer.PAYMENT_IDLE):
            timers.set(Timer.PAYMENT_IDLE, core.turn.after(PAYMENT_IDLE_SECONDS))
        reason = self._seen
        if reason is not None:
            self._put(reason)

    @property
    def _may_offer(self) -> bool:
        core = self._core
        return (
            not self._spent
            and core.policy.proactive
            and core.policy.button != "hidden"
            and core.link is not LinkState.DOWN
            and core.restraint.rest is None
        )

    @property
    def _seen(self) -> HelpReason | None:
        context = self._core.visit.context
        if any(line.age_restricted and not line.unlocked for line in context.cart.lines):
            return HelpReason.AGE
        if context.step is PaymentStep.DECLINED and context.declines >= DECLINES:
            return HelpReason.DECLINES
        return HelpReason.SCANS if self._scans >= SCANS else None

    def _holds(self, reason: HelpReason) -> bool:
        """Whether the offer still fits what stands before the shopper."""
        match reason:
            case HelpReason.AGE | HelpReason.SCANS:
                return self._seen is reason
            case HelpReason.DECLINES | HelpReason.PAYMENT_IDLE:
                return self._core.visit.step in _STUCK

    def _idle_in_payment(self) -> None:
        if self._may_offer and self._core.visit.step in _PAYING:
            self._put(HelpReason.PAYMENT_IDLE)

    def _put(self, reason: HelpReason) -> None:
        self._offer = reason
        self._spent = True
        self._core.turn.timers.cancel(Timer.PAYMENT_IDLE)

    def _start_over(self) -> None:
        self._offer = None
        self._spent = False
        self._scans = 0
        self._cart = Cart()
        self._core.turn.timers.cancel(Timer.PAYMENT_IDLE)
