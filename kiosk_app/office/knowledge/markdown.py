"""One article in one language: a Markdown file, read into plain paragraphs (CommonMark).

Kiosks show text, headings and lists, so that everything on a screen that nobody can leave is
readable and nothing leads away from it. Whatever else there is in a file is a problem of it.
"""

import re
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from kiosk_app.office.knowledge.problems import Problem, line_of_error
from kiosk_app.protocol.knowledge import ArticleText, Block, BlockKind
from kiosk_app.protocol.limits import BLOCK_CHARS, NAME_CHARS

_FENCE = "+++"
_LISTS = {"ordered_list_open": BlockKind.STEP, "bullet_list_open": BlockKind.POINT}
_NOT_SHOWN = {
    "fence": "a block of code",
    "code_block": "a block of code, which is what four spaces before a line make",
    "code_inline": "code",
    "blockquote_open": "a quotation",
    "hr": "a line across",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "link_open": "a link, which a kiosk cannot follow",
}
_LINE_IN_ERROR = re.compile(r"\(at line (\d+), column \d+\)")


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands between the lines of ``+++``: ``search`` are further words to find it by."""

    search: tuple[str, ...] = ()


def read_article(file: Path, text: str) -> tuple[ArticleText | None, list[Problem]]:
    """The article in ``text``, which stands in ``file``; None where there are problems."""
    head, body, skipped, problems = _split(file, text)
    title, blocks, more = _blocks(file, body, skipped)
    problems += more
    if not title:
        problems.append(Problem(file, skipped + 1, "Begin with the title: a line of # and words."))
    elif not blocks:
        problems.append(Problem(file, skipped + 1, "There is a title and nothing under it."))
    if problems:
        return None, problems
    try:
        article = msgspec.convert(
            {"title": title, "blocks": blocks, "words": head.search}, ArticleText
        )
    except msgspec.ValidationError as error:
        return None, [Problem(file, 1, f"{error}.")]
    return article, []


def _split(file: Path, text: str) -> tuple[_Head, str, int, list[Problem]]:
    """Head, Markdown, the lines before it, problems."""
    if not text.startswith(_FENCE + "\n"):
        return _Head(), text, 0, []
    toml, found, body = text[len(_FENCE) + 1 :].partition(f"\n{_FENCE}\n")
    if not found:
        problem = Problem(file, 1, f"The head begins with {_FENCE}; end it with such a line too.")
        return _Head(), "", 0, [problem]
    skipped = toml.count("\n") + 3
    try:
        return msgspec.convert(tomllib.loads(toml), _Head), body, skipped, []
    except tomllib.TOMLDecodeError as error:
        line = _LINE_IN_ERROR.search(str(error))
        at = 1 + int(line.group(1)) if line else 2
        return _Head(), body, skipped, [Problem(file, at, f"The head is no TOML: {error}.")]
    except msgspec.ValidationError as error:
        at = 1 + line_of_error(toml, error)
        what = f"In the head: {error}. It takes search = [words]."
        return _Head(), body, skipped, [Problem(file, at, what)]


def _blocks(file: Path, body: str, skipped: int) -> tuple[str, list[Block], list[Problem]]:
    title = ""
    blocks: list[Block] = []
    problems: list[Problem] = []
    lists: list[BlockKind] = []
    heading = ""
    line = skipped + 1

    def wrong(line: int, what: str) -> None:
        problems.append(Problem(file, line, what))

    for token in MarkdownIt("commonmark").parse(body):
        line = skipped + token.map[0] + 1 if token.map else line

        if token.type in _LISTS:
            if lists:
                wrong(line, "A list in a list is not shown. Make it one list.")
            lists.append(_LISTS[token.type])
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "heading_open":
            heading = token.tag
        elif token.type in _NOT_SHOWN:
            wrong(line, f"Kiosks do not show {_NOT_SHOWN[token.type]}. Write it in words.")
        elif token.type == "inline":
            words = _plain(token, partial(wrong, line))
            if heading == "h1" and not title and not blocks:
                title = words
                if len(words) > NAME_CHARS:
                    wrong(line, f"A title has at most {NAME_CHARS} characters.")
            elif heading == "h1":
                wrong(line, "An article has one title. Begin smaller headings with ##.")
            elif len(words) > BLOCK_CHARS:
                wrong(line, f"A paragraph has at most {BLOCK_CHARS} characters. Make it two.")
            elif words:
                kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
                blocks.append(Block(lists[-1] if lists else kind, words))
            heading = ""
    return title, blocks, problems


def _plain(token: Token, wrong: Callable[[str], None]) -> str:
    """The words without their marks; Markdown's line breaks are spaces."""
    words = []
    for child in token.children or []:
        if child.type in ("text", "text_special"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type in _NOT_SHOWN:
            wrong(f"Kiosks do not show {_NOT_SHOWN[child.type]}. Write it in words.")
    return " ".join("".join(words).split())
