"""The menu and its articles."""

from dataclasses import dataclass

from kiosk_app.protocol.knowledge import Block


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A key of the menu: a topic, or an article."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class MenuView:
    """``article`` covers the list. ``searched``: ``items`` is what was found, perhaps nothing.

    ``title`` is the topic that is open, empty at the top; ``depth`` how many steps lead back.
    """

    title: str = ""
    items: tuple[MenuItem, ...] = ()
    article: ArticleView | None = None
    searched: bool = False
    depth: int = 0
