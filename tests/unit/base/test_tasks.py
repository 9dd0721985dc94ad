"""One owner for every task."""

import asyncio
import logging

import pytest

from kiosk_app.base.tasks import TaskOwner
from tests.conftest import LogWatch


async def test_a_task_that_fails_is_logged_and_told_once(expect_log: LogWatch) -> None:
    told: list[tuple[str, str]] = []
    owner = TaskOwner("room", on_failure=lambda name, error: told.append((name, str(error))))

    async def fail() -> None:
        raise ValueError("no")

    task = owner.start(fail(), name="work")
    await asyncio.wait([task])
    expect_log(r"task room\.work failed", level=logging.ERROR)
    assert told == [("room.work", "no")]
    assert owner.running == 0


async def test_closing_cancels_and_waits() -> None:
    owner = TaskOwner("room")
    ended = asyncio.Event()

    async def stay() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    owner.start(stay(), name="stay")
    # A task that never began has nothing to end.
    await asyncio.sleep(0)
    await owner.close()
    assert ended.is_set()
    assert owner.running == 0


async def test_a_closed_owner_takes_no_more() -> None:
    owner = TaskOwner("room")
    await owner.close()

    async def late() -> None:
        raise AssertionError("it must not run")

    with pytest.raises(RuntimeError, match="closed"):
        owner.start(late(), name="late")


async def test_a_task_may_close_its_own_owner() -> None:
    owner = TaskOwner("room")
    task = owner.start(owner.close(), name="closer")
    await task
    assert not task.cancelled()
