"""Knowledge whose office and disk are the test."""

from kiosk_app.knowledge.ports import HITS, KnowledgeListener
from kiosk_app.protocol.knowledge import Bundle


class FakeKnowledge:
    """Holds ``bundle``, gives out ``offered`` when one of those is fetched, finds whole words."""

    def __init__(self, bundle: Bundle, offered: dict[str, Bundle] | None = None) -> None:
        self.bundle = bundle
        self.offered = offered or {}
        self.fetched: list[tuple[int, str]] = []
        self.questions: list[str] = []
        self.closed = False
        self._listener: KnowledgeListener | None = None

    def listen(self, listener: KnowledgeListener) -> None:
        self._listener = listener

    async def load(self) -> None:
        self._tell()

    def fetch(self, version: int, sha256: str) -> None:
        self.fetched.append((version, sha256))
        bundle = self.offered.get(sha256)
        if bundle is not None and bundle.version > self.bundle.version:
            self.bundle = bundle
            self._tell()

    async def search(self, question: str, language: str) -> tuple[str, ...]:
        self.questions.append(question)
        wanted = set(question.lower().split())
        found = []
        for article in self.bundle.articles:
            text = article.text(language)
            said = " ".join((text.title, *text.words, *(block.text for block in text.blocks)))
            if wanted & set(said.lower().replace(".", "").split()):
                found.append(article.id)
        return tuple(found[:HITS])

    async def close(self) -> None:
        self.closed = True

    def _tell(self) -> None:
        if self._listener is not None:
            self._listener.knowledge_loaded(self.bundle)
