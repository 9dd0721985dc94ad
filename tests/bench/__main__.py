"""``python -m tests.bench NAME [--json FILE]``: run one benchmark and say what it found."""

import argparse
import importlib
import os
import sys
from pathlib import Path

from tests.bench.report import Row, as_table, write_json

NAMES = ("anew", "call", "point", "press", "rtt", "search", "share", "tills")


def main(arguments: list[str] | None = None) -> int:
    """0 when every figure is within its reach, 1 when one is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    chosen = parser.parse_args(arguments)
    # An installed program has been compiled; where this says not to, each start would do it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    rows: list[Row] = importlib.import_module(f"tests.bench.{chosen.name}").run()
    print(as_table(rows))
    if chosen.json is not None:
        write_json(rows, chosen.json)
    return 0 if all(row.reached for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
