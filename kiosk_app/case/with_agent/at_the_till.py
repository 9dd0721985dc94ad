"""An agent acts at the till: once, in time, in their own case, and before the shopper's eyes."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import events
from kiosk_app.case.core import Core
from kiosk_app.case.effects import CarryOutOrder
from kiosk_app.case.phase import WITH_AGENT
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.agent import TillActView
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol.from_kiosk import ReportTillOrder
from kiosk_app.protocol.shared import TillAction, TillOutcome
from kiosk_app.protocol.to_kiosk import OrderAtTill


class AtTheTill:
    """Orders of the office's. Whether it signed them is seen to where they are carried out."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.handlers: Mapping[type, Callable[[Any], None]] = {
            OrderAtTill: self.ordered,
            events.TillOrderDone: self.done,
        }
        self.deadlines: Mapping[Timer, Callable[[], None]] = {}

    def ordered(self, order: OrderAtTill) -> None:
        core = self._core
        case = core.case
        if case is None or case.id != order.case:
            return
        outcome = self._why_not(order)
        if outcome is not None:
            self._report(order, outcome)
            return
        case.orders.add(order.order)
        core.turn.do(CarryOutOrder(order))

    def done(self, event: events.TillOrderDone) -> None:
        """It was carried out, or could not be: the agent hears of either, the shopper sees it."""
        core = self._core
        order = event.order
        case = core.case
        if case is None or case.id != order.case:
            return
        self._report(order, event.outcome)
        if event.outcome is TillOutcome.DONE:
            case.till_act = TillActView(case.agent_name, order.action, event.item)
            core.turn.say(Notice.TILL_ACT)

    def _why_not(self, order: OrderAtTill) -> TillOutcome | None:
        core = self._core
        case = core.case
        if case is None or core.phase not in WITH_AGENT:
            return TillOutcome.NOT_NOW
        if order.order in case.orders:
            return TillOutcome.USED
        if core.turn.now.wall >= order.expires_at:
            return TillOutcome.EXPIRED
        lines = {line.line for line in core.visit.context.cart.lines}
        if order.action is not TillAction.RESUME_PAYMENT and order.line not in lines:
            return TillOutcome.MOVED_ON
        return None

    def _report(self, order: OrderAtTill, outcome: TillOutcome) -> None:
        turn = self._core.turn
        turn.send(
            ReportTillOrder(
                command=turn.new_id(), case=order.case, order=order.order, outcome=outcome
            )
        )
