"""What every test here is held to. Nothing has to be asked for; most tests need not know.

A test fails when

* Python warns (``filterwarnings = error``) or Qt does (``qt_log_level_fail``), both in
  ``pyproject.toml``,
* anything is logged at WARNING or above that the test did not expect,
* a task, a thread, a child process or a running ``QTimer`` of its own outlives it.

**To expect a log line**, take the ``expect_log`` fixture, before or after the line comes::

    async def test_lost_office(expect_log):
        expect_log(r"office .* cannot be reached")          # a regular expression, searched for
        expect_log("task .* failed", level=logging.ERROR, logger="kiosk_app.base.tasks")

or, when nothing else in the test needs it, the marker ``@pytest.mark.expect_log(r"...")``. An
expected line that never came fails the test too. Where it may or may not come, say
``expect_log(..., required=False)``. ``expect_log(...)`` gives back the list that matching records
are put in, to look at what they carry.

**To expect a warning of Qt**: ``@pytest.mark.qt_log_ignore(r"...")``, of pytest-qt. **Of Python**:
``pytest.warns``.

**What may outlive a test** are things that a fixture of a wider scope started before it.

Tests draw off screen unless ``QT_QPA_PLATFORM`` says otherwise, as ``deploy/test`` does for those
that need a window system. Nothing here imports Qt.
"""

import asyncio
import logging
import os
import re
import sys
import threading
import time
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psutil
import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What a program sets itself before it opens a web page; here one process has tests of all kinds.
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
if os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

# Examples are judged by what they do, not by how long a busy machine takes for them.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

# Ending is not instant: a cancelled task needs a turn of the loop, a killed child its signal.
# Tests that leave nothing behind never wait; those that do wait this many seconds and then fail.
# Ten, as several tests share a machine and what is ending may take its time; the tests of these
# checks wait less, for what they know never ends.
GRACE = float(os.environ.get("LEAK_GRACE", "10"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "expect_log(pattern, *, level=None, logger=None, required=True): "
        "the test expects a log line at WARNING or above",
    )


if sys.argv[0] == "-c":
    # A worker of xdist has no name, and the sound library asks it for one.
    sys.argv = ["pytest"]


# --- log lines ------------------------------------------------------------------------------


@dataclass
class _Expectation:
    pattern: re.Pattern[str]
    level: int | None
    logger: str | None
    required: bool
    records: list[logging.LogRecord] = field(default_factory=list)

    def matches(self, record: logging.LogRecord) -> bool:
        return (
            (self.level is None or record.levelno == self.level)
            and (self.logger is None or record.name == self.logger)
            and self.pattern.search(record.getMessage()) is not None
        )


class LogWatch(logging.Handler):
    """Keeps what is logged at WARNING and above and what of it was expected. The fixture."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: list[logging.LogRecord] = []
        self._expected: list[_Expectation] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(record)
        for expectation in self._expected:
            if expectation.matches(record):
                expectation.records.append(record)

    def __call__(
        self,
        pattern: str,
        *,
        level: int | None = None,
        logger: str | None = None,
        required: bool = True,
    ) -> list[logging.LogRecord]:
        """Expect lines in whose message ``pattern`` is found, before or after they come.

        Gives the list of records that match, which grows as they come.
        """
        expectation = _Expectation(re.compile(pattern), level, logger, required)
        expectation.records += [record for record in self._seen if expectation.matches(record)]
        self._expected.append(expectation)
        return expectation.records

    def complaints(self) -> list[str]:
        """What was logged without being expected, and what was expected and never logged."""
        form = logging.Formatter("%(levelname)s %(name)s: %(message)s")
        return [
            f"logged, and not expected: {form.format(record)}"
            for record in self._seen
            if not any(expectation.matches(record) for expectation in self._expected)
        ] + [
            f"expected in the log, and never came: {expectation.pattern.pattern!r}"
            for expectation in self._expected
            if expectation.required and not expectation.records
        ]


@pytest.fixture
def expect_log(_leaves_nothing_behind: LogWatch) -> LogWatch:
    """Call it with a pattern to expect a log line; see the head of this file."""
    return _leaves_nothing_behind


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> Any:
    """Keeps files that show what the test saw; see ``tests/support/evidence.py``."""
    from tests.support.evidence import evidence_of

    return evidence_of(request.node)


# --- what outlives a test -------------------------------------------------------------------


def _until(over: Callable[[], bool]) -> None:
    """Wait until ``over()``, for at most the grace."""
    end = time.monotonic() + GRACE
    while not over() and time.monotonic() < end:
        time.sleep(0.01)


def _children() -> dict[int, psutil.Process]:
    try:
        # Asks the kernel whether there is any child at all, and reaps none: almost free.
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return {}
    return {child.pid: child for child in psutil.Process().children() if not _is_helper(child)}


def _is_helper(child: psutil.Process) -> bool:
    """Python's own keeper of shared memory, and what Chromium starts renderers from: started
    once, they live as long as the process."""
    try:
        words = child.cmdline()
        return any("multiprocessing.resource_tracker" in word for word in words) or (
            "QtWebEngineProcess" in words[0] and "--type=renderer" not in words
        )
    except psutil.Error:
        return False


def _threads() -> set[threading.Thread]:
    # A dummy stands for a thread that Python did not start (Qt's, a codec's) and never ends.
    return {
        thread
        for thread in threading.enumerate()
        if not isinstance(thread, threading._DummyThread)
    }


def _left_threads(before: set[threading.Thread]) -> list[str]:
    left = _threads() - before
    _until(lambda: not any(thread.is_alive() for thread in left))
    return [f"a thread outlives the test: {t.name}" for t in left if t.is_alive()]


def _left_children(before: dict[int, psutil.Process]) -> list[str]:
    left: dict[int, psutil.Process] = {}

    def gone() -> bool:
        left.clear()
        left.update({pid: child for pid, child in _children().items() if pid not in before})
        return not left

    _until(gone)
    complaints = []
    for child in left.values():
        try:
            zombie = child.status() == psutil.STATUS_ZOMBIE
            said = "was never waited for" if zombie else " ".join(child.cmdline())
            child.kill()  # the tests after this one start from a clean machine
        except psutil.Error:
            said = "ended meanwhile"
        complaints.append(f"a child process outlives the test: {child.pid} ({said})")
    return complaints


@pytest.fixture(autouse=True)
def _leaves_nothing_behind(request: pytest.FixtureRequest) -> Iterator[LogWatch]:
    """Set up before the test's other fixtures and ended after them, so it sees theirs too."""
    children, threads = _children(), _threads()
    watch = LogWatch()
    for marker in request.node.iter_markers("expect_log"):
        watch(*marker.args, **marker.kwargs)
    root = logging.getLogger()
    root.addHandler(watch)
    try:
        yield watch
    finally:
        root.removeHandler(watch)
    complaints = watch.complaints() + _left_threads(threads) + _left_children(children)
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
async def _tasks_end() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    if left:
        _, left = await asyncio.wait(left, timeout=GRACE)
    if left:
        names = "\n".join(f"a task outlives the test: {task!r}" for task in left)
        pytest.fail(names, pytrace=False)


@pytest.fixture(autouse=True)
def _tasks_end_with_their_test(
    request: pytest.FixtureRequest, _leaves_nothing_behind: LogWatch
) -> None:
    # Asked for by name and only where there is a loop: as a plain argument every synchronous
    # test would be given an event loop. After the loop's runner has closed it is too late to
    # look, because that cancels what is left; the thread check above comes after that.
    marker = request.node.get_closest_marker("asyncio")
    if marker is not None and marker.kwargs.get("loop_scope", "function") == "function":
        request.getfixturevalue("_tasks_end")


@pytest.fixture(scope="session")
def qapp_cls() -> Any:
    """What Qt WebEngine asks for before there is an application, which all tests share."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtWidgets import QApplication

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return QApplication


@pytest.fixture(autouse=True)
def _timers_end_with_their_test(
    request: pytest.FixtureRequest,
    _leaves_nothing_behind: LogWatch,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    QtCore: Any = sys.modules["PySide6.QtCore"]
    started: weakref.WeakSet[Any] = weakref.WeakSet()
    start = QtCore.QTimer.start

    def start_and_tell(timer: Any, *args: Any) -> None:
        started.add(timer)
        start(timer, *args)

    monkeypatch.setattr(QtCore.QTimer, "start", start_and_tell)
    yield
    import shiboken6  # here, because only a test with Qt has it at hand

    # What was closed with deleteLater goes now, and its timers with it.
    QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete.value)
    left = [timer for timer in started if shiboken6.isValid(timer) and timer.isActive()]
    for timer in left:
        timer.stop()
    if left:
        names = "\n".join(
            f"a QTimer outlives the test: every {timer.interval()} ms, "
            f"of {type(timer.parent()).__name__} {timer.objectName()}".rstrip()
            for timer in left
        )
        pytest.fail(names, pytrace=False)
