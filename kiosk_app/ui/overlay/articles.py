"""The help articles that travel with the kiosk, so that they work without a connection.

``assets/help/<language>/<n>_<topic>.toml``; the number in the name is the place in the menu and
the same topic has the same file name in every language.
"""

from pathlib import Path

import msgspec

from kiosk_app.base.errors import KioskError
from kiosk_app.base.paths import assets_dir


class ArticleError(KioskError):
    """A help article is missing or cannot be read."""


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One topic in short: a heading and two to four plain sentences."""

    title: str
    sentences: tuple[str, ...]


def load_articles(language: str, directory: Path | None = None) -> tuple[Article, ...]:
    """Every article of ``language`` in the menu's order.

    Swedish ones where a language has none of its own. ArticleError names the file that is wrong.
    """
    root = directory or assets_dir() / "help"
    folder = root / language
    paths = sorted((folder if folder.is_dir() else root / "sv").glob("*.toml"))
    articles = []
    for path in paths:
        try:
            articles.append(msgspec.toml.decode(path.read_bytes(), type=Article))
        except (OSError, msgspec.MsgspecError) as error:
            raise ArticleError(
                f"The help article {path} cannot be read: {error}. "
                f"It needs a title and a list of sentences."
            ) from error
    if not articles:
        raise ArticleError(f"There are no help articles in {root}. Reinstall the package.")
    return tuple(articles)
