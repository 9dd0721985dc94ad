import asyncio

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.kiosk.ordered import Job, Ordered
from tests.conftest import LogWatch


async def test_jobs_run_in_order_and_a_failure_does_not_stop_the_next(
    expect_log: LogWatch,
) -> None:
    expect_log("a job failed")
    tasks = TaskOwner("test")
    work = Ordered(tasks, "work")
    done: list[str] = []

    def job(name: str) -> Job:
        async def run() -> None:
            await asyncio.sleep(0)
            if name == "bad":
                raise OSError
            done.append(name)

        return run

    for name in ("a", "bad", "b"):
        work.add(job(name))
    await work.finish(5)
    assert done == ["a", "b"]
    work.add(job("c"))
    await work.finish(5)
    assert done == ["a", "b", "c"]
    await work.finish(5)
    await tasks.close()


async def test_needless_jobs_are_left_out_and_only_those() -> None:
    tasks = TaskOwner("test")
    work = Ordered(tasks, "work")
    done: list[str] = []

    def job(name: str) -> Job:
        async def run() -> None:
            done.append(name)

        return run

    work.add(job("keep 1"), replaces="keep")
    work.add(job("keep 2"), replaces="keep")
    work.add(job("save"))
    work.add(job("keep 3"), replaces="keep")
    await work.finish(5)
    assert done == ["keep 2", "save", "keep 3"]
    await tasks.close()


async def test_what_is_abandoned_is_not_begun() -> None:
    tasks = TaskOwner("test")
    work = Ordered(tasks, "work")
    gate = asyncio.Event()
    done: list[str] = []

    async def first() -> None:
        await gate.wait()
        done.append("first")

    async def second() -> None:
        done.append("second")

    work.add(first)
    work.add(second)
    await asyncio.sleep(0)
    gate.set()
    await work.abandon(5)
    assert done == ["first"]
    await tasks.close()
