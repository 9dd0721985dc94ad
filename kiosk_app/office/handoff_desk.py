"""A case goes on in the shopper's phone: codes, their one use, and what became of the cart."""

import logging
import secrets
from datetime import timedelta

import msgspec

from kiosk_app.base.clock import Clock
from kiosk_app.office.admin import token_hash
from kiosk_app.office.cases import Cases, Refusal
from kiosk_app.office.lines import KioskLines
from kiosk_app.office.phones import Phones
from kiosk_app.office.record import CaseRecord, changed
from kiosk_app.office.store.ports import PhoneStore
from kiosk_app.protocol import from_kiosk, to_kiosk
from kiosk_app.protocol.call import CallNow
from kiosk_app.protocol.shared import (
    Battery,
    CasePhase,
    Device,
    Network,
    ShareEndCause,
)
from kiosk_app.protocol.to_phone import CartLeft

logger = logging.getLogger(__name__)

CODE_VALID = timedelta(minutes=5)  # promised on the kiosk's screen
PHONE_VALID = timedelta(hours=12)  # no case is longer; it also opens the word that it is over
_TOKEN_BYTES = 24  # 192 bits; at least 128 are asked for, and a longer code is harder to read

_MOVABLE = (CasePhase.QUEUED, CasePhase.ACTIVE)


class HandoffDesk:
    """``address`` is the office's own, as phones reach it, without a slash at its end.

    To be used under the cases' lock, but for :meth:`exchange`, which takes it.
    """

    def __init__(
        self,
        cases: Cases,
        lines: KioskLines,
        phones: Phones,
        store: PhoneStore,
        clock: Clock,
        *,
        address: str,
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._phones = phones
        self._store = store
        self._clock = clock
        self._address = address

    async def ask(self, record: CaseRecord, message: from_kiosk.AskHandoff) -> None:
        """Make a code for ``record``; the one before is worth nothing any more."""
        if record.phase not in _MOVABLE:
            raise Refusal("not_now", "Only a case that a person is asked for goes on by phone.")
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        expires = self._clock.wall() + CODE_VALID
        await self._store.put_handoff(token_hash(token), record.case, expires)
        event = self._cases.event("handoff_offered", record.kiosk)
        await self._cases.commit(changed(record), event, command=message.command)
        self._lines.send(
            record.kiosk,
            to_kiosk.HandoffReady(
                case=record.case,
                command=message.command,
                # Behind the #: no browser sends it, so no proxy's log has it.
                url=f"{self._address}/p#{token}",
                valid_seconds=int(CODE_VALID.total_seconds()),
            ),
        )

    async def withdraw(self, record: CaseRecord, message: from_kiosk.WithdrawHandoff) -> None:
        """The shopper went back to the kiosk's screen."""
        await self._store.withdraw_handoffs(record.case)
        event = self._cases.event("handoff_withdrawn", record.kiosk)
        await self._cases.commit(changed(record), event, command=message.command)

    async def report(self, record: CaseRecord, message: from_kiosk.ReportHandoff) -> None:
        """What became of the cart; the phone shows it."""
        event = self._cases.event("cart_left", record.kiosk, left=message.cart.left.value)
        left = changed(record, cart_now=message.cart)
        await self._cases.commit(left, event, command=message.command)
        self._phones.send(record.case, CartLeft(case=record.case, cart_now=message.cart))

    async def exchange(self, untrusted_token: str) -> str | None:
        """The session of the phone that comes with a good code, which is used up by it.

        None for any other, without a word why. StoreError: the code is not used, or is lost; the
        case is still at the kiosk.
        """
        async with self._cases.lock:
            now = self._clock.wall()
            case = await self._store.use_handoff(token_hash(untrusted_token), now)
            record = self._cases.records.get(case) if case is not None else None
            if record is None or record.on_phone or record.phase not in _MOVABLE:
                return None
            session = secrets.token_urlsafe(32)
            await self._store.put_phone(token_hash(session), record.case, now + PHONE_VALID)
            await self._move(record)
            return session

    async def _move(self, record: CaseRecord) -> None:
        share = record.share
        if share.live:
            share = share.over(ShareEndCause.CASE_ENDED)
        context = msgspec.structs.replace(
            record.context,
            channel="phone",
            device=Device(),
            network=Network(),
            battery=Battery(),
        )
        moved = changed(record, context=context, share=share, call=CallNow(), cart_now=None)
        self._phones.expect(record.case)
        try:
            await self._cases.commit(moved, self._cases.event("handed_off", "phone"))
        except BaseException:
            self._phones.forget(record.case)
            raise
        self._lines.send(record.kiosk, to_kiosk.HandedOff(case=record.case))
        logger.info("case handed off to a phone", extra={"case": record.case})
