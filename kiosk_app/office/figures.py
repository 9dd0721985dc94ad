"""The figures of the day in the console's top bar. Pure."""

from collections.abc import Iterable
from datetime import datetime
from statistics import fmean

from kiosk_app.office.promise import kept
from kiosk_app.office.record import Wait
from kiosk_app.protocol.to_console import Figures

_DAY_SECONDS = 86_400


def seconds(value: float) -> int:
    """``value`` as the wire's whole seconds, within its bounds (a clock may have jumped)."""
    return min(max(0, round(value)), _DAY_SECONDS)


def answered_in(wait: Wait) -> float | None:
    if wait.answered_at is None:
        return None
    return max(0.0, (wait.answered_at - wait.queued_at).total_seconds())


def start_of_day(now: datetime) -> datetime:
    """Midnight where the office stands."""
    return now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)


def recent_waits(waits: Iterable[Wait], since: datetime) -> list[float]:
    """The answered waits of cases that queued at or after ``since``, in seconds."""
    found = (answered_in(wait) for wait in waits if wait.queued_at >= since)
    return [wait for wait in found if wait is not None]


def running_waits(waits: Iterable[Wait], now: datetime) -> list[float]:
    """How long each shopper who waits now has waited, in seconds."""
    return [
        max(0.0, (now - wait.queued_at).total_seconds())
        for wait in waits
        if wait.answered_at is None and wait.ended_at is None
    ]


def figures(waits: Iterable[Wait], *, queued: int, longest: float, now: datetime) -> Figures:
    """``waits`` may hold older days, which do not count; ``longest`` is in seconds.

    A wait that is still within its promise is neither kept nor broken yet.
    """
    today = [wait for wait in waits if wait.queued_at >= start_of_day(now)]
    answers = [answer for wait in today if (answer := answered_in(wait)) is not None]
    promises: list[bool] = []
    for wait in today:
        answer = answered_in(wait)
        until = wait.ended_at or now
        waited = (until - wait.queued_at).total_seconds()
        promised = wait.promised_seconds
        if answer is None and (promised is None or waited <= promised):
            continue
        verdict = kept(answer, promised)
        if verdict is not None:
            promises.append(verdict)
    return Figures(
        queued=queued,
        longest_wait_seconds=seconds(longest),
        promise_kept_percent=(round(100 * sum(promises) / len(promises)) if promises else None),
        answer_seconds=seconds(fmean(answers)) if answers else None,
    )
