"""What agents' windows show: all of it when one opens, then every change."""

from kiosk_app.base.clock import Clock
from kiosk_app.office.agents import Agents, Tab
from kiosk_app.office.cards import Cards
from kiosk_app.office.cases import Cases
from kiosk_app.office.estimate import Estimates
from kiosk_app.office.queue import MAX_CASES, Queue
from kiosk_app.office.record import Agent, CaseRecord
from kiosk_app.protocol import to_console
from kiosk_app.protocol.codec import FrameTooLargeError, console_events

_LONGEST_STEP = 5  # seconds: the browser counts between these by itself


class Consoles:
    """Changes no case. ``welcome`` is to be used under the cases' lock."""

    def __init__(
        self,
        cases: Cases,
        queue: Queue,
        agents: Agents,
        cards: Cards,
        estimates: Estimates,
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._queue = queue
        self._agents = agents
        self._cards = cards
        self._estimates = estimates
        self._clock = clock
        self._figures: to_console.Figures | None = None

    def welcome(self, tab: Tab, agent: Agent) -> None:
        """Everything a window needs to begin or to go on after a reload."""
        self._agents.came(tab)
        cards = [
            self._cards.card(record, agent=agent.agent) for record in self._cases.records.values()
        ]
        ready = to_console.ConsoleReady(
            agent_name=agent.name,
            now=self._clock.wall(),
            max_cases=MAX_CASES,
            cases=tuple(cards),
            figures=self._estimates.figures(),
        )
        try:
            console_events.encode(ready)
        except FrameTooLargeError:
            # Many full carts: the same cards, one frame each.
            tab.send(
                to_console.ConsoleReady(
                    agent_name=ready.agent_name,
                    now=ready.now,
                    max_cases=ready.max_cases,
                    cases=(),
                    figures=ready.figures,
                )
            )
            for each in cards:
                tab.send(to_console.CaseChanged(card=each))
        else:
            tab.send(ready)
        for case in self._queue.held_by(agent.agent):
            # No word of a peer: one that runs does so without the office, through its restart.
            tab.send(to_console.ChatLog(case=case, messages=self._cases.chat(case)))

    def left(self, tab: Tab) -> None:
        """The window is gone; the agent may come back."""
        self._agents.went(tab)

    def show_case(self, case: str) -> None:
        """To every window, as its agent sees it; one that is over was taken away already."""
        record = self._cases.records.get(case)
        if record is None:
            return
        for tab in self._agents.every_tab:
            card = self._cards.card(record, agent=tab.agent)
            tab.send(to_console.CaseChanged(card=card))

    def show_taken(self, taken: CaseRecord, agent: Agent) -> None:
        """Tell the agent's windows that it is theirs, and what was said in it."""
        card = self._cards.card(taken, agent=agent.agent)
        said = to_console.ChatLog(case=taken.case, messages=self._cases.chat(taken.case))
        self._agents.tell(agent.agent, to_console.CaseChanged(card=card))
        self._agents.tell(agent.agent, said)

    def show_figures(self) -> None:
        """The top bar's figures, where the windows do not know them or count them themselves."""
        new, old = self._estimates.figures(), self._figures
        if old is not None:
            same = (new.queued, new.promise_kept_percent, new.answer_seconds) == (
                old.queued,
                old.promise_kept_percent,
                old.answer_seconds,
            )
            step = new.longest_wait_seconds - old.longest_wait_seconds
            if same and 0 <= step < _LONGEST_STEP:
                return
        self._figures = new
        for tab in self._agents.every_tab:
            tab.send(to_console.FiguresChanged(figures=new))
