"""What a phone says is carried out here: by the same rules as a kiosk's, for its one case."""

import logging

from kiosk_app.base.clock import Clock
from kiosk_app.office.cases import Cases, Refusal
from kiosk_app.office.errors import StoreError
from kiosk_app.office.estimate import Estimates
from kiosk_app.office.kiosk_desk import KioskDesk
from kiosk_app.office.phones import Phones, PhoneWindow
from kiosk_app.protocol.from_phone import FromPhone
from kiosk_app.protocol.shared import CasePhase
from kiosk_app.protocol.to_kiosk import CommandRefused
from kiosk_app.protocol.to_phone import CommandDone, PhoneReady

logger = logging.getLogger(__name__)


class PhoneDesk:
    """Handles every message of ``protocol/from_phone.py``."""

    def __init__(
        self,
        cases: Cases,
        phones: Phones,
        kiosks: KioskDesk,
        estimates: Estimates,
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._phones = phones
        self._kiosks = kiosks
        self._estimates = estimates
        self._clock = clock

    async def welcome(self, case: str, window: PhoneWindow) -> None:
        """Everything a page needs to begin, or to go on after a break."""
        async with self._cases.lock:
            self._phones.came(case, window)
            window.send(await self._ready(case))
            self._cases.look_at(case)

    def left(self, case: str, window: PhoneWindow) -> None:
        """The page is gone; the shopper may open it again."""
        self._phones.went(case, window, open_case=case in self._cases.records)
        self._cases.look_at(case)

    async def handle(self, case: str, window: PhoneWindow, message: FromPhone) -> None:
        """Carry ``message`` out, or say why not."""
        async with self._cases.lock:
            try:
                if message.case != case:
                    raise Refusal("not_yours", "This phone has another case. Nothing was changed.")
                await self._kiosks.handle_for_phone(message)
            except Refusal as refusal:
                window.send(CommandRefused(message.command, refusal.code, str(refusal)))
            except StoreError as error:
                logger.error("%s", error, extra={"case": case})
                text = "The office cannot write just now. Nothing was changed; try again."
                window.send(CommandRefused(message.command, "busy", text))
            else:
                window.send(CommandDone(message.command))

    async def _ready(self, case: str) -> PhoneReady:
        now = self._clock.wall()
        record = self._cases.records.get(case)
        if record is None:
            over = await self._cases.find(case)
            if over is None:
                raise StoreError("A phone's case is not in the store. The phone is told to wait.")
            return PhoneReady(
                case=case,
                now=now,
                language=over.context.language,
                store=over.context.store,
                phase=CasePhase.ENDED,
                cart_now=self._phones.cart_of(case),
            )
        place = self._estimates.of(case)
        return PhoneReady(
            case=case,
            now=now,
            language=record.context.language,
            store=record.context.store,
            phase=record.phase,
            agent_name=record.agent_name,
            position=place.position if place else None,
            wait_seconds=place.wait_seconds if place else None,
            cart=record.context.cart,
            cart_now=record.cart_now,
            chat=self._cases.chat(case),
        )
