"""Every K row of the feature list is shown in the real window, where the table says it is."""

import ast
import re
from collections import defaultdict
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROWS = set(range(1, 39))
DASH = "\N{EN DASH}"
LINE = rf"^\| ([\d, {DASH}]+) \|(.*)"  # of the table: numbers, then the other columns


def marked(file: Path) -> set[int]:
    """The rows that tests in ``file`` are marked with."""
    found: set[int] = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.row":
                    found |= {ast.literal_eval(number) for number in mark.args}
    return found


SHOWN = {file.stem: marked(file) for file in (TESTS / "e2e").glob("test_*.py")}


def test_every_row_is_shown_end_to_end() -> None:
    assert set().union(*SHOWN.values()) == ROWS


def test_a_file_named_after_a_row_shows_it() -> None:
    for name, rows in SHOWN.items():
        if match := re.match(r"test_k(\d+)_", name):
            assert int(match[1]) in rows, name


def test_the_table_leads_from_each_row_to_a_test_that_shows_it() -> None:
    named: dict[int, set[str]] = defaultdict(set)
    for numbers, cells in re.findall(LINE, (TESTS / "README.md").read_text(), re.M):
        for first, last in re.findall(rf"(\d+)(?:{DASH}(\d+))?", numbers):
            for row in range(int(first), int(last or first) + 1):
                named[row] |= set(re.findall(r"`e2e/(\w+)`", cells))
    assert {row for row in ROWS if any(row in SHOWN[name] for name in named[row])} == ROWS
