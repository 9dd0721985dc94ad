"""The queue: who waits, under which offer, and who holds what. Pure; the time is given.

A waiting case is offered to every agent at once under an *attempt* number with a lease. An accept
must name the attempt; a lease that lapses is offered again under the next one, so that an old
window cannot take a case by an offer that nobody looks at any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

LEASE_SECONDS = 45.0  # long enough to read a card, short enough that the alarm rings again
MAX_CASES = 4  # chats one agent can follow at once (FEATURES 40)


class Accepted(StrEnum):
    """What became of an accept."""

    TAKEN_NOW = "taken_now"
    TAKEN = "taken"
    LAPSED = "lapsed"
    FULL = "full"
    GONE = "gone"


@dataclass(slots=True)
class _Waiting:
    place: int
    attempt: int
    lease_until: float | None = None


class Queue:
    """Each case in here either waits, in a dense order from 1, or is held by one agent."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}
        self._held: dict[str, str] = {}

    def join(self, case: str, *, first: bool = False) -> int:
        """Put a new case last; one that waits keeps its place. Returns it for the record.

        ``first``: before everyone, also where it waits already.
        """
        if first:
            attempt = self._waiting[case].attempt if case in self._waiting else 1
            return self.give_back(case, attempt)
        if case in self._waiting:
            return self._waiting[case].place
        return self._add(case, max((w.place for w in self._waiting.values()), default=0) + 1, 1)

    def give_back(self, case: str, attempt: int) -> int:
        """A held case waits again, before everyone, under ``attempt``. Returns its place."""
        self._waiting.pop(case, None)
        first = min((w.place for w in self._waiting.values()), default=1)
        return self._add(case, first - 1, attempt)

    def restore(self, case: str, *, place: int, attempt: int, agent: str | None) -> None:
        """Put a case where the store says it was."""
        if agent is None:
            self._add(case, place, attempt)
        else:
            self._waiting.pop(case, None)
            self._held[case] = agent

    def leave(self, case: str) -> None:
        """The case is over."""
        self._waiting.pop(case, None)
        self._held.pop(case, None)

    @contextmanager
    def or_as_before(self, case: str) -> Iterator[None]:
        """``case`` is where it was before, offer and lease and all, if the body raises.

        For a change that counts only once it is written down; cancelled counts as raised.
        """
        waiting, holder = self._waiting.get(case), self._held.get(case)
        try:
            yield
        except BaseException:
            self.leave(case)
            if waiting is not None:
                self._waiting[case] = waiting
            if holder is not None:
                self._held[case] = holder
            raise

    def accept(self, case: str, attempt: int, agent: str, now: float) -> Accepted:
        """Give the case to ``agent`` if the offer stands; otherwise change nothing."""
        if case in self._held:
            return Accepted.TAKEN
        waiting = self._waiting.get(case)
        if waiting is None:
            return Accepted.GONE
        lapsed = waiting.lease_until is not None and now >= waiting.lease_until
        if attempt != waiting.attempt or lapsed:
            return Accepted.LAPSED
        if self.load(agent) >= MAX_CASES:
            return Accepted.FULL
        del self._waiting[case]
        self._held[case] = agent
        return Accepted.TAKEN_NOW

    def offer(self, now: float, *, anyone: bool) -> list[str]:
        """Start leases where ``anyone`` could accept, renew lapsed ones under a new attempt.

        Returns the cases whose lease had lapsed. With nobody there no lease runs.
        """
        lapsed = []
        for case, waiting in self._waiting.items():
            if not anyone:
                waiting.lease_until = None
            elif waiting.lease_until is None:
                waiting.lease_until = now + LEASE_SECONDS
            elif now >= waiting.lease_until:
                waiting.attempt += 1
                waiting.lease_until = now + LEASE_SECONDS
                lapsed.append(case)
        return lapsed

    def attempt(self, case: str) -> int | None:
        waiting = self._waiting.get(case)
        return None if waiting is None else waiting.attempt

    def holder(self, case: str) -> str | None:
        return self._held.get(case)

    def held_by(self, agent: str) -> list[str]:
        return [case for case, holder in self._held.items() if holder == agent]

    def load(self, agent: str) -> int:
        return sum(holder == agent for holder in self._held.values())

    @property
    def waiting(self) -> list[str]:
        """The cases that wait, the next one first."""
        return sorted(self._waiting, key=lambda case: self._waiting[case].place)

    def position(self, case: str) -> int | None:
        """1 is next; None where the case does not wait."""
        return self.waiting.index(case) + 1 if case in self._waiting else None

    def _add(self, case: str, place: int, attempt: int) -> int:
        # Never both: whatever it was before, from now on it waits.
        self._held.pop(case, None)
        self._waiting[case] = _Waiting(place, attempt)
        return place
