"""What a test leaves behind to show what it saw: a picture, a transcript.

Kept in the folder that ``KIOSK_EVIDENCE`` names, nowhere without it; the report of
:mod:`tests.support.en301549` points to it.
"""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Evidence:
    """``note`` takes (kind, value) for the report; ``test`` is the test's name."""

    test: str
    note: Callable[[str, object], None]

    def keep(self, path: Path) -> None:
        """Keep a copy of ``path`` beside the report."""
        folder = os.environ.get("KIOSK_EVIDENCE")
        if folder is None:
            return
        name = re.sub(r"[^A-Za-z0-9_.-]+", "-", f"{self.test}-{path.name}")
        kept = Path(folder) / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)
        self.note("evidence", name)
