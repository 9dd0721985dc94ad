"""What a test leaves behind to show what it saw: pictures, transcripts, figures.

Kept in the folder that ``KIOSK_EVIDENCE`` names, nowhere without it; the report of
:mod:`tests.support.en301549` points to it. Each test function has a folder in it.
"""

import inspect
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_FIGURES = "figures.txt"
_now: "Evidence | None" = None


@dataclass(frozen=True)
class Evidence:
    """``folder`` is the test's, ``case`` its parameters; ``note`` is told of each file's path
    below the folder of all evidence."""

    folder: str
    case: str
    note: Callable[[str], None]

    def keep(self, path: Path) -> None:
        """Keep a copy of ``path``."""
        self.make(path.name, lambda kept: shutil.copyfile(path, kept))

    def make(self, name: str, write: Callable[[Path], object]) -> None:
        """Keep what ``write`` writes to the path it is given, which ends in ``name``."""
        folder = self._folder()
        if folder is None:
            return
        wanted = Path(_plain(f"{self.case}-{name}" if self.case else name))
        kept, n = folder / wanted, 1
        while kept.exists():
            n += 1
            kept = folder / f"{wanted.stem}-{n}{wanted.suffix}"
        write(kept)
        self.note(f"{self.folder}/{kept.name}")

    def figure(self, line: str) -> None:
        """Add a line to the figures of this test, one file for all its cases."""
        folder = self._folder()
        if folder is None:
            return
        with (folder / _FIGURES).open("a", encoding="utf-8") as figures:
            figures.write(f"{line}\n")
        self.note(f"{self.folder}/{_FIGURES}")

    def _folder(self) -> Path | None:
        named = os.environ.get("KIOSK_EVIDENCE")
        if named is None:
            return None
        folder = Path(named) / self.folder
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def evidence_of(item: Any) -> Evidence:
    """Where the test ``item`` keeps what it saw. ``item`` is pytest's."""
    function = getattr(item, "originalname", None) or item.name
    case = item.callspec.id if hasattr(item, "callspec") else ""
    folder = _plain(f"{item.path.stem}-{function}")
    return Evidence(folder, case, lambda name: item.user_properties.append(("evidence", name)))


def begin(item: pytest.Item) -> None:
    """From now on what is offered belongs to ``item``."""
    global _now
    _now = evidence_of(item)


def end() -> None:
    """What is offered from now on belongs to nobody."""
    global _now
    _now = None


def offer(name: str, write: Callable[[Path], object]) -> None:
    """Have the test that runs now keep what ``write`` writes, if it gathers evidence at all."""
    if _now is not None:
        _now.make(name, write)


def source_of(item: Any) -> str:
    """What the test does and checks, for one that sees nothing that could be kept."""
    head = f"# {item.nodeid}\n# Passed with what stands here.\n\n"
    return head + inspect.getsource(item.function)


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-")
