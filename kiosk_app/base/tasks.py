"""One owner for every task: named, kept, its failure logged, cancelled when the owner closes."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")


class TaskOwner:
    """Keeps the tasks of one part of the program.

    A task that fails is logged at ERROR with its name and handed to ``on_failure``, once.
    :meth:`close` cancels what is left and waits for it.
    """

    def __init__(
        self, name: str, *, on_failure: Callable[[str, BaseException], None] | None = None
    ) -> None:
        self.name = name
        self._tasks: set[asyncio.Task[Any]] = set()
        self._on_failure = on_failure
        self._closed = False

    def start(self, coro: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Run ``coro`` as a task of this owner. Refused with RuntimeError once closed."""
        if self._closed:
            coro.close()
            raise RuntimeError(f"task owner {self.name!r} is closed; {name!r} was not started")
        task = asyncio.get_running_loop().create_task(coro, name=f"{self.name}.{name}")
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        logger.error("task %s failed", task.get_name(), exc_info=error)
        if self._on_failure is not None:
            self._on_failure(task.get_name(), error)

    @property
    def running(self) -> int:
        """How many tasks have not ended."""
        return len(self._tasks)

    async def close(self) -> None:
        """Cancel every task and wait until each has ended. Safe to call again."""
        self._closed = True
        current = asyncio.current_task()
        tasks = [task for task in self._tasks if task is not current]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
