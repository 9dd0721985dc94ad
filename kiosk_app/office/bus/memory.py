"""The bus within one process."""

import asyncio
from collections import defaultdict
from collections.abc import Callable


class MemoryBus:
    """See :class:`kiosk_app.office.bus.ports.Bus`. Looks at the same key are told once a turn."""

    def __init__(self) -> None:
        self._watchers: dict[str, list[Callable[[str], None]]] = defaultdict(list)
        self._pending: dict[tuple[str, str], None] = {}
        self._handle: asyncio.Handle | None = None

    def look(self, topic: str, key: str = "") -> None:
        self._pending[topic, key] = None
        if self._handle is None:
            self._handle = asyncio.get_running_loop().call_soon(self._tell)

    def watch(self, topic: str, watcher: Callable[[str], None]) -> None:
        self._watchers[topic].append(watcher)

    async def close(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        self._pending.clear()
        self._watchers.clear()

    def _tell(self) -> None:
        self._handle = None
        pending, self._pending = self._pending, {}
        for topic, key in pending:
            for watcher in self._watchers[topic]:
                watcher(key)
