"""What the office orders at the till, carried out if it has signed it."""

import logging
from collections.abc import Callable

from kiosk_app.case.events import Event, TillOrderDone
from kiosk_app.protocol.shared import TillAction, TillOutcome
from kiosk_app.protocol.signing import till_order_bytes
from kiosk_app.protocol.to_kiosk import OrderAtTill
from kiosk_app.till.ports import Till, TillError

logger = logging.getLogger(__name__)


class TillOrders:
    """``signed_by_office`` tells whether a signature over some bytes is the office's."""

    def __init__(
        self,
        *,
        kiosk: str,
        till: Till,
        signed_by_office: Callable[[bytes, str], bool],
        feed: Callable[[Event], None],
    ) -> None:
        self._kiosk = kiosk
        self._till = till
        self._signed_by_office = signed_by_office
        self._feed = feed

    async def carry_out(self, order: OrderAtTill) -> None:
        """Do it, or not, and say which."""
        # A line that is voided takes its name with it.
        names = {line.line: line.name for line in self._till.state.cart.lines}
        outcome = await self._carry_out(order)
        self._feed(TillOrderDone(order, outcome, names.get(order.line, "")))

    async def _carry_out(self, order: OrderAtTill) -> TillOutcome:
        wanted = till_order_bytes(
            kiosk=self._kiosk,
            case=order.case,
            order=order.order,
            action=order.action.value,
            line=order.line,
            expires_at=order.expires_at,
        )
        if not self._signed_by_office(wanted, order.signature):
            logger.error(
                "An agent's action at the till was not signed by this kiosk's office and not "
                "carried out. Compare office_key in the settings with what kiosk-app admit prints."
            )
            return TillOutcome.NOT_SIGNED
        try:
            match order.action:
                case TillAction.UNLOCK_LINE:
                    await self._till.unlock_line(order.line)
                case TillAction.RESUME_PAYMENT:
                    await self._till.resume_payment()
                case TillAction.VOID_LINE:
                    await self._till.void_line(order.line)
        except TillError as error:
            logger.info("An agent's action at the till was not possible. %s", error)
            return TillOutcome.MOVED_ON
        return TillOutcome.DONE
