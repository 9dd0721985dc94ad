"""Keeps everyone's picture true: pushes what changed, and does what only time does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from kiosk_app.office.agent_desk import stop_share
from kiosk_app.office.callbacks import Callbacks
from kiosk_app.office.cards import card
from kiosk_app.office.cases import LOOK_AT_CASE, LOOK_AT_QUEUE, Cases, KioskLines
from kiosk_app.office.errors import StoreError
from kiosk_app.office.estimate import Estimates, Place
from kiosk_app.office.kiosk_desk import end_unattended
from kiosk_app.office.record import Share, changed
from kiosk_app.protocol import to_console, to_kiosk
from kiosk_app.protocol.shared import CasePhase, ShareEndCause

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.5  # half of the second within which a change must be told
_ASK_LAPSES = timedelta(seconds=45)  # the kiosk says no after 30 s; then it must have vanished
_SHARE_GRACE = timedelta(seconds=10)  # for the kiosk's own report of its deadline to arrive
# How long after it was carried out a command that comes again is known, and how long after their
# end logins and sessions are kept. A kiosk that was away for longer, with its last message
# processed and not confirmed, may write that line into the case log a second time.
RETENTION = timedelta(hours=24)
_SWEEP_SECONDS = 3600.0
_LONGEST_STEP = 5  # seconds: the browser counts between these by itself


class Watch:
    """Pushes to kiosks and consoles. ``promise`` is what was last said to every kiosk."""

    def __init__(
        self, cases: Cases, lines: KioskLines, estimates: Estimates, callbacks: Callbacks
    ) -> None:
        self._cases = cases
        self._lines = lines
        self._estimates = estimates
        self._callbacks = callbacks
        self._told: dict[str, Place] = {}
        self._shares: dict[tuple[str, Share], float] = {}  # since when (monotonic) each is live
        self._figures: to_console.Figures | None = None
        self._swept: float | None = None
        self._failed: dict[str, str] = {}  # by step: what was logged of it and is not over
        self.promise = estimates.promise()
        cases.bus.watch(LOOK_AT_CASE, self._push_case)
        cases.bus.watch(LOOK_AT_QUEUE, lambda _key: self._push_queue())

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            await self.tick()
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """What only time does: leases, agents who stayed away, shares nobody reports on.

        Never raises: what fails is logged once, and neither keeps the rest from being done nor
        from being tried again at the next tick.
        """
        await self._do("hand-backs", self._give_back)
        await self._do("offers", self._renew_offers)
        await self._do("lost shares", self._end_lost_shares)
        await self._do("unattended cases", lambda: end_unattended(self._cases))
        await self._do("missed calls", self._callbacks.give_up)
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

    async def _sweep(self) -> None:
        now = self._cases.clock.monotonic()
        if self._swept is not None and now - self._swept < _SWEEP_SECONDS:
            return
        await self._cases.store.forget_before(self._cases.clock.wall() - RETENTION)
        self._swept = now

    async def _look_again(self) -> None:
        self._cases.forget_old_waits()
        self._push_queue()

    def forget_told(self, kiosk: str) -> None:
        """The kiosk has come back: tell it its place again even if that has not changed."""
        for record in self._cases.of_kiosk(kiosk):
            self._told.pop(record.case, None)
        self._cases.bus.look(LOOK_AT_QUEUE)

    def _push_case(self, case: str) -> None:
        record = self._cases.records.get(case)
        if record is None:
            return
        for tab in self._cases.agents.every_tab:
            tab.send(to_console.CaseChanged(card=card(record, self._cases, agent=tab.agent)))

    def _push_queue(self) -> None:
        places = self._estimates.places()
        for case, place in places.items():
            record = self._cases.records.get(case)
            if record is not None and self._told.get(case) != place:
                self._lines.send(
                    record.kiosk,
                    to_kiosk.QueueChanged(
                        case=case, position=place.position, wait_seconds=place.wait_seconds
                    ),
                )
        self._told = places
        promise = self._estimates.promise()
        if promise != self.promise:
            self.promise = promise
            self._lines.send_all(to_kiosk.PromiseChanged(seconds=promise))
        self._push_figures()

    def _push_figures(self) -> None:
        new, old = self._estimates.figures(), self._figures
        if old is not None:
            same = (new.queued, new.promise_kept_percent, new.answer_seconds) == (
                old.queued,
                old.promise_kept_percent,
                old.answer_seconds,
            )
            step = new.longest_wait_seconds - old.longest_wait_seconds
            if same and 0 <= step < _LONGEST_STEP:
                return
        self._figures = new
        for tab in self._cases.agents.every_tab:
            tab.send(to_console.FiguresChanged(figures=new))

    async def _renew_offers(self) -> None:
        async with self._cases.lock:
            queue = self._cases.queue
            anyone = bool(self._cases.agents.connected)
            for case in queue.offer(self._cases.clock.monotonic(), anyone=anyone):
                record, attempt = self._cases.records.get(case), queue.attempt(case)
                if record is None or attempt is None:
                    queue.leave(case)
                    continue
                event = self._cases.event("offer_lapsed", "office", attempt=attempt - 1)
                await self._cases.commit(changed(record, attempt=attempt), event)

    async def _give_back(self) -> None:
        async with self._cases.lock:
            for record in list(self._cases.records.values()):
                agent = record.agent
                if agent is None or not self._cases.agents.away_too_long(agent):
                    continue
                if record.by_phone:
                    await self._callbacks.give_back(record)
                    continue
                if record.share.live:
                    record = await stop_share(
                        self._cases, self._lines, record, ShareEndCause.PEER_LOST
                    )
                attempt = record.attempt + 1
                with self._cases.queue.or_as_before(record.case):
                    waiting = changed(
                        record,
                        phase=CasePhase.QUEUED,
                        agent=None,
                        agent_name=None,
                        place=self._cases.queue.give_back(record.case, attempt),
                        attempt=attempt,
                    )
                    event = self._cases.event("agent_left", agent)
                    await self._cases.commit(waiting, event)
                self._lines.send(record.kiosk, to_kiosk.AgentLeft(case=record.case))
                logger.info(
                    "case back in the queue: its agent is gone", extra={"case": record.case}
                )

    async def _end_lost_shares(self) -> None:
        async with self._cases.lock:
            since = self._live_shares()
            now = self._cases.clock.monotonic()
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
                        ShareEndCause.LINK_LOST
                        if share.state == "asked"
                        else ShareEndCause.DEADLINE
                    )
                    await stop_share(self._cases, self._lines, record, cause)

    def _live_shares(self) -> dict[tuple[str, Share], float]:
        """When each live share or question began, on the clock that no jump of the wall moves."""
        now, wall = self._cases.clock.monotonic(), self._cases.clock.wall()
        began = {}
        for record in self._cases.records.values():
            share = record.share
            if share.since is not None and share.live:
                # Only after a restart of the office is there any time that the wall has to tell.
                gone = max(0.0, (wall - share.since).total_seconds())
                key = record.case, share
                began[key] = self._shares.get(key, now - gone)
        self._shares = began
        return began
