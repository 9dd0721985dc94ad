"""An agent acts at a till: the office signs it for one case, one action and one line.

The kiosk carries it out once, if it still can, and says what came of it. Both ends of it are in
the case log, with who did what when, and never with what was in the cart.
"""

from datetime import timedelta

from kiosk_app.base.clock import Clock
from kiosk_app.office.agents import Agents
from kiosk_app.office.cases import Cases, Refusal
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.presence import KioskPresence
from kiosk_app.office.record import CaseRecord, changed
from kiosk_app.office.signing_key import SigningKey
from kiosk_app.office.wording import say
from kiosk_app.protocol import from_console, from_kiosk, to_console, to_kiosk
from kiosk_app.protocol.shared import CartLine, PaymentStep, TillAction
from kiosk_app.protocol.signing import till_order_bytes

VALID = timedelta(seconds=30)  # a link that is back by then; the till has moved on after that

_WAITING_PAYMENT = (PaymentStep.DECLINED, PaymentStep.CARD_ENTRY)


class TillDesk:
    """Orders to tills, and what came of them."""

    def __init__(
        self,
        cases: Cases,
        lines: KioskLines,
        agents: Agents,
        kiosks: KioskPresence,
        key: SigningKey,
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._agents = agents
        self._kiosks = kiosks
        self._clock = clock
        self._key = key

    async def order(self, record: CaseRecord, message: from_console.ActAtTill) -> None:
        """Send a signed order to the kiosk of ``record``, or say in words why not."""
        self._check(record, message)
        expires_at = self._clock.wall() + VALID
        signature = self._key.sign(
            till_order_bytes(
                kiosk=record.kiosk,
                case=record.case,
                order=message.command,
                action=message.action.value,
                line=message.line,
                expires_at=expires_at,
            )
        )
        event = self._cases.event(
            "till_ordered",
            record.agent or "",
            order=message.command,
            action=message.action.value,
            line=message.line,
        )
        await self._cases.commit(changed(record), event, command=message.command)
        self._lines.send(
            record.kiosk,
            to_kiosk.OrderAtTill(
                case=record.case,
                order=message.command,
                action=message.action,
                line=message.line,
                expires_at=expires_at,
                signature=signature,
            ),
        )

    async def reported(self, record: CaseRecord, message: from_kiosk.ReportTillOrder) -> None:
        """What came of it, for the log and for the agent."""
        event = self._cases.event(
            "till_acted", record.kiosk, order=message.order, outcome=message.outcome.value
        )
        await self._cases.commit(changed(record), event, command=message.command)
        acted = to_console.TillActed(
            command=message.order, case=record.case, outcome=message.outcome
        )
        self._agents.tell(record.agent, acted)

    def _check(self, record: CaseRecord, message: from_console.ActAtTill) -> None:
        if self._kiosks.gone(record.kiosk) is not None:
            text = say("The kiosk is not connected. Nothing was done; try again when it is back.")
            raise Refusal("kiosk_gone", text)
        context = record.context
        if message.action is TillAction.RESUME_PAYMENT:
            if context.step not in _WAITING_PAYMENT:
                raise Refusal(
                    "moved_on", say("No payment is waiting at the till. Nothing was done.")
                )
            return
        line = next((each for each in context.cart.lines if each.line == message.line), None)
        if line is None or (message.action is TillAction.UNLOCK_LINE and not _locked(line)):
            text = say("The cart has changed since. Nothing was done; look at it again.")
            raise Refusal("moved_on", text)


def _locked(line: CartLine) -> bool:
    return line.age_restricted and not line.unlocked
