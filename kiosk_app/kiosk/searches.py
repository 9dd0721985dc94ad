"""One search at a time; of those that come meanwhile only the newest is of any use."""

import logging
from collections.abc import Callable

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.case.effects import SearchArticles
from kiosk_app.case.events import ArticlesFound, Event
from kiosk_app.knowledge.ports import Knowledge

logger = logging.getLogger(__name__)


class Searches:
    """Carries out :class:`SearchArticles`, and forgets each question with its answer."""

    def __init__(
        self, knowledge: Knowledge, tasks: TaskOwner, feed: Callable[[Event], None]
    ) -> None:
        self._knowledge = knowledge
        self._tasks = tasks
        self._feed = feed
        self._next: SearchArticles | None = None
        self._busy = False

    def search(self, effect: SearchArticles) -> None:
        self._next = effect
        if not self._busy:
            self._busy = True
            self._tasks.start(self._run(), name="search")

    async def _run(self) -> None:
        try:
            while self._next is not None:
                wanted, self._next = self._next, None
                try:
                    found = await self._knowledge.search(wanted.question, wanted.language)
                except Exception:
                    logger.exception("a search in the help articles failed")
                    continue
                self._feed(ArticlesFound(wanted.search, found))
        finally:
            self._busy = False
