"""What is kept of the visit: effects of the rules, made into writes of the vault, in order."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime

from kiosk_app.base.clock import Clock
from kiosk_app.base.pauses import GrowingPauses
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.case.effects import KeepVisit, WaitingCart
from kiosk_app.case.events import (
    CartSaved,
    CartSaveFailed,
    CartsRecovered,
    Event,
    RecoveredCart,
    VisitRecovered,
)
from kiosk_app.case.visit.cart_hold import seconds_left
from kiosk_app.kiosk.ordered import Job, Ordered
from kiosk_app.kiosk.wanted import Wanted
from kiosk_app.vault.ports import HeldCart, KeptVisit, Vault, VaultError

logger = logging.getLogger(__name__)

LOAD_SECONDS = 3.0  # a disk that takes longer must not keep the till from opening
FINISH_SECONDS = 2.0  # what a stop of the program waits for the disk


class Keeper:
    """Writes for one kiosk. ``boot_id`` names this run of the machine, "" where unknown.

    After a write that failed, nothing less than all that should be on disk is written, with the
    next change and after each of the ``pauses``, until the disk has taken it.
    """

    def __init__(
        self,
        *,
        vault: Vault,
        clock: Clock,
        boot_id: str,
        tasks: TaskOwner,
        feed: Callable[[Event], None],
        pauses: GrowingPauses | None = None,
    ) -> None:
        self._vault = vault
        self._clock = clock
        self._boot_id = boot_id
        self._feed = feed
        self._tasks = tasks
        self._writes = Ordered(tasks, "vault")
        self._wanted = Wanted()
        self._pauses = pauses or GrowingPauses()
        self._behind = False  # the disk has not taken something that it should have
        self._owes_cart = False  # and the shopper was told so of the cart
        self._waiting: asyncio.Task[None] | None = None

    async def load(self) -> list[Event]:
        """What an earlier run kept. A vault that cannot be read is logged and kept nothing."""
        try:
            async with asyncio.timeout(LOAD_SECONDS):
                held = await self._vault.load_carts()
                kept = await self._vault.load_visit()
        except TimeoutError:
            logger.error("The vault did not answer in %.0f s; the till opens empty.", LOAD_SECONDS)
            return []
        except VaultError as error:
            logger.error("The kept visit could not be read; the till opens empty. %s", error)
            return []
        self._wanted.visit(kept, held)
        found: list[Event] = []
        if held:
            found.append(
                CartsRecovered(
                    tuple(
                        RecoveredCart(
                            visit=cart.visit,
                            snapshot=cart.snapshot,
                            code=cart.code,
                            code_shown=cart.code_shown,
                            hold_seconds=self._seconds_left(cart),
                            one_tap=cart.one_tap,
                            tries=cart.tries,
                        )
                        for cart in held
                    )
                )
            )
        if kept is not None:
            found.append(
                VisitRecovered(
                    visit=kept.visit,
                    case=kept.case,
                    snapshot=kept.snapshot,
                    code=kept.code,
                    code_shown=kept.code_shown,
                    hold_seconds=self._seconds_left(kept),
                )
            )
        return found

    def _seconds_left(self, kept: KeptVisit | HeldCart) -> float:
        return seconds_left(
            hold_until=kept.hold_until,
            hold_until_boottime=kept.hold_until_boottime,
            boot_id=kept.boot_id,
            wall=self._clock.wall(),
            boottime=self._clock.monotonic(),
            boot_id_now=self._boot_id,
        )

    def keep_visit(self, effect: KeepVisit) -> None:
        visit, held = self._visit(effect), self._held(effect.waiting)
        self._wanted.visit(visit, held)
        self._add(
            "The visit could not be kept.",
            lambda: self._vault.keep_visit(visit, held),
            # The next one knows nothing of the waiting carts that this one writes.
            replaces="keep" if held is None else "",
        )

    def move_cart(self, carts: tuple[WaitingCart, ...]) -> None:
        """The cart of the till waits from now on, or is gone."""
        held = self._carts(carts)
        self._wanted.hold(held)
        self._wanted.forget_cart()
        self._add("The cart could not be set aside.", lambda: self._vault.move_cart(held))

    def hold_carts(self, carts: tuple[WaitingCart, ...]) -> None:
        held = self._carts(carts)
        self._wanted.hold(held)
        self._add("The waiting carts could not be kept.", lambda: self._vault.hold_carts(held))

    def save_cart(self, effect: KeepVisit) -> None:
        """Write the cart and say how it went."""
        visit, held = self._visit(effect), self._held(effect.waiting)
        self._wanted.visit(visit, held)

        async def save() -> None:
            try:
                await self._write(lambda: self._vault.keep_visit(visit, held))
            except Exception as error:
                # Whatever went wrong, the shopper must be told that the cart is not safe.
                logger.error("The cart could not be saved. %s", error)
                self._owes_cart = True
                self._feed(CartSaveFailed(str(error)))
            else:
                self._feed(CartSaved())

        self._writes.add(save)

    def forget_cart(self) -> None:
        self._wanted.forget_cart()
        self._add("The cart could not be deleted from disk.", self._vault.forget_cart)

    def forget_case(self) -> None:
        self._wanted.forget_case()
        self._add("The end of the case could not be written.", self._vault.forget_case)

    async def close(self) -> None:
        """Wait for what is being written, for a short time."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._writes.add(self._catch_up)
        await self._writes.finish(FINISH_SECONDS)

    def _visit(self, visit: KeepVisit) -> KeptVisit:
        return KeptVisit(
            visit=visit.visit,
            case=visit.case,
            snapshot=visit.snapshot,
            code=visit.code,
            code_shown=visit.code_shown,
            saved_at=visit.saved_at,
            hold_until=visit.hold_until,
            boot_id=self._boot_id,
            hold_until_boottime=self._boottime(visit.hold_until),
        )

    def _held(self, carts: tuple[WaitingCart, ...] | None) -> list[HeldCart] | None:
        return None if carts is None else self._carts(carts)

    def _carts(self, carts: tuple[WaitingCart, ...]) -> list[HeldCart]:
        return [
            HeldCart(
                visit=cart.visit,
                snapshot=cart.snapshot,
                code=cart.code,
                code_shown=cart.code_shown,
                hold_until=cart.hold_until,
                boot_id=self._boot_id,
                hold_until_boottime=self._boottime(cart.hold_until),
                one_tap=cart.one_tap,
                tries=cart.tries,
            )
            for cart in carts
        ]

    def _boottime(self, wall: datetime) -> float:
        return self._clock.monotonic() + (wall - self._clock.wall()).total_seconds()

    def _add(self, what: str, write: Job, *, replaces: str = "") -> None:
        async def job() -> None:
            try:
                await self._write(write)
            except VaultError as error:
                logger.error("%s The till goes on. %s", what, error)

        self._writes.add(job, replaces=replaces)

    async def _write(self, write: Job) -> None:
        """``write``, or everything where the disk has missed something before."""
        try:
            await (self._wanted.write(self._vault) if self._behind else write())
        except Exception:
            self._behind = True
            if self._waiting is None:
                self._waiting = self._tasks.start(self._try_again(), name="vault-again")
            raise
        if self._behind:
            owed, self._owes_cart = self._owes_cart, False
            self._behind = False
            self._pauses.reset()
            logger.info("The disk has taken what it did not take before.")
            if owed:
                self._feed(CartSaved())

    async def _try_again(self) -> None:
        await asyncio.sleep(self._pauses.next())
        self._waiting = None
        self._writes.add(self._catch_up)

    async def _catch_up(self) -> None:
        """No line in the log: the first failure has one."""
        if not self._behind:
            return
        with contextlib.suppress(VaultError):
            await self._write(lambda: self._wanted.write(self._vault))
