"""What shoppers and agents are told of the queue, from the cases as they stand now."""

from dataclasses import dataclass
from statistics import fmean

from kiosk_app.base.clock import Clock
from kiosk_app.office.agents import Agents
from kiosk_app.office.cases import Cases
from kiosk_app.office.figures import figures, recent_waits, running_waits, seconds
from kiosk_app.office.promise import promise_seconds, wait_seconds
from kiosk_app.office.queue import MAX_CASES, Queue
from kiosk_app.office.waits import Waits
from kiosk_app.protocol.to_console import Figures


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue, 1 is next, and the expected wait; None where nobody is there."""

    position: int
    wait_seconds: int | None


class Estimates:
    """Looks only; changes nothing."""

    def __init__(
        self, cases: Cases, queue: Queue, agents: Agents, waits: Waits, clock: Clock
    ) -> None:
        self._cases = cases
        self._queue = queue
        self._agents = agents
        self._waits = waits
        self._clock = clock

    def of(self, case: str) -> Place | None:
        """Where ``case`` stands; None where it does not wait."""
        return self.places().get(case)

    def places(self) -> dict[str, Place]:
        """Every case that waits, the next one first."""
        present = self._agents.present
        free = sum(MAX_CASES - self._queue.load(agent) for agent in present)
        recent = self._waits.recent
        answers = recent_waits(
            recent, min((w.queued_at for w in recent), default=self._clock.wall())
        )
        lengths = [
            max(0.0, (wait.ended_at - wait.answered_at).total_seconds())
            for wait in recent
            if wait.answered_at is not None and wait.ended_at is not None
        ]
        places: dict[str, Place] = {}
        for position, case in enumerate(self._queue.waiting, 1):
            wait = wait_seconds(
                position,
                agents=len(present),
                free=free,
                answer=fmean(answers) if answers else None,
                handling=fmean(lengths) if lengths else None,
            )
            places[case] = Place(position, None if wait is None else seconds(wait))
        return places

    def promise(self) -> int | None:
        """What the button may say, in seconds; None when nobody is there."""
        now = self._clock.wall()
        recent = self._waits.recent
        answered = [
            max(0.0, (wait.answered_at - wait.queued_at).total_seconds())
            for wait in recent
            if wait.answered_at is not None
        ]
        promised = promise_seconds(
            answered, running_waits(recent, now), agents=len(self._agents.present)
        )
        return None if promised is None else seconds(promised)

    def figures(self) -> Figures:
        """The top bar's figures of the day."""
        now = self._clock.wall()
        waiting = [
            (now - record.queued_at).total_seconds()
            for case in self._queue.waiting
            if (record := self._cases.records.get(case)) is not None
            and record.queued_at is not None
        ]
        return figures(
            self._waits.known,
            queued=len(waiting),
            longest=max(waiting, default=0.0),
            now=now,
        )
