"""The queue under any order of joins, accepts, lapses, returns and restarts."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from kiosk_app.office.queue import LEASE_SECONDS, MAX_CASES, Accepted, Queue

AGENTS = st.sampled_from(["lisa", "omar", "siv"])


class QueueMachine(RuleBasedStateMachine):
    """Compares the queue with a model: who waits in which order, who holds what."""

    cases = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue()
        self.now = 0.0
        self.count = 0
        self.waiting: list[str] = []
        self.held: dict[str, str] = {}
        self.attempts: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.leased: dict[str, float] = {}

    @rule(target=cases)
    def join(self) -> str:
        self.count += 1
        case = f"case-{self.count}"
        self.places[case] = self.queue.join(case)
        self.waiting.append(case)
        self.attempts[case] = 1
        return case

    @rule(case=cases, agent=AGENTS, behind=st.integers(0, 2))
    def accept(self, case: str, agent: str, behind: int) -> None:
        attempt = self.attempts.get(case, 1) - behind
        lapsed = self.now >= self.leased.get(case, self.now + 1)
        full = sum(holder == agent for holder in self.held.values()) >= MAX_CASES
        outcome = self.queue.accept(case, attempt, agent, self.now)
        if case in self.held:
            assert outcome is Accepted.TAKEN
        elif case not in self.waiting:
            assert outcome is Accepted.GONE
        elif behind or lapsed:
            assert outcome is Accepted.LAPSED
        elif full:
            assert outcome is Accepted.FULL
        else:
            assert outcome is Accepted.TAKEN_NOW
            self.waiting.remove(case)
            self.held[case] = agent
            self.leased.pop(case, None)

    @rule(seconds=st.floats(0.1, 2 * LEASE_SECONDS), anyone=st.booleans())
    def time_passes(self, seconds: float, anyone: bool) -> None:
        self.now += seconds
        lapsed = self.queue.offer(self.now, anyone=anyone)
        expected = [
            case for case in self.waiting if anyone and self.now >= self.leased.get(case, 1e12)
        ]
        assert sorted(lapsed) == sorted(expected)
        for case in expected:
            self.attempts[case] += 1
            del self.leased[case]
        if not anyone:
            self.leased.clear()
        for case in self.waiting if anyone else ():
            self.leased.setdefault(case, self.now + LEASE_SECONDS)

    @rule(case=cases)
    def agent_leaves(self, case: str) -> None:
        if case not in self.held:
            return
        self.attempts[case] += 1
        self.places[case] = self.queue.give_back(case, self.attempts[case])
        del self.held[case]
        self.waiting.insert(0, case)

    @rule(case=cases, change=st.sampled_from(["accept", "back", "first", "leave"]))
    def cannot_be_written(self, case: str, change: str) -> None:
        """Everything is as it was, the running offer too."""
        with pytest.raises(OSError, match="full"), self.queue.or_as_before(case):
            match change:
                case "accept":
                    self.queue.accept(case, self.attempts[case], "lisa", self.now)
                case "back":
                    self.queue.give_back(case, self.attempts[case] + 1)
                case "first":
                    self.queue.join(case, first=True)
                case _:
                    self.queue.leave(case)
            raise OSError("the disk is full")

    @rule(case=consumes(cases))
    def end(self, case: str) -> None:
        self.queue.leave(case)
        self.held.pop(case, None)
        self.leased.pop(case, None)
        if case in self.waiting:
            self.waiting.remove(case)

    @rule()
    def restart(self) -> None:
        """From what the records hold; leases begin anew."""
        self.queue = Queue()
        self.leased.clear()
        for case in [*self.waiting, *self.held]:
            self.queue.restore(
                case,
                place=self.places[case],
                attempt=self.attempts[case],
                agent=self.held.get(case),
            )

    @invariant()
    def nobody_is_lost_or_overtaken(self) -> None:
        assert self.queue.waiting == self.waiting

    @invariant()
    def positions_are_dense(self) -> None:
        positions = [self.queue.position(case) for case in self.waiting]
        assert positions == list(range(1, len(self.waiting) + 1))

    @invariant()
    def one_holder_and_never_waiting_too(self) -> None:
        for case, agent in self.held.items():
            assert self.queue.holder(case) == agent
            assert self.queue.position(case) is None
            assert self.queue.attempt(case) is None
        for agent in ("lisa", "omar", "siv"):
            assert self.queue.load(agent) == len(self.queue.held_by(agent)) <= MAX_CASES

    @invariant()
    def attempts_are_as_told(self) -> None:
        for case in self.waiting:
            assert self.queue.attempt(case) == self.attempts[case]


TestQueue = QueueMachine.TestCase
TestQueue.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
