"""The table of EN 301 549 V3.2.1, made of the tests: clause, test, outcome, evidence.

A pytest plugin: ``pytest -p tests.support.en301549 -m en301549 --en301549 FILE``. Tests say which
clauses they show with ``@pytest.mark.en301549("5.1.3.1", …)``; all that there are stand in
:mod:`tests.support.clauses`. With ``--en301549`` every one of them must have a test, and every
test that passes must leave evidence (:mod:`tests.support.evidence`): else the run fails.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.support import evidence
from tests.support.clauses import NOT_SHOWN, SHOWN


@dataclass
class _Case:
    """One run of a test and what became of it."""

    outcome: str = "not run"
    why: str = ""


@dataclass
class _Test:
    """One test function, with all its cases."""

    clauses: tuple[str, ...]
    cases: dict[str, _Case] = field(default_factory=dict)
    evidence: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return all(case.outcome == "passed" for case in self.cases.values())

    @property
    def outcome(self) -> str:
        """In words, with how many cases there were if not one."""
        counted = Counter(case.outcome for case in self.cases.values())
        if len(self.cases) == 1:
            (case,) = self.cases.values()
            return f"{case.outcome}: {case.why}" if case.why else case.outcome
        return ", ".join(f"{n} {outcome}" for outcome, n in sorted(counted.items()))


class Table:
    """Gathers what the marked tests show, and writes it in the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tests: dict[str, _Test] = {}
        self._items: dict[str, pytest.Item] = {}

    @pytest.hookimpl(trylast=True)  # after those that were not asked for are gone
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            clauses = [c for marker in item.iter_markers("en301549") for c in marker.args]
            unknown = set(clauses) - set(SHOWN)
            if unknown:
                raise pytest.UsageError(
                    f"{item.nodeid} names clauses that tests.support.clauses does not: {unknown}"
                )
            if clauses:
                test = self._tests.setdefault(
                    _function(item.nodeid), _Test(tuple(dict.fromkeys(clauses)))
                )
                test.cases[item.nodeid] = _Case()
                self._items[item.nodeid] = item

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if item.nodeid in self._items:
            evidence.begin(item)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self) -> None:
        evidence.end()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = self._tests.get(_function(report.nodeid))
        if test is None:
            return
        case = test.cases[report.nodeid]
        if report.failed or report.skipped:
            case.outcome = report.outcome
            if isinstance(report.longrepr, tuple):  # of a skipped test: file, line, reason
                case.why = report.longrepr[2].removeprefix("Skipped: ")
        elif report.when == "call" and case.outcome == "not run":
            case.outcome = report.outcome
        if report.when == "teardown":
            item = self._items[report.nodeid]
            kept = [str(v) for k, v in item.user_properties if k == "evidence"]
            if case.outcome == "passed" and not kept and not test.evidence:
                kept = self._keep_source(item)
            test.evidence += [name for name in kept if name not in test.evidence]

    def _keep_source(self, item: pytest.Item) -> list[str]:
        kept: list[str] = []
        own = replace(evidence.evidence_of(item), case="", note=kept.append)
        own.make("checked.txt", lambda at: at.write_text(evidence.source_of(item), "utf-8"))
        return kept

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(self.text(), "utf-8")
        if self.gaps and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for gap in self.gaps:
            terminalreporter.write_line(f"EN 301 549: {gap}", red=True)

    @property
    def gaps(self) -> list[str]:
        """What the table lacks, a sentence each."""
        shown = {c for test in self._tests.values() if test.passed for c in test.clauses}
        gaps = [f"no test that passed shows {clause}" for clause in SHOWN if clause not in shown]
        folder = self._path.parent / "evidence"
        for name, test in self._tests.items():
            if test.passed and not test.evidence:
                gaps.append(f"{name} left no evidence")
            gaps += [f"{each} is not there" for each in test.evidence if not _is(folder / each)]
        return gaps

    def text(self) -> str:
        """The table as Markdown."""
        by_clause: dict[str, list[tuple[str, _Test]]] = defaultdict(list)
        for name, test in self._tests.items():
            for clause in test.clauses:
                by_clause[clause].append((name, test))
        lines = [
            "# EN 301 549 V3.2.1, clause by clause",
            "",
            "Written by the tests. Clause 9.x is WCAG 2.1's x, which 11.x takes over for closed",
            "software; WCAG x is new in WCAG 2.2. Evidence is a picture or a transcript of what",
            "the test saw or heard, its figures, or, for one that sees nothing, what it did and",
            "checked (`checked.txt`).",
            "",
            "| Clause | What | Test | Outcome | Evidence |",
            "|---|---|---|---|---|",
        ]
        for clause, title in sorted(SHOWN.items(), key=lambda each: _order(each[0])):
            for name, test in by_clause[clause]:
                row = (clause, title, f"`{name}`", test.outcome, _links(test.evidence))
                lines.append(f"| {' | '.join(row)} |")
            if not by_clause[clause]:
                lines.append(f"| {clause} | {title} | | **no test** | |")
        lines += ["", "## Not shown by a test", "", "| Clause | What | Why |", "|---|---|---|"]
        for clause, (title, why) in sorted(NOT_SHOWN.items(), key=lambda each: _order(each[0])):
            lines.append(f"| {clause} | {title} | {why} |")
        cases = [case for test in self._tests.values() for case in test.cases.values()]
        passed = sum(case.outcome == "passed" for case in cases)
        lines += [
            "",
            f"{len(SHOWN)} clauses by tests, {len(NOT_SHOWN)} not. {len(self._tests)} tests; of "
            f"their {len(cases)} cases {passed} passed.",
            *(f"\n**{gap}**" for gap in self.gaps),
            "",
        ]
        return "\n".join(lines)


def _function(node_id: str) -> str:
    return node_id.partition("[")[0]


def _is(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _links(files: list[str]) -> str:
    """A link to the file, or to the folder if there are several."""
    if len(files) < 2:
        return "".join(f"[{name.rpartition('/')[2]}](evidence/{name})" for name in files)
    folder = files[0].partition("/")[0]
    kinds = Counter("picture" if name.endswith(".png") else "text" for name in files)
    counted = ", ".join(f"{n} {kind}{'s' * (n > 1)}" for kind, n in sorted(kinds.items()))
    return f"[{counted}](evidence/{folder}/)"


def _order(clause: str) -> tuple[bool, list[int]]:
    named, _, number = clause.rpartition(" ")
    return bool(named), [int(part) for part in number.split(".")]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--en301549", metavar="FILE", help="write the table of the standard to FILE")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--en301549")
    if path:
        config.pluginmanager.register(Table(Path(path)), "en301549-table")
