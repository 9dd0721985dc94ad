"""The bus as the office sees it. It says only "look now": losing a word of it loses nothing."""

from collections.abc import Callable
from typing import Protocol


class Bus(Protocol):
    """Topics are short words, for example ``case`` or ``queue``; keys say which one."""

    def look(self, topic: str, key: str = "") -> None:
        """Tell everyone who watches ``topic``. Returns at once; many calls may be told as one."""

    def watch(self, topic: str, watcher: Callable[[str], None]) -> None:
        """Call ``watcher(key)`` on the event loop for every look at ``topic``."""

    async def close(self) -> None: ...
