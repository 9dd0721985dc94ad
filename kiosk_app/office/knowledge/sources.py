"""Reads ``knowledge/`` in the office's data directory: the files that people edit.

``menu.toml``, ``settings.toml``, ``hours.toml`` and ``articles/<id>.<language>.md``.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kiosk_app.office.knowledge.markdown import read_article
from kiosk_app.office.knowledge.problems import (
    KnowledgeError,
    Problem,
    line_of_error,
    line_of_text,
)
from kiosk_app.protocol.hours import HoursRules
from kiosk_app.protocol.knowledge import Article, ArticleId, ArticleText, Topic
from kiosk_app.protocol.limits import ARTICLES, TOPIC_LEVELS, TOPICS
from kiosk_app.protocol.policy import PolicyRules
from kiosk_app.protocol.shared import Language, Name

T = TypeVar("T")

MENU, SETTINGS, HOURS, FOLDER = "menu.toml", "settings.toml", "hours.toml", "articles"
LANGUAGES = ("sv", "en")  # in these every title and article must be there; more may be
_ARTICLE_FILE = re.compile(r"([a-z0-9][a-z0-9-]{0,59})\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.md")
_LINE_IN_ERROR = re.compile(r"\(at line (\d+), column \d+\)")
_MOST_BYTES = 256 * 1024  # of one file; a longer one was put there by mistake


class _TopicSource(Struct, frozen=True, forbid_unknown_fields=True):
    """A ``[[topic]]`` of menu.toml; ``[[topic.topic]]`` are the topics within it."""

    title: dict[Language, Name]
    topic: tuple["_TopicSource", ...] = ()
    articles: tuple[ArticleId, ...] = ()


class _Menu(Struct, frozen=True, forbid_unknown_fields=True):
    topic: tuple[_TopicSource, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the files say."""

    menu: tuple[Topic, ...]
    articles: tuple[Article, ...]
    policy: PolicyRules
    hours: HoursRules


class _Reader:
    """Gathers every problem, so that somebody who edits mends them in one go."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.problems: list[Problem] = []

    def wrong(self, file: Path, line: int, what: str) -> None:
        self.problems.append(Problem(file, line, what))

    def text(self, file: Path) -> str | None:
        try:
            if file.stat().st_size > _MOST_BYTES:
                self.wrong(
                    file, 1, f"It is larger than {_MOST_BYTES} bytes. Was it meant for here?"
                )
                return None
            return file.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except OSError as error:
            self.wrong(file, 1, f"It cannot be read ({error.strerror}).")
        except UnicodeDecodeError as error:
            line = len(error.object[: error.start].split(b"\n"))
            self.wrong(file, line, "It is not UTF-8. Save it in that encoding.")
        return None

    def toml(self, file: Path, kind: type[T]) -> tuple[T, str] | None:
        text = self.text(file)
        if text is None:
            return None
        try:
            values: dict[str, Any] = tomllib.loads(text)
            return msgspec.convert(values, kind), text
        except tomllib.TOMLDecodeError as error:
            line = _LINE_IN_ERROR.search(str(error))
            self.wrong(file, int(line.group(1)) if line else text.count("\n") + 1, f"{error}.")
        except msgspec.ValidationError as error:
            self.wrong(file, line_of_error(text, error), f"{error}.")
        return None

    def articles(self) -> dict[str, Article]:
        folder = self.directory / FOLDER
        texts: dict[str, dict[str, ArticleText]] = {}
        first: dict[str, Path] = {}
        try:
            files = sorted(folder.iterdir())
        except OSError as error:
            self.wrong(folder, 1, f"The folder cannot be read ({error.strerror}).")
            return {}
        for file in files:
            if file.name.startswith(".") or file.suffix != ".md":
                continue  # an editor's own
            name = _ARTICLE_FILE.fullmatch(file.name)
            if name is None:
                self.wrong(file, 1, "Name it like kortet-nekas.sv.md: an id, a language, md.")
                continue
            text = self.text(file)
            if text is None:
                continue
            article, problems = read_article(file, text)
            self.problems += problems
            first.setdefault(name.group(1), file)
            if article is not None:
                texts.setdefault(name.group(1), {})[name.group(2)] = article
        for article_id, file in first.items():
            there = {path.name for path in files}
            for language in LANGUAGES:
                if f"{article_id}.{language}.md" not in there:
                    self.wrong(
                        file, 1, f"There is no {article_id}.{language}.md beside it. Add it."
                    )
        if len(first) > ARTICLES:
            self.wrong(folder, 1, f"There are {len(first)} articles; kiosks take {ARTICLES}.")
        return {each: Article(each, texts.get(each, {})) for each in first}

    def menu(self, known: dict[str, Article]) -> tuple[Topic, ...]:
        file = self.directory / MENU
        read = self.toml(file, _Menu)
        if read is None:
            return ()
        menu, text = read
        if not menu.topic:
            self.wrong(file, 1, "There is no [[topic]] in it.")
        return self._topics(file, text, menu.topic, known, level=1)

    def _topics(
        self,
        file: Path,
        text: str,
        sources: tuple[_TopicSource, ...],
        known: dict[str, Article],
        *,
        level: int,
    ) -> tuple[Topic, ...]:
        if level > TOPIC_LEVELS:
            name = next(iter(sources[0].title.values()))
            self.wrong(file, line_of_text(text, name), f"At most {TOPIC_LEVELS} levels are shown.")
            return ()
        topics = []
        for source in sources:
            name = next(iter(source.title.values()), "")
            line = line_of_text(text, f'"{name}"')
            for language in LANGUAGES:
                if language not in source.title:
                    self.wrong(file, line, f"The title of this topic has no {language}. Add it.")
            if not source.topic and not source.articles:
                self.wrong(file, line, "This topic leads nowhere. Give it articles or topics.")
            if len(source.topic) + len(source.articles) > TOPICS:
                self.wrong(file, line, f"This topic has more than {TOPICS} keys. Make it two.")
            for article in source.articles:
                if article not in known:
                    what = f"There is no article {article!r}. Add {FOLDER}/{article}.sv.md."
                    self.wrong(file, line_of_text(text, f'"{article}"'), what)
            inner = self._topics(file, text, source.topic, known, level=level + 1)
            topics.append(Topic(source.title, inner, source.articles))
        if level == 1 and len(topics) > TOPICS:
            self.wrong(file, 1, f"There are more than {TOPICS} topics. Put some into others.")
        return tuple(topics)

    def policy(self) -> PolicyRules:
        return self._rules(SETTINGS, PolicyRules)

    def hours(self) -> HoursRules:
        return self._rules(HOURS, HoursRules)

    def _rules(self, name: str, kind: type[T]) -> T:
        """The file called ``name``, which may be missing: nothing is set then."""
        file = self.directory / name
        read = self.toml(file, kind) if file.exists() else None
        return read[0] if read is not None else kind()


def read_sources(directory: Path) -> Contents:
    """Everything in ``directory``; KnowledgeError with every problem there is. Blocks."""
    reader = _Reader(directory)
    articles = reader.articles()
    contents = Contents(
        menu=reader.menu(articles),
        articles=tuple(articles.values()),
        policy=reader.policy(),
        hours=reader.hours(),
    )
    if reader.problems:
        raise KnowledgeError(tuple(reader.problems))
    return contents


def stamp_of(directory: Path) -> tuple[tuple[str, int, int], ...]:
    """Something that is different when a file is. Blocks."""
    stamps = []
    for folder in (directory, directory / FOLDER):
        try:
            for file in folder.iterdir():
                if file.suffix in (".toml", ".md") and not file.name.startswith("."):
                    status = file.stat()
                    stamps.append((file.name, status.st_mtime_ns, status.st_size))
        except OSError:
            continue  # just being replaced; the next look sees it
    return tuple(sorted(stamps))
