"""Screen shares at the office: it asks, writes the answers down, and ends what nobody answers for.

Only the shopper's press at the kiosk starts one. Every step has its line in the case log.
"""

from datetime import timedelta

from kiosk_app.base.clock import Clock
from kiosk_app.base.ids import new_id
from kiosk_app.office.cases import Cases, Refusal
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.presence import KioskPresence
from kiosk_app.office.record import CaseRecord, Share, changed
from kiosk_app.office.shoppers import Shoppers
from kiosk_app.office.wording import say
from kiosk_app.protocol import from_kiosk, to_kiosk
from kiosk_app.protocol.shared import PaymentStep, ShareEndCause

_ASK_LAPSES = timedelta(seconds=45)  # the kiosk says no after 30 s; then it must have vanished
_SHARE_GRACE = timedelta(seconds=10)  # for the kiosk's own report of its deadline to arrive


class ShareDesk:
    """The part of both desks that is about shares. To be used under the cases' lock."""

    def __init__(
        self,
        cases: Cases,
        lines: KioskLines,
        shoppers: Shoppers,
        kiosks: KioskPresence,
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._shoppers = shoppers
        self._kiosks = kiosks
        self._clock = clock
        self._since: dict[tuple[str, Share], float] = {}  # since when (monotonic) each is live

    async def ask(self, record: CaseRecord, command: str) -> None:
        """The agent asks to see the screen. Refusal where the question cannot arrive."""
        if record.share.live:
            text = say("The shopper is asked already, or shares already. Wait for the answer.")
            raise Refusal("share_pending", text)
        if record.context.step is PaymentStep.CARD_ENTRY:
            text = say("The shopper is at the card terminal. Ask to see the screen afterwards.")
            raise Refusal("card_entry", text)
        if self._shoppers.gone(record) is not None:
            text = say("The kiosk is not connected. Ask to see the screen when it is back.")
            raise Refusal("kiosk_gone", text)
        ask = new_id()
        share = Share(state="asked", ask=ask, since=self._clock.wall())
        event = self._cases.event("share_asked", record.agent or "", ask=ask)
        await self._cases.commit(changed(record, share=share), event, command=command)
        self._lines.send(record.kiosk, to_kiosk.AskScreenShare(case=record.case, ask=ask))

    async def stop(
        self, record: CaseRecord, cause: ShareEndCause, command: str | None = None
    ) -> CaseRecord:
        """End the share of ``record``, if it has one; the kiosk is told to stop."""
        if not record.share.live:
            return record
        event = self._cases.event(
            "share_stopped", record.agent or "office", ask=record.share.ask, cause=cause.value
        )
        stopped = changed(record, share=record.share.over(cause))
        await self._cases.commit(stopped, event, command=command)
        self._lines.send(record.kiosk, to_kiosk.StopScreenShare(case=record.case))
        return stopped

    async def answered(self, record: CaseRecord, message: from_kiosk.AnswerScreenShare) -> None:
        """The answer is logged whatever it is worth by now: the shopper gave it."""
        awaited = record.share.ask == message.ask and record.share.state == "asked"
        renewed = message.granted and _renews(record, message.ask)
        event = self._cases.event(
            "consent",
            record.kiosk,
            ask=message.ask,
            granted=message.granted,
            answer=message.answer.value,
            answered_at=message.answered_at.isoformat(),
            text_version=message.text_version,
            language=message.language,
            deadline_seconds=message.deadline_seconds,
            awaited=awaited,
            renews=record.share.ask if renewed else None,
        )
        share = record.share
        if renewed or (awaited and message.granted):
            share = Share(
                state="granted",
                ask=message.ask,
                since=self._clock.wall(),
                seconds=message.deadline_seconds,
            )
        elif awaited:
            share = Share(state="denied", ask=message.ask, answer=message.answer)
        await self._cases.commit(changed(record, share=share), event, command=message.command)
        if message.granted and not awaited and not renewed:
            # The agent has withdrawn the question, or is another one by now.
            self._lines.send(record.kiosk, to_kiosk.StopScreenShare(case=record.case))

    async def ended(self, record: CaseRecord, message: from_kiosk.ReportShareEnded) -> None:
        """The kiosk says that a share is over, and why."""
        event = self._cases.event(
            "share_ended",
            record.kiosk,
            ask=message.ask,
            cause=message.cause.value,
            shared_seconds=message.shared_seconds,
        )
        share = record.share
        if share.ask == message.ask:
            share = share.over(message.cause)
        await self._cases.commit(changed(record, share=share), event, command=message.command)

    async def end_of_earlier_run(self, kiosk: str, case: str) -> None:
        """A kiosk that asks how its case stands shows nothing: it was restarted, or the link was
        lost, which ends every share there. What it could say of that itself came before this.

        A question put since it came back is still on its way to it and stands.
        """
        record = self._cases.records.get(case)
        if record is None or record.kiosk != kiosk or not record.share.live:
            return
        share, here = record.share, self._kiosks.here_since(kiosk)
        if share.state == "asked" and share.since and here and share.since >= here:
            return
        cause = ShareEndCause.LINK_LOST
        event = self._cases.event("share_lost", kiosk, ask=share.ask, cause=cause.value)
        await self._cases.commit(changed(record, share=share.over(cause)), event)

    async def end_lost(self) -> None:
        """End every share and question that its kiosk should have reported on by now."""
        since = self._live()
        now = self._clock.monotonic()
        for record in list(self._cases.records.values()):
            share = record.share
            if (record.case, share) not in since:
                continue
            allowed = (
                _ASK_LAPSES
                if share.state == "asked"
                else timedelta(seconds=share.seconds) + _SHARE_GRACE
            )
            if now - since[record.case, share] >= allowed.total_seconds():
                cause = (
                    ShareEndCause.LINK_LOST if share.state == "asked" else ShareEndCause.DEADLINE
                )
                await self.stop(record, cause)

    def _live(self) -> dict[tuple[str, Share], float]:
        """When each live share or question began, on the clock that no jump of the wall moves."""
        now, wall = self._clock.monotonic(), self._clock.wall()
        began = {}
        for record in self._cases.records.values():
            share = record.share
            if share.since is not None and share.live:
                # Only after a restart of the office is there any time that the wall has to tell.
                gone = max(0.0, (wall - share.since).total_seconds())
                key = record.case, share
                began[key] = self._since.get(key, now - gone)
        self._since = began
        return began


def _renews(record: CaseRecord, ask: str) -> bool:
    """Whether a yes to ``ask`` goes on with the share that runs.

    The kiosk itself asks then, in the last minute, so no question of the agent's is awaited. Any
    share that an agent has stopped, or that was another agent's, is not ``granted`` any more.
    """
    share = record.share
    return record.agent is not None and share.state == "granted" and share.ask != ask
