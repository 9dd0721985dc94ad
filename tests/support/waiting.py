"""Waiting for something to become true in another program, and saying what it was if it does not.

Programs under test are other processes, so there is no event to wait on: the condition is asked
again until it holds, at intervals that grow: to ask costs the program asked, too.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 40.0  # two tests at a time on two cores; what holds sooner is seen sooner


def eventually(condition: Callable[[], T | None], what: str, *, within: float = PATIENCE) -> T:
    """The first truthy answer of ``condition``; AssertionError naming ``what`` if none comes."""
    ends_at = time.monotonic() + within
    pause = 0.01
    while True:
        asked_at = time.monotonic()
        answer = condition()
        if answer:
            return answer
        now = time.monotonic()
        if now > ends_at:
            raise AssertionError(f"{what}: not within {within:.0f} s")
        # Half of the time at most goes into asking, however much there is to ask.
        time.sleep(max(pause, now - asked_at))
        pause = min(1.5 * pause, 0.15)


async def until(
    condition: Callable[[], bool], what: str = "what is waited for", *, within: float = 20.0
) -> None:
    """As :func:`eventually`, where this program's own loop goes on meanwhile."""
    try:
        async with asyncio.timeout(within):
            while not condition():  # noqa: ASYNC110 -- what is waited for has no event
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"{what}: not within {within:.0f} s") from None


def throughout(condition: Callable[[], bool], what: str, *, seconds: float) -> None:
    """``condition`` must hold at every look for ``seconds``: for what must *not* happen."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        assert condition(), what
        time.sleep(0.05)
