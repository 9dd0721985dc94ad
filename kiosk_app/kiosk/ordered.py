"""Slow work in order: what is given first is done first, one thing at a time."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from kiosk_app.base.tasks import TaskOwner

logger = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]


class Ordered:
    """Runs jobs one after the other; one that fails is logged and the next goes on."""

    def __init__(self, tasks: TaskOwner, name: str) -> None:
        self._tasks = tasks
        self._name = name
        self._jobs: deque[tuple[str, Job]] = deque()
        self._running: asyncio.Task[None] | None = None

    def add(self, job: Job, *, replaces: str = "") -> None:
        """Run ``job`` after those before it.

        Jobs with the same ``replaces`` make each other needless: the last of a row is run.
        """
        if replaces and self._jobs and self._jobs[-1][0] == replaces:
            self._jobs.pop()
        self._jobs.append((replaces, job))
        if self._running is None:
            self._running = self._tasks.start(self._run(), name=self._name)

    async def finish(self, seconds: float) -> None:
        """Wait until everything is done, at most ``seconds``."""
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=seconds)

    async def abandon(self, seconds: float) -> None:
        """Begin nothing more, and wait at most ``seconds`` for what has begun."""
        self._jobs.clear()
        await self.finish(seconds)

    async def _run(self) -> None:
        try:
            while self._jobs:
                _, job = self._jobs.popleft()
                try:
                    await job()
                except Exception:
                    logger.exception("%s: a job failed; the next goes on", self._name)
        finally:
            self._running = None
