"""What the shop sells, read once from a TOML file."""

import re
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk_app.base.paths import assets_dir
from kiosk_app.protocol.shared import Name
from kiosk_app.till.barcode import read_barcode
from kiosk_app.till.ports import TillError

GROUPS = ("coffee", "fruit", "dairy", "pantry", "drinks", "household")

# The space between a number and its unit: "450 g", "3,5 %".
_AMOUNT = re.compile(r"(?<=\d) (?=[\w%]{1,3}(?:\s|$))")

Price = Annotated[int, Meta(ge=0, le=1_000_000)]


class ShopError(TillError):
    """The shop's file cannot be used; the message names the file and the article."""


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is sold. ``name`` is what the receipt says, ``short_name`` what the tile says
    where that is less; ``tile`` puts it on the first page."""

    code: str
    name: Name
    price_ore: Price
    group: str
    short_name: str = ""
    kilo_ore: Price = 0
    tile: bool = False
    age_restricted: bool = False

    @property
    def tile_name(self) -> str:
        return self.short_name or self.name


class _ShopFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    article: tuple[Article, ...]


def unbroken(name: str) -> str:
    """``name`` with its amounts kept on one line: "1,5 l" never loses its unit to the next."""
    return _AMOUNT.sub("\N{NO-BREAK SPACE}", name)


class Shop:
    """The articles in the order of the file, and by code."""

    def __init__(self, articles: tuple[Article, ...]) -> None:
        self.articles = articles
        self._by_code = {article.code: article for article in articles}

    def find(self, code: str) -> Article | None:
        return self._by_code.get(code)

    @property
    def tiles(self) -> tuple[Article, ...]:
        """What the first page shows."""
        return tuple(article for article in self.articles if article.tile)

    def group(self, group: str) -> tuple[Article, ...]:
        return tuple(article for article in self.articles if article.group == group)


def demo_shop_path() -> Path:
    """The demo shop that comes with the program."""
    return assets_dir() / "shop" / "demo.toml"


def load_shop(path: Path) -> Shop:
    """Read ``path``. ShopError when it is not there, not right, or a code is wrong or twice."""
    try:
        articles = msgspec.toml.decode(path.read_bytes(), type=_ShopFile).article
    except OSError as error:
        raise ShopError(
            f"The shop's file {path} cannot be read ({error.strerror}). It is needed to sell."
        ) from error
    except msgspec.MsgspecError as error:
        raise ShopError(f"The shop's file {path} is not right: {error}.") from error
    seen: set[str] = set()
    for article in articles:
        if read_barcode(article.code) != article.code:
            raise ShopError(
                f"The shop's file {path}: {article.name} has code {article.code!r}, which is no "
                f"EAN-8 or EAN-13 with its check digit. Correct the code."
            )
        if article.code in seen:
            raise ShopError(f"The shop's file {path}: code {article.code} is there twice.")
        if article.group not in GROUPS:
            raise ShopError(
                f"The shop's file {path}: {article.name} is in group {article.group!r}; there "
                f"are {', '.join(GROUPS)}."
            )
        seen.add(article.code)
    return Shop(articles)
