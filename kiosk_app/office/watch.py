"""Does what only time does: leases, agents who stayed away, what nobody reports on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from kiosk_app.base.clock import Clock
from kiosk_app.office.callbacks import Callbacks
from kiosk_app.office.cases import Cases
from kiosk_app.office.errors import StoreError
from kiosk_app.office.pushes import Pushes
from kiosk_app.office.queue_desk import QueueDesk
from kiosk_app.office.share_desk import ShareDesk
from kiosk_app.office.shoppers import Shoppers
from kiosk_app.office.store.ports import Store
from kiosk_app.office.waits import Waits
from kiosk_app.protocol.shared import EndCause

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.5  # half of the second within which a change must be told
UNATTENDED = timedelta(minutes=10)  # twice the cart's hold: nobody comes back to that screen
# How long after it was carried out a command that comes again is known, and how long after their
# end logins and sessions are kept. A kiosk that was away for longer, with its last message
# processed and not confirmed, may write that line into the case log a second time.
RETENTION = timedelta(hours=24)
_SWEEP_SECONDS = 3600.0


class Watch:
    """The office's clock: one tick after the other, each step of it on its own."""

    def __init__(
        self,
        cases: Cases,
        store: Store,
        waits: Waits,
        shoppers: Shoppers,
        queue: QueueDesk,
        shares: ShareDesk,
        callbacks: Callbacks,
        pushes: Pushes,
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._store = store
        self._waits = waits
        self._shoppers = shoppers
        self._queue = queue
        self._shares = shares
        self._callbacks = callbacks
        self._pushes = pushes
        self._clock = clock
        self._swept: float | None = None
        self._failed: dict[str, str] = {}  # by step: what was logged of it and is not over

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            await self.tick()
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """Every step once.

        Never raises: what fails is logged once, and neither keeps the rest from being done nor
        from being tried again at the next tick.
        """
        await self._do("hand-backs", self._locked(self._queue.give_back))
        await self._do("offers", self._locked(self._queue.renew_offers))
        await self._do("lost shares", self._locked(self._shares.end_lost))
        await self._do("unattended cases", self._locked(self._end_unattended))
        await self._do("missed calls", self._locked(self._callbacks.give_up))
        await self._do("pushes", self._look_again)
        await self._do("old rows", self._sweep)

    async def _do(self, what: str, step: Callable[[], Awaitable[None]]) -> None:
        try:
            await step()
        except StoreError as error:
            # Nothing was half done; the next tick finds the same work again.
            self._complain(what, str(error))
        except Exception as error:
            self._complain(what, repr(error), trace=True)
        else:
            self._failed.pop(what, None)

    def _complain(self, what: str, error: str, *, trace: bool = False) -> None:
        if self._failed.get(what) == error:
            return
        self._failed[what] = error
        text = "The office's clock could not see to the %s, and tries again: %s"
        logger.error(text, what, error, exc_info=trace)

    def _locked(self, step: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def alone() -> None:
            async with self._cases.lock:
                await step()

        return alone

    async def _end_unattended(self) -> None:
        """End what nobody waits for any more: no agent has it, and its kiosk is long gone."""
        now = self._clock.monotonic()
        for record in list(self._cases.records.values()):
            gone = self._shoppers.gone(record)
            if (
                record.agent is None
                and not record.by_phone
                and gone is not None
                and now - gone.monotonic >= UNATTENDED.total_seconds()
            ):
                event = self._cases.event("unattended", "office")
                await self._cases.end(record, EndCause.FAILED, event)

    async def _sweep(self) -> None:
        now = self._clock.monotonic()
        if self._swept is not None and now - self._swept < _SWEEP_SECONDS:
            return
        await self._store.forget_before(self._clock.wall() - RETENTION)
        self._swept = now

    async def _look_again(self) -> None:
        self._waits.forget_old(self._cases.records)
        self._pushes.push_queue()
