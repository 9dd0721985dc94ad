"""The suite's own strictness: tests that leave something behind do fail, clean ones do not."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

GOOD = """
import asyncio, logging, subprocess, sys, threading, warnings
import pytest

log = logging.getLogger("shop")

def test_expects_by_fixture(expect_log):
    expect_log(r"door \\d open", level=logging.WARNING, logger="shop")
    log.warning("door 3 open")

def test_expects_afterwards(expect_log):
    log.error("door stuck")
    assert [r.getMessage() for r in expect_log("stuck")] == ["door stuck"]

@pytest.mark.expect_log("door")
def test_expects_by_marker():
    log.error("door stuck")

def test_may_come(expect_log):
    expect_log("never", required=False)

@pytest.fixture
async def server():
    task = asyncio.create_task(asyncio.sleep(60))
    yield
    task.cancel()

async def test_fixture_ends_its_task(server):
    await asyncio.to_thread(lambda: None)  # the loop's own pool of threads is no leak

@pytest.fixture(scope="module")
def wide():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        yield child
        child.communicate()

def test_wider_fixture_may_outlive(wide):
    pass

def test_timer_stopped(qtbot):
    from PySide6.QtCore import QTimer
    timer = QTimer(); timer.start(1000); timer.stop()

def test_timer_of_a_closed_widget(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget
    widget = QWidget(); qtbot.addWidget(widget)
    QTimer(widget).start(1000)
"""

BAD = """
import asyncio, logging, subprocess, sys, threading, warnings
import pytest

log = logging.getLogger("shop")

def test_logs(): log.warning("door open")
def test_logs_something_else(expect_log):
    expect_log("window"); log.warning("door open"); log.warning("window open")
def test_expected_never_came(expect_log): expect_log("door")
def test_other_level(expect_log):
    expect_log("door", level=logging.ERROR, required=False); log.warning("door open")
def test_warns(): warnings.warn("old")
async def test_task():
    global task; task = asyncio.create_task(asyncio.sleep(60))
def test_thread(): threading.Thread(target=threading.Event().wait, args=(20,), daemon=True).start()
def test_child():
    global child
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
def test_timer(qtbot):
    from PySide6.QtCore import QTimer
    global timer; timer = QTimer(); timer.start(1000)
def test_qt_warns(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("from Qt")
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of both files under this suite's conftest and settings."""
    place = tmp_path_factory.mktemp("suite")
    for name in ("conftest.py",):
        (place / name).write_bytes((ROOT / "tests" / name).read_bytes())
    (place / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (place / "test_good.py").write_text(GOOD)
    (place / "test_bad.py").write_text(BAD)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "."],
        cwd=place,
        env={**os.environ, "COLUMNS": "200", "LEAK_GRACE": "1"},
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_clean_tests_pass(outcome: str) -> None:
    names = re.findall(r"def (test_\w+)", GOOD)
    said = re.findall(r"test_good\.py::(\w+) (PASSED|FAILED|ERROR)", outcome)
    assert said == [(name, "PASSED") for name in names], outcome


@pytest.mark.parametrize("name", re.findall(r"def (test_\w+)", BAD))
def test_unclean_test_fails(outcome: str, name: str) -> None:
    assert re.search(rf"test_bad\.py::{name} (FAILED|ERROR)", outcome), outcome
