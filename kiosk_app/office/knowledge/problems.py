"""What is wrong with the files, each with its file and line."""

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk_app.office.errors import OfficeError

_UNKNOWN = re.compile(r"unknown field `([\w-]+)`")
_STEP = re.compile(r"(\w+)((?:\[(?:\d+|\.\.\.)\])*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """``line`` counts from 1. ``what`` is a sentence that says what to do."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class KnowledgeError(OfficeError):
    """The files cannot be used as they are. What was published before stays in use."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def line_of_text(text: str, wanted: str) -> int:
    """The line on which ``wanted`` first stands; 1 where it does not."""
    at = text.find(wanted)
    return 1 if at < 0 else text.count("\n", 0, at) + 1


def line_of_error(toml: str, error: msgspec.ValidationError) -> int:
    """The line that ``error`` is about: it names a path such as ``$.topic[1].title``.

    As near as can be told from outside a TOML parser: the table, then the key in it.
    """
    text = str(error)
    path = text.rpartition("`$")[2].rstrip("`")
    unknown = _UNKNOWN.search(text)
    if unknown is not None:
        path += f".{unknown.group(1)}"
    lines = toml.splitlines()
    at = 0
    for name, indexes in _STEP.findall(path):
        numbers = [int(number) for number in re.findall(r"\d+", indexes)]
        heading = re.compile(rf"\s*\[\[?\s*(?:[\w.\"'-]+\.)?\"?{re.escape(name)}\"?[\s\].]")
        key = re.compile(rf"(?:.*[\s{{.,])?\"?{re.escape(name)}\"?\s*=")
        headings = [i for i in range(at, len(lines)) if heading.match(lines[i])]
        keys = [i for i in range(at, len(lines)) if key.match(lines[i])]
        if headings and (numbers or not keys or headings[0] <= keys[0]):
            wanted = numbers[0] if numbers else 0
            at = headings[min(wanted, len(headings) - 1)]
        elif keys:
            at = keys[0]
    return at + 1
