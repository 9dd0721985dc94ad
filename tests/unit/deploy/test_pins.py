"""The pins that keep a kiosk alive, and the locks that hold every pin."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[3]
PYTHONS = ("3.11", "3.12", "3.13")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

# Text set a hundred times. A build that loses a reference to None at each void call ends in
# "Fatal Python error: none_dealloc" after a few thousand of them: within the first hour.
COUNT_REFERENCES = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
label.setText("warm")
before = sys.getrefcount(None)
for turn in range(100):
    label.setText(str(turn))
print(sys.getrefcount(None) - before)
"""


def test_qt_keeps_the_references_to_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT_REFERENCES], capture_output=True, text=True, check=True
    )

    # From Python 3.12 None is immortal and its count stands still by itself.
    assert abs(int(done.stdout)) < 50, f"100 calls moved the count by {done.stdout}"


def _environment(python: str) -> dict[str, str]:
    return {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }


def _applies(requirement: Requirement, python: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(_environment(python))


def _wanted(python: str, texts: list[str]) -> list[Requirement]:
    requirements = [Requirement(text) for text in texts]
    return [requirement for requirement in requirements if _applies(requirement, python)]


@pytest.mark.parametrize("python", PYTHONS)
def test_pyside_6_12_stays_away_from_python_3_11(python: str) -> None:
    [pyside] = [
        requirement
        for requirement in _wanted(python, PROJECT["project"]["dependencies"])
        if requirement.name == "PySide6-Essentials"
    ]

    assert pyside.specifier.contains("6.11.3") == (python == "3.11")
    assert pyside.specifier.contains("6.12.0") == (python != "3.11")


def _locked(lock: str, python: str) -> dict[str, Version]:
    """What a lock installs under this Python, by name."""
    text = (ROOT / "deploy" / "locks" / lock).read_text()
    entries = re.findall(
        r"^([^\s#][^\\\n]*?) *\\\n((?: +--hash=sha256:\w+(?: \\)?\n)+)", text, re.M
    )
    assert len(entries) == len(re.findall(r"^[^\s#]", text, re.M)), "an entry without hashes"
    found: dict[str, Version] = {}
    for entry, _ in entries:
        requirement = Requirement(entry)
        if _applies(requirement, python):
            [pin] = requirement.specifier
            assert pin.operator == "=="
            found[canonicalize_name(requirement.name)] = Version(pin.version)
    return found


@pytest.mark.parametrize("python", PYTHONS)
def test_locks_hold_what_the_project_asks_for(python: str) -> None:
    run = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
    test = run + PROJECT["project"]["optional-dependencies"]["test"]
    web = PROJECT["project"]["optional-dependencies"]["web"]
    node, uv = (PROJECT["dependency-groups"][group] for group in ("node", "uv"))
    locks = {"run.txt": run, "test.txt": test + web, "web.txt": run + web}
    locks |= {"node.txt": node, "uv.txt": uv}
    for lock, texts in locks.items():
        locked = _locked(lock, python)
        for requirement in _wanted(python, texts):
            version = locked.get(canonicalize_name(requirement.name))
            assert version is not None, f"run deploy/lock: {lock} has no {requirement.name}"
            assert requirement.specifier.contains(version), f"run deploy/lock: {requirement}"


@pytest.mark.parametrize("python", PYTHONS)
def test_tests_run_with_the_versions_that_shops_get(python: str) -> None:
    shop, tests = _locked("run.txt", python), _locked("test.txt", python)
    web = _locked("web.txt", python)

    assert shop.items() <= web.items() <= tests.items()


@pytest.mark.parametrize("python", PYTHONS)
def test_web_pages_are_drawn_by_the_same_qt(python: str) -> None:
    locked = _locked("web.txt", python)

    assert locked["pyside6-addons"] == locked["pyside6-essentials"]


def test_the_build_names_the_locked_node() -> None:
    hook = (ROOT / "deploy" / "build_hook.py").read_text()

    assert f'NODE_PACKAGE = "{PROJECT["dependency-groups"]["node"][0]}"' in hook


@pytest.mark.parametrize("lock", ["run.txt", "test.txt", "web.txt", "node.txt", "uv.txt"])
def test_locks_name_no_place(lock: str) -> None:
    text = (ROOT / "deploy" / "locks" / lock).read_text()

    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links|@ ", text)
