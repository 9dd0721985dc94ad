"""Calls at the office: it carries questions and answers and writes them down; it starts nothing.

What the card shows is what the kiosk said last. Every change has its line in the case log: who,
when, under which words, and why it ended.
"""

from kiosk_app.base.ids import new_id
from kiosk_app.office.cases import Cases, Refusal
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.record import CaseRecord, changed
from kiosk_app.office.shoppers import Shoppers
from kiosk_app.office.wording import say
from kiosk_app.protocol import from_console, from_kiosk, to_kiosk
from kiosk_app.protocol.call import CallKind
from kiosk_app.protocol.shared import PaymentStep


class CallDesk:
    """The part of both desks that is about calls. To be used under the cases' lock."""

    def __init__(self, cases: Cases, lines: KioskLines, shoppers: Shoppers) -> None:
        self._cases = cases
        self._lines = lines
        self._shoppers = shoppers

    async def start(self, record: CaseRecord, message: from_console.StartCall) -> None:
        """The agent asks, or joins what the shopper asks for. Refusal where it cannot arrive."""
        if self._shoppers.gone(record) is not None:
            if record.on_phone:
                text = say("The phone is not connected. Ask for a call when it is back.")
                raise Refusal("phone_gone", text)
            text = say("The kiosk is not connected. Ask for a call when it is back.")
            raise Refusal("kiosk_gone", text)
        if message.kind is CallKind.VIDEO and record.context.step is PaymentStep.CARD_ENTRY:
            text = say("The shopper is at the card terminal. Ask for the camera afterwards.")
            raise Refusal("card_entry", text)
        ask = new_id()
        event = self._cases.event(
            "call_asked",
            record.agent or "",
            ask=ask,
            call=message.kind.value,
            reason=message.reason.value,
        )
        await self._cases.commit(changed(record), event, command=message.command)
        self._lines.send(
            record.kiosk,
            to_kiosk.AskCall(case=record.case, ask=ask, kind=message.kind, reason=message.reason),
        )

    async def hang_up(self, record: CaseRecord, message: from_console.HangUp) -> None:
        """The agent ends it; the kiosk says when it has."""
        event = self._cases.event("call_hung_up", record.agent or "")
        await self._cases.commit(changed(record), event, command=message.command)
        self._lines.send(record.kiosk, to_kiosk.EndCall(case=record.case))

    async def report(self, record: CaseRecord, message: from_kiosk.ReportCall) -> None:
        """The kiosk says how the call stands now."""
        call = message.call
        event = self._cases.event(
            "call",
            record.shopper_at,
            phase=call.phase.value,
            call=call.kind.value if call.kind else None,
            offered=call.offered.value if call.offered else None,
            answer=call.answer.value if call.answer else None,
            muted=call.muted,
            camera=call.camera,
            cause=call.cause.value if call.cause else None,
            at=message.at.isoformat(),
            text_version=message.text_version,
            language=message.language,
        )
        await self._cases.commit(changed(record, call=call), event, command=message.command)
