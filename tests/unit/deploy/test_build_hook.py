"""The build: builds what is older than its sources and says what it could not do."""

import gettext
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Help"
msgstr "Hjälp"
"""


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The build, of a small project that has Swedish words and no console to speak of."""
    spec = importlib.util.spec_from_file_location("build_hook", ROOT / "deploy" / "build_hook.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    places = {
        "ROOT": tmp_path,
        "CATALOGUES": tmp_path / "i18n",
        "CONSOLE": tmp_path / "console",
        "BUILT": tmp_path / "_built",
    }
    for name, place in places.items():
        monkeypatch.setattr(module, name, place)
    words = module.PARTS[0]
    monkeypatch.setattr(module, "PARTS", [words])
    _po(tmp_path).parent.mkdir(parents=True)
    _po(tmp_path).write_text(PO)
    (tmp_path / "console").mkdir()
    return module


def _po(root: Path) -> Path:
    return root / "i18n" / "sv" / "LC_MESSAGES" / "kiosk.po"


def test_compiles_the_catalogues(hook: ModuleType) -> None:
    assert hook.build() == ["i18n"]

    words = gettext.translation("kiosk", hook.BUILT / "i18n", languages=["sv"])
    assert words.gettext("Help") == "Hjälp"


def test_builds_nothing_twice(hook: ModuleType) -> None:
    hook.build()
    _po(hook.ROOT).touch()

    assert hook.build() == []


def test_builds_again_what_changed_or_is_gone(hook: ModuleType) -> None:
    hook.build()
    _po(hook.ROOT).write_text(PO.replace("Hjälp", "Få hjälp"))
    assert hook.build() == ["i18n"]

    (hook.BUILT / "i18n" / "sv" / "LC_MESSAGES" / "kiosk.mo").unlink()
    (hook.BUILT / "i18n" / "sv" / "LC_MESSAGES").rmdir()
    (hook.BUILT / "i18n" / "sv").rmdir()
    (hook.BUILT / "i18n").rmdir()
    assert hook.build() == ["i18n"]


def test_a_language_that_went_is_gone(hook: ModuleType) -> None:
    finnish = hook.ROOT / "i18n" / "fi" / "LC_MESSAGES" / "kiosk.po"
    finnish.parent.mkdir(parents=True)
    finnish.write_text(PO)
    hook.build()
    finnish.unlink()
    hook.build()

    assert [path.name for path in (hook.BUILT / "i18n").iterdir()] == ["sv"]


@pytest.mark.parametrize(
    "broken",
    [b"Help: Hj\n", b'msgid "Help"\nmsgid "Pay"\nmsgstr "Betala"\n', PO.encode("latin-1")],
)
def test_a_broken_catalogue_is_named_and_stays_stale(hook: ModuleType, broken: bytes) -> None:
    hook.build()
    _po(hook.ROOT).write_bytes(broken)

    for _ in range(2):
        with pytest.raises(hook.BuildError, match=r"i18n/sv/LC_MESSAGES/kiosk\.po cannot be read"):
            hook.build()


def _program(directory: Path, name: str, says: str) -> None:
    directory.mkdir(exist_ok=True)
    (directory / name).write_text(f"#!/bin/sh\necho {says}\n")
    (directory / name).chmod(0o755)


@pytest.mark.parametrize(
    ("version", "found"),
    [("v20.20.2", True), ("v22.1.0", True), ("v20.18.9", False), ("v18.20.4", False)],
)
def test_takes_a_node_that_is_new_enough(
    hook: ModuleType, monkeypatch: pytest.MonkeyPatch, version: str, found: bool
) -> None:
    programs = hook.ROOT / "bin"
    _program(programs, "node", version)
    _program(programs, "npm", "10.0.0")
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    if found:
        assert hook.find_node() == (programs / "node", [str(programs / "npm")])
    else:
        with pytest.raises(hook.BuildError, match=r"pip install .*deploy/locks/node\.txt"):
            hook.find_node()


def _lock(**packages: Any) -> dict[str, Any]:
    return {"packages": {"": {"name": "console"}, **packages}}


VITE = {"version": "8.3.8", "integrity": "sha512-a"}
OTHER_SYSTEM = {"version": "1.0.0", "integrity": "sha512-b", "optional": True}


@pytest.mark.parametrize(
    ("here", "fits"),
    [
        ({"node_modules/vite": VITE}, True),
        ({"node_modules/vite": VITE, "node_modules/other": OTHER_SYSTEM}, True),
        ({}, False),
        ({"node_modules/vite": {**VITE, "version": "8.3.7"}}, False),
        ({"node_modules/vite": {**VITE, "integrity": "sha512-c"}}, False),
        ({"node_modules/vite": VITE, "node_modules/more": VITE}, False),
        (None, False),
    ],
)
def test_sees_whether_the_packages_are_those_of_the_lock(
    hook: ModuleType, here: dict[str, Any] | None, fits: bool
) -> None:
    lock = _lock(**{"node_modules/vite": VITE, "node_modules/other": OTHER_SYSTEM})
    (hook.CONSOLE / "package-lock.json").write_text(json.dumps(lock))
    if here is not None:
        (hook.CONSOLE / "node_modules").mkdir()
        note = hook.CONSOLE / "node_modules" / ".package-lock.json"
        note.write_text(json.dumps({"packages": here}))

    assert hook.packages_fit_lock() is fits
