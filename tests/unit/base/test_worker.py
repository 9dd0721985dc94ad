import asyncio
import threading
from functools import partial
from typing import Any

import pytest

from kiosk_app.base.worker import Worker


async def test_functions_run_in_order_on_one_other_thread() -> None:
    worker = Worker("w")
    seen: list[tuple[int, int]] = []

    def note(n: int) -> None:
        seen.append((n, threading.get_ident()))

    await asyncio.gather(*(worker.call(partial(note, n)) for n in range(20)))
    await worker.close()
    assert [n for n, _ in seen] == list(range(20))
    assert len({thread for _, thread in seen} | {threading.get_ident()}) == 2


async def test_an_exception_is_the_callers() -> None:
    worker = Worker("w")
    with pytest.raises(ZeroDivisionError):
        await worker.call(lambda: 1 // 0)
    assert await worker.call(lambda: 2) == 2
    await worker.close()


async def test_a_cancelled_caller_does_not_stop_the_work_or_the_next() -> None:
    worker = Worker("w")
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        go_on.wait(10)
        done.set()

    task = asyncio.ensure_future(worker.call(slow))
    assert await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    assert await worker.call(done.is_set)
    await worker.close()


async def test_what_was_given_is_finished_before_close_returns() -> None:
    worker = Worker("w")
    seen: list[str] = []
    task = asyncio.ensure_future(worker.call(lambda: seen.append("given")))
    await asyncio.sleep(0)
    await worker.close(lambda: seen.append("last"))
    assert seen == ["given", "last"]
    await task
    with pytest.raises(RuntimeError, match="closed"):
        await worker.call(lambda: None)
    await worker.close()


async def test_idle_work_runs_once_after_a_rest_and_its_failure_is_only_logged(
    expect_log: Any,
) -> None:
    expect_log("idle work failed")
    runs: list[int] = []
    rested = asyncio.Event()
    loop = asyncio.get_running_loop()

    def idle() -> None:
        runs.append(1)
        loop.call_soon_threadsafe(rested.set)
        raise ValueError("no")

    worker = Worker("w", idle=idle, idle_seconds=0.01)
    await worker.call(lambda: None)
    await asyncio.wait_for(rested.wait(), 10)
    assert await worker.call(lambda: 1) == 1
    assert runs
    await worker.close()
