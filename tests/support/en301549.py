"""The table of EN 301 549 V3.2.1, made of the tests: clause, test, outcome, evidence.

A pytest plugin: ``pytest -p tests.support.en301549 -m en301549 --en301549 FILE``. Tests say which
clauses they show with ``@pytest.mark.en301549("5.1.3.1", …)``. Clause 9.x is WCAG x, which the
standard takes over for closed software in 11.x; the tests name them as 9.x throughout.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

TITLES = {
    "5.1.2.2": "Usable without attaching assistive technology",
    "5.1.3.1": "Speech for all that is needed",
    "5.1.3.2": "Speech by speaker or a standard connector",
    "5.1.3.3": "Speech goes with what is on the screen",
    "5.1.3.4": "Speech can be interrupted",
    "5.1.3.5": "Speech can be repeated",
    "5.1.3.6": "What is no text is spoken",
    "5.1.3.8": "Masked characters are not spoken",
    "5.1.3.9": "Private data only to whom it concerns",
    "5.1.3.10": "Nothing sounds over the speech",
    "5.1.3.11": "Volume of private listening",
    "5.1.3.12": "Volume of the speaker",
    "5.1.3.13": "Volume goes back after each shopper",
    "5.1.3.14": "Speech in the language of the screen",
    "5.1.3.15": "Errors are spoken and say what is wrong",
    "5.1.3.16": "Receipts and sums are spoken",
    "5.1.4": "Size of text",
    "5.1.5": "Nothing by sound alone",
    "5.1.6.2": "The focus can leave wherever it comes",
    "5.5.2": "Parts can be told apart without setting them off",
    "5.6.1": "State of what is toggled, to ear and touch",
    "5.6.2": "State of what is toggled, to the eye",
    "5.7": "Keys do not repeat by themselves",
    "5.8": "The same key at once counts once, adjustably",
    "5.9": "One finger is enough",
    "6.1": "Sound of at least 7 kHz",
    "6.2.1.1": "Real-time text where there is voice",
    "6.2.1.2": "Text and voice at the same time",
    "6.2.2.1": "Sent and received text are told apart",
    "6.2.2.2": "Direction of text by program",
    "6.2.2.3": "Who is speaking is told",
    "6.2.2.4": "That somebody speaks is shown",
    "6.2.3": "Text between systems",
    "6.2.4": "Text goes out within 500 ms",
    "6.5.5": "Who speaks is shown in sight",
    "8.2.1.1": "Volume can be raised by 18 dB",
    "8.2.1.2": "A step at 12 dB",
    "8.3.2": "Parts within reach",
    "9.1.3.3": "Not by shape or place alone",
    "9.1.4.1": "Not by colour alone",
    "9.1.4.3": "Contrast of text",
    "9.1.4.4": "Text of twice the size",
    "9.1.4.11": "Contrast of what is no text",
    "9.2.1.1": "All by keys",
    "9.2.1.2": "No keyboard trap",
    "9.2.2.1": "Time can be had",
    "9.2.4.3": "Order of the focus",
    "9.2.4.7": "The focus is visible",
    "9.2.5.2": "Acts on release",
    "9.2.5.5": "Size of what is tapped (AAA)",
    "9.3.1.1": "Language by program",
    "9.3.3.1": "Errors in words",
    "9.4.1.2": "Name, role, value",
    "9.4.1.3": "Status without the focus",
}


@dataclass
class _Shown:
    """One test and what became of it."""

    clauses: tuple[str, ...]
    outcome: str = "not run"
    evidence: list[str] = field(default_factory=list)


class Table:
    """Gathers what the marked tests show, and writes it in the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tests: dict[str, _Shown] = {}

    @pytest.hookimpl(trylast=True)  # after those that were not asked for are gone
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            clauses = [c for marker in item.iter_markers("en301549") for c in marker.args]
            unknown = set(clauses) - set(TITLES)
            if unknown:
                raise pytest.UsageError(
                    f"{item.nodeid} names clauses without a title in {__name__}: {unknown}"
                )
            if clauses:
                self._tests[item.nodeid] = _Shown(tuple(dict.fromkeys(clauses)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        shown = self._tests.get(report.nodeid)
        if shown is None:
            return
        if report.failed or report.skipped:
            shown.outcome = report.outcome
        elif report.when == "call" and shown.outcome == "not run":
            shown.outcome = report.outcome
        if report.when == "teardown":
            shown.evidence = [str(v) for k, v in report.user_properties if k == "evidence"]

    def pytest_sessionfinish(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(self.text(), "utf-8")

    def text(self) -> str:
        """The table as Markdown."""
        by_clause: dict[str, list[tuple[str, _Shown]]] = defaultdict(list)
        for test, shown in self._tests.items():
            for clause in shown.clauses:
                by_clause[clause].append((test, shown))
        lines = [
            "# EN 301 549 V3.2.1, clause by clause",
            "",
            "Written by the tests. What needs an eye, an ear or an instrument is not here.",
            "",
            "| Clause | What | Test | Outcome | Evidence |",
            "|---|---|---|---|---|",
        ]
        for clause in sorted(by_clause, key=_order):
            for test, shown in by_clause[clause]:
                evidence = ", ".join(f"[{name}](evidence/{name})" for name in shown.evidence)
                lines.append(
                    f"| {clause} | {TITLES[clause]} | `{test}` | {shown.outcome} | {evidence} |"
                )
        passed = sum(shown.outcome == "passed" for shown in self._tests.values())
        lines += [
            "",
            f"{len(by_clause)} clauses, {passed} of {len(self._tests)} tests passed.",
            "",
        ]
        return "\n".join(lines)


def _order(clause: str) -> list[int]:
    return [int(part) for part in clause.split(".")]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--en301549", metavar="FILE", help="write the table of the standard to FILE")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--en301549")
    if path:
        config.pluginmanager.register(Table(Path(path)), "en301549-table")
