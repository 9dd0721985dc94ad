"""What a benchmark found: rows of figures, as a table for people and as JSON for programs."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``reach`` is what it may be at most; where it is None, ``peer`` is.

    ``peer`` is the other program's figure from the same run, ``runs`` how many measurements the
    figure stands on.
    """

    what: str
    figure: float
    unit: str
    reach: float | None
    runs: int
    peer: float | None = None

    @property
    def reached(self) -> bool:
        limit = self.reach if self.reach is not None else self.peer
        return limit is None or self.figure <= limit

    def as_json(self) -> dict[str, Any]:
        reach = self.reach if self.reach is not None else self.peer
        return {
            "what": self.what,
            "figure": round(self.figure, 3),
            "unit": self.unit,
            "reach": None if reach is None else round(reach, 3),
            "reached": self.reached,
            "runs": self.runs,
            "peer": None if self.peer is None else round(self.peer, 3),
        }


def percentile(values: Sequence[float], rank: float) -> float:
    """The smallest of ``values`` that at least ``rank`` % of them do not exceed (nearest rank).

    ValueError when there are none: a figure made of nothing must not look like one.
    """
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * rank / 100) - 1)]


def as_table(rows: Sequence[Row]) -> str:
    """One line a row, columns in step."""
    cells = [("what", "figure", "reach", "reached", "runs", "peer")]
    for row in rows:
        found = row.as_json()
        cells.append(
            (
                row.what,
                f"{row.figure:.2f} {row.unit}".rstrip(),
                "-" if found["reach"] is None else f"{found['reach']:.2f}",
                "yes" if row.reached else "NO",
                str(row.runs),
                "-" if row.peer is None else f"{row.peer:.2f}",
            )
        )
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def write_json(rows: Sequence[Row], path: Path) -> None:
    path.write_text(json.dumps([row.as_json() for row in rows], indent=2) + "\n")
