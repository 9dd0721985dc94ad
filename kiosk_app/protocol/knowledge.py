"""The help that travels to the kiosks as one bundle: menu, articles, switches and hours.

The office signs it. A kiosk keeps it on disk and needs no connection to use it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from kiosk_app.base.errors import KioskError
from kiosk_app.protocol import limits
from kiosk_app.protocol.hours import HoursRules
from kiosk_app.protocol.policy import PolicyRules
from kiosk_app.protocol.shared import Language, Name, Utc, Value

T = TypeVar("T")

FALLBACK = "sv"  # every title and article has a Swedish text

ArticleId = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]*$(?!\\n)", max_length=60)]
Version = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$(?!\\n)")]
Titles = Annotated[dict[Language, Name], Meta(min_length=1, max_length=20)]


class BundleError(KioskError):
    """A bundle cannot be used; the sentence says why. What was there before stays in use."""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    STEP = "step"  # numbered, to be done in order
    POINT = "point"


class Block(Value, frozen=True):
    """One paragraph of plain text."""

    kind: BlockKind
    text: Annotated[str, Meta(min_length=1, max_length=limits.BLOCK_CHARS)]


class ArticleText(Value, frozen=True):
    """An article in one language. ``words`` are further words that it is to be found by."""

    title: Name
    blocks: Annotated[tuple[Block, ...], Meta(min_length=1, max_length=60)]
    words: Annotated[tuple[Name, ...], Meta(max_length=60)] = ()


class Article(Value, frozen=True):
    id: ArticleId
    texts: Annotated[dict[Language, ArticleText], Meta(min_length=1, max_length=20)]

    def text(self, language: str) -> ArticleText:
        """Its text in ``language``, or in Swedish, or in the first there is."""
        return in_language(self.texts, language)


class Topic(Value, frozen=True):
    """A place of the menu: further topics first, then articles, by id."""

    title: Titles
    topics: Annotated[tuple["Topic", ...], Meta(max_length=limits.TOPICS)] = ()
    articles: Annotated[tuple[ArticleId, ...], Meta(max_length=limits.TOPICS)] = ()

    def title_in(self, language: str) -> str:
        return in_language(self.title, language)


class Bundle(Value, frozen=True):
    """Everything at once. ``version`` grows with each change; 0 is what came with the program."""

    version: Version
    made_at: Utc
    menu: Annotated[tuple[Topic, ...], Meta(max_length=limits.TOPICS)]
    articles: Annotated[tuple[Article, ...], Meta(max_length=limits.ARTICLES)]
    policy: PolicyRules = PolicyRules()
    hours: HoursRules = HoursRules()

    def __post_init__(self) -> None:
        """ValueError where the menu names an article that is not there, or one is there twice."""
        known = {article.id for article in self.articles}
        if len(known) != len(self.articles):
            raise ValueError("two articles have the same id")
        topics = list(self.menu)
        while topics:
            topic = topics.pop()
            topics += topic.topics
            if missing := set(topic.articles) - known:
                raise ValueError(f"the menu names articles that are not there: {sorted(missing)}")


class SignedBundle(Value, frozen=True):
    """A bundle as it is served and kept. ``body`` is the bundle as MessagePack.

    ``signature``: see :func:`kiosk_app.protocol.signing.knowledge_bytes`.
    """

    version: Version
    sha256: Sha256
    signature: Annotated[str, Meta(max_length=128)]
    body: Annotated[bytes, Meta(max_length=limits.BUNDLE_BYTES)]


def in_language(texts: Mapping[str, T], language: str) -> T:
    """The text for ``language``, or the Swedish, or the first there is. KeyError for none."""
    for wanted in (language, FALLBACK):
        if wanted in texts:
            return texts[wanted]
    return texts[next(iter(texts), "")]


def decode_bundle(untrusted_body: bytes) -> Bundle:
    """The bundle in ``body``; BundleError when it is none."""
    try:
        return msgspec.msgpack.decode(untrusted_body, type=Bundle)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BundleError(f"It is not a bundle that this version can read: {error}") from error


def decode_signed(untrusted_file: bytes) -> SignedBundle:
    """A signed bundle that nothing has been checked of yet; BundleError when it is none."""
    try:
        return msgspec.msgpack.decode(untrusted_file, type=SignedBundle)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BundleError(f"It is not a signed bundle: {error}") from error
