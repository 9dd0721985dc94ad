"""What is installed from the wheel is whole: it starts in an empty environment, elsewhere."""

import json
import os
import re
import subprocess
import sys
import tarfile
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
BUILT = "kiosk_app/_built"

# Fetching and unpacking some sixty packages is most of what these tests do.
pytestmark = pytest.mark.timeout(400)


def _build(source: Path, kind: str, into: Path, **changed: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", into, source],
        env={**os.environ, **changed},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs of an environment are that has the wheel and what the lock says."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, with_pip=True)
    lock = str(ROOT / "deploy" / "locks" / "run.txt")
    for what in (["--require-hashes", "--only-binary", ":all:", "-r", lock], [str(wheel)]):
        install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-compile",
        ]
        done = subprocess.run(
            [place / "bin" / "python", *install, *what], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return place / "bin"


def _run(command: list[str | Path], directory: Path) -> str:
    """Its standard output. It runs in that directory and sees nothing of the checkout."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    done = subprocess.run(
        command, cwd=directory, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_assets_are_in_the_wheel(names: set[str]) -> None:
    files = [path for path in (ROOT / "assets").rglob("*") if path.is_file()]

    assert files
    assert {f"{BUILT}/{path.relative_to(ROOT).as_posix()}" for path in files} <= names


def test_every_language_is_in_the_wheel(names: set[str]) -> None:
    languages = [path.parts[-3] for path in ROOT.glob("i18n/*/LC_MESSAGES/kiosk.po")]

    assert {"sv", "en"} <= set(languages)
    assert {f"{BUILT}/i18n/{name}/LC_MESSAGES/kiosk.mo" for name in languages} <= names


def test_the_console_is_in_the_wheel(wheel: Path, names: set[str]) -> None:
    page = zipfile.ZipFile(wheel).read(f"{BUILT}/console/index.html").decode()
    parts = re.findall(r'(?:src|href)="\./([^"]+)"', page)

    assert any(part.endswith(".js") for part in parts)
    assert {f"{BUILT}/console/{part}" for part in parts} <= names


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    strangers = [
        name
        for name in names
        if not name.startswith(("kiosk_app/", "kiosk_app-")) or "node_modules" in name
    ]
    sources = [name for name in names if name.startswith("kiosk_app/office/console/")]

    assert not strangers
    assert not sources


def test_a_wheel_can_be_made_of_the_sdist_without_node(names: set[str], tmp_path: Path) -> None:
    sdist = _build(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("node", "npm"):
        (programs / name).write_text("#!/bin/sh\nexit 1\n")
        (programs / name).chmod(0o755)
    source = tmp_path / sdist.name.removesuffix(".tar.gz")
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    again = _build(source, "wheel", tmp_path / "again", PATH=path)

    assert set(zipfile.ZipFile(again).namelist()) == names


def test_finds_its_files_where_it_is_installed(programs: Path, tmp_path: Path) -> None:
    say = """
from kiosk_app.base import language, paths
print(paths.assets_dir().is_dir(), (paths.console_dir() / "index.html").is_file())
print(*language.languages())
print(paths.assets_dir())
"""
    said = _run([programs / "python", "-I", "-c", say], tmp_path).splitlines()

    assert said[0] == "True True"
    assert {"sv", "en"} <= set(said[1].split())
    assert Path(said[2]).is_relative_to(programs.parent)


def test_the_command_says_what_it_can_do(programs: Path, tmp_path: Path) -> None:
    said = _run([programs / "kiosk-app", "--help"], tmp_path)

    assert all(command in said for command in ("run", "office", "demo", "enroll", "doctor"))


def test_kiosk_and_office_start(programs: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    log = (tmp_path / "log").open("w+b")
    demo = subprocess.Popen(
        [programs / "kiosk-app", "demo", "--data-dir", data, "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=log,
        stderr=subprocess.STDOUT,
    )

    def ready() -> bool:
        return (data / "demo.json").exists() or demo.poll() is not None

    try:
        eventually(ready, "the demo is ready", within=60)
        assert demo.poll() is None, (tmp_path / "log").read_text()
        office = json.loads((data / "demo.json").read_text())["office_url"]
        with urllib.request.urlopen(f"{office}/", timeout=10) as page:  # noqa: S310 -- ours
            assert b'<script type="module"' in page.read()
    finally:
        demo.terminate()
        demo.wait(20)
        log.close()
