"""A thread of one's own for what blocks: disks, keyrings, slow imports, ``/sys``.

Not the event loop's default executor: its threads are shared, so one stuck call delays every
other, and they do not run in order.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Worker:
    """One named thread that runs functions one after the other, in the order they were given.

    ``idle``, if given, runs on the thread ``idle_seconds`` after the last function, once.
    """

    def __init__(
        self, name: str, *, idle: Callable[[], None] | None = None, idle_seconds: float = 1.0
    ) -> None:
        self._name = name
        self._idle = idle
        self._idle_seconds = idle_seconds
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        # A daemon: a program that dies on its way out must not hang on a stuck disk.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._closed = False
        self._thread.start()

    async def call(self, function: Callable[[], T]) -> T:
        """Run ``function`` on the thread; its result or its exception. RuntimeError once closed.

        A caller that is cancelled stops waiting; the function still runs.
        """
        if self._closed:
            raise RuntimeError(f"worker {self._name!r} is closed")
        return await self._submit(function)

    async def close(self, last: Callable[[], None] | None = None) -> None:
        """Finish what was given, run ``last``, end the thread. Safe to call again."""
        if self._closed:
            return
        self._closed = True
        done = self._submit(last or (lambda: None))
        self._jobs.put(None)
        # Not awaited itself: a closer that is cancelled must not then wait for stuck work below.
        await asyncio.wait([done])
        self._thread.join()  # only the empty end of its loop is left
        done.result()

    def _submit(self, function: Callable[[], T]) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def job() -> None:
            result: Any = None
            error: Exception | None = None
            try:
                result = function()
            except Exception as raised:
                error = raised
            try:
                loop.call_soon_threadsafe(_settle, future, result, error)
            except RuntimeError:
                # The loop was closed meanwhile; the work is done and nobody waits for it.
                logger.debug("worker %s: nobody waits any more", self._name)

        self._jobs.put(job)
        return future

    def _run(self) -> None:
        rested = self._idle is None
        while True:
            try:
                job = self._jobs.get(timeout=None if rested else self._idle_seconds)
            except queue.Empty:
                rested = True
                if self._idle is not None:
                    try:
                        self._idle()
                    except Exception:
                        logger.exception("worker %s: its idle work failed", self._name)
                continue
            if job is None:
                return
            job()
            rested = self._idle is None


def _settle(future: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
