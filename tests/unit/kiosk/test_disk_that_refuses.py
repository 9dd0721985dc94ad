"""What the disk did not take is written once it takes anything, and is what should be there."""

import asyncio
import logging
from datetime import timedelta

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.pauses import GrowingPauses
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.case.effects import KeepVisit, WaitingCart
from kiosk_app.case.events import CartSaved, CartSaveFailed, Event
from kiosk_app.kiosk.keeper import Keeper
from kiosk_app.vault.fake import FakeDisk, FakeVault
from tests.conftest import LogWatch
from tests.support.waiting import until

clock = FakeClock()


class Hand:
    """A keeper on a disk that the test fills and makes room on."""

    def __init__(self, *, pause: float = 0.001) -> None:
        self.disk = FakeDisk()
        self.vault = FakeVault(self.disk)
        self.fed: list[Event] = []
        self.tasks = TaskOwner("test")
        self.keeper = Keeper(
            vault=self.vault,
            clock=clock,
            boot_id="boot-1",
            tasks=self.tasks,
            feed=self.fed.append,
            pauses=GrowingPauses(first=pause),
        )

    async def written(self) -> None:
        """Everything that was asked for is written, or was refused."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def close(self) -> None:
        await self.keeper.close()
        await self.tasks.close()


def visit(
    snapshot: bytes, *, case: str | None = None, waiting: tuple[WaitingCart, ...] | None = None
) -> KeepVisit:
    return KeepVisit(
        visit="visit",
        case=case,
        snapshot=snapshot,
        code="4821",
        code_shown=False,
        saved_at=clock.wall(),
        hold_until=clock.wall() + timedelta(minutes=5),
        waiting=waiting,
    )


def cart(snapshot: bytes) -> WaitingCart:
    return WaitingCart(
        visit="visit",
        snapshot=snapshot,
        code="",
        code_shown=False,
        hold_until=clock.wall() + timedelta(minutes=5),
        one_tap=True,
        tries=0,
    )


async def test_a_cart_is_saved_late_and_that_is_said_once(expect_log: LogWatch) -> None:
    said = expect_log("could not be saved", level=logging.ERROR)
    hand = Hand()
    hand.disk.full = True
    hand.keeper.save_cart(visit(b"goods"))
    await until(lambda: hand.fed != [])
    assert isinstance(hand.fed[0], CartSaveFailed)
    hand.disk.full = False
    await until(lambda: len(hand.fed) == 2)
    assert isinstance(hand.fed[1], CartSaved)
    assert hand.disk.visit is not None
    assert hand.disk.visit.snapshot == b"goods"
    hand.keeper.keep_visit(visit(b"goods and more"))
    await hand.close()
    assert len(hand.fed) == 2
    assert len(said) == 1
    assert hand.disk.visit.snapshot == b"goods and more"


async def test_what_came_after_is_not_written_over_by_what_was_missed(
    expect_log: LogWatch,
) -> None:
    expect_log("could not be", level=logging.ERROR)
    hand = Hand(pause=3600)
    hand.keeper.keep_visit(visit(b"first"))
    await until(lambda: hand.disk.visit is not None)
    hand.disk.full = True
    # The cart waits from now on, and another is begun: only the first of the two is missed.
    hand.keeper.move_cart((cart(b"first"),))
    hand.keeper.keep_visit(visit(b"second", case="case"))
    hand.keeper.forget_case()
    hand.keeper.forget_cart()
    hand.keeper.hold_carts((cart(b"first"), cart(b"third")))
    await hand.written()
    hand.disk.full = False
    hand.keeper.keep_visit(visit(b"fourth"))
    await hand.close()
    assert [held.snapshot for held in hand.disk.held] == [b"first", b"third"]
    assert hand.disk.visit is not None
    assert (hand.disk.visit.snapshot, hand.disk.visit.case) == (b"fourth", None)


async def test_a_cart_that_is_gone_by_then_is_not_brought_back(expect_log: LogWatch) -> None:
    expect_log("could not be", level=logging.ERROR)
    hand = Hand()
    hand.disk.full = True
    hand.keeper.keep_visit(visit(b"goods"))
    hand.keeper.hold_carts((cart(b"other"),))
    hand.keeper.move_cart(())
    await hand.written()
    hand.disk.full = False
    await hand.close()
    assert hand.disk.visit is None
    assert hand.disk.held == []


async def test_the_last_try_is_at_the_end(expect_log: LogWatch) -> None:
    expect_log("could not be", level=logging.ERROR)
    hand = Hand(pause=3600)
    hand.disk.full = True
    hand.keeper.keep_visit(visit(b"goods"))
    await hand.written()
    hand.disk.full = False
    await hand.close()
    assert hand.disk.visit is not None


async def test_what_an_earlier_run_kept_is_not_lost_by_a_refusal(expect_log: LogWatch) -> None:
    expect_log("could not be", level=logging.ERROR)
    hand = Hand(pause=3600)
    hand.keeper.hold_carts((cart(b"old"),))
    await hand.close()
    again = Hand(pause=3600)
    again.disk.held = hand.disk.held
    await again.keeper.load()
    again.disk.full = True
    again.keeper.keep_visit(visit(b"new"))
    await again.written()
    again.disk.full = False
    await again.close()
    assert [held.snapshot for held in again.disk.held] == [b"old"]
    assert again.disk.visit is not None


async def test_a_run_that_could_not_read_the_disk_leaves_what_it_does_not_know(
    expect_log: LogWatch,
) -> None:
    expect_log("could not be", level=logging.ERROR)
    hand = Hand(pause=3600)
    hand.keeper.hold_carts((cart(b"old"),))
    await hand.close()
    again = Hand(pause=3600)
    again.disk.held = hand.disk.held
    again.disk.full = True
    again.keeper.keep_visit(visit(b"new"))
    await again.written()
    again.disk.full = False
    await again.close()
    assert [held.snapshot for held in again.disk.held] == [b"old"]
