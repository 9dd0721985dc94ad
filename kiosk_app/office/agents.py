"""Which agents are there: one login, any number of browser tabs."""

from typing import Protocol

from kiosk_app.base.clock import Clock
from kiosk_app.protocol.to_console import ToConsole

RELOAD_SECONDS = 10.0  # a page that reloads is back by then; the promise does not flicker
AWAY_SECONDS = 60.0  # after this the agent's cases go back to the head of the queue


class Tab(Protocol):
    """One browser window of an agent's."""

    @property
    def agent(self) -> str: ...

    def send(self, message: ToConsole) -> None:
        """Send soon, in order. Never blocks; a tab that is gone forgets it."""


class Agents:
    """Tabs by agent, and since when an agent has had none (monotonic)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tabs: dict[str, list[Tab]] = {}
        self._away_since: dict[str, float] = {}
        self._start = clock.monotonic()

    def came(self, tab: Tab) -> None:
        self._tabs.setdefault(tab.agent, []).append(tab)
        self._away_since.pop(tab.agent, None)

    def went(self, tab: Tab) -> None:
        tabs = self._tabs.get(tab.agent, [])
        if tab in tabs:
            tabs.remove(tab)
        if not tabs:
            self._tabs.pop(tab.agent, None)
            self._away_since[tab.agent] = self._clock.monotonic()

    def tell(self, agent: str | None, message: ToConsole) -> None:
        """``message`` to every window of ``agent``; nothing where nobody has the case."""
        for tab in list(self._tabs.get(agent or "", ())):
            tab.send(message)

    @property
    def every_tab(self) -> list[Tab]:
        return [tab for tabs in self._tabs.values() for tab in tabs]

    @property
    def connected(self) -> list[str]:
        return list(self._tabs)

    @property
    def present(self) -> list[str]:
        """Who can be counted on: connected, or away no longer than a reload takes."""
        now = self._clock.monotonic()
        reloading = [
            agent for agent, since in self._away_since.items() if now - since < RELOAD_SECONDS
        ]
        return [*self._tabs, *reloading]

    def away_too_long(self, agent: str) -> bool:
        """True once the agent's cases must go to someone else. A restart starts the count."""
        if agent in self._tabs:
            return False
        since = self._away_since.get(agent, self._start)
        return self._clock.monotonic() - since >= AWAY_SECONDS
