"""The help on this kiosk, as the controller sees it."""

from typing import Protocol

from kiosk_app.protocol.knowledge import Bundle

HITS = 6  # more than these are not read standing


class KnowledgeListener(Protocol):
    """Told on the event loop's thread."""

    def knowledge_loaded(self, bundle: Bundle) -> None:
        """From now on ``bundle`` is what is searched."""


class Knowledge(Protocol):
    """One bundle at a time. Nothing here needs a connection but :meth:`fetch`."""

    def listen(self, listener: KnowledgeListener) -> None: ...

    async def load(self) -> None:
        """Take the newest bundle on this machine that can be trusted, and tell the listener.

        There is always one: at the least that which came with the program.
        """

    def fetch(self, version: int, sha256: str) -> None:
        """Get this bundle from the office in the background, keep it and tell the listener.

        Never raises; what is announced before :meth:`load` has ended waits for it. One that is
        bad, unsigned or no newer is refused with a line in the log; what there was stays.
        """

    async def search(self, question: str, language: str) -> tuple[str, ...]:
        """The ids of at most :data:`HITS` articles that ``question`` may be about, best first.

        ``question`` may be half typed and misspelt. Articles are looked for in ``language``, and
        in the others where it has none.
        """

    async def close(self) -> None:
        """End every task. Safe to repeat."""
