"""A program of the product's own as a shop starts it, with a settings file, and what it says."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kiosk_app.base.settings import KioskSettings, OfficeSettings
from tests.support.waiting import PATIENCE, eventually

CLI = (sys.executable, "-m", "kiosk_app.cli.main")


@dataclass(frozen=True)
class Program:
    """A running program. ``said()`` is everything on its stdout and stderr so far."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def says(self, pattern: str) -> str:
        """Wait for a line in which ``pattern`` is found; that line. It may not end before."""

        def line() -> str | None:
            over = self.process.poll() is not None
            for each in self.said().splitlines():
                if re.search(pattern, each):
                    return each
            assert not over, f"ended without saying {pattern!r}:\n{self.said()}"
            return None

        return eventually(line, f"{pattern!r} said")

    def runs(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> int:
        """SIGTERM, and the exit code. A program that does not end within seconds fails."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


@contextlib.contextmanager
def started(
    command: str,
    settings: Path,
    *,
    environment: dict[str, str] | None = None,
    prefix: tuple[str, ...] = (),
) -> Iterator[Program]:
    """``kiosk-app command --config settings``, off screen unless ``environment`` says other."""
    log = settings.with_name(f"{settings.stem}.{command}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*prefix, *CLI, command, "--config", str(settings)],
            env=environment or {**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield Program(process, log)
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def refuses(command: str, settings: Path) -> str:
    """Start a program that cannot start: it ends with 1 and one line in words, which is given."""
    done = subprocess.run(
        [*CLI, command, "--config", str(settings)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 1, (done.returncode, done.stderr)
    said = done.stderr.splitlines()
    assert len(said) == 1, done.stderr
    assert said[0].startswith(f"kiosk-app {command}: ")
    return said[0]


def kiosk_settings(file: Path, data_dir: Path, *, port: int = 1, **changes: Any) -> Path:
    """A kiosk's settings file; nobody listens on port 1."""
    settings = KioskSettings(
        kiosk="byabutiken-2",
        store="Byabutiken",
        till_name="Kassa 2",
        office_url=f"ws://127.0.0.1:{port}/kiosk",
        data_dir=str(data_dir),
        fullscreen=False,
        keyring="data-dir",
    )
    file.write_bytes(msgspec.toml.encode({**msgspec.to_builtins(settings), **changes}))
    return file


def office_settings(file: Path, data_dir: Path, *, port: int = 0) -> Path:
    file.write_bytes(msgspec.toml.encode(OfficeSettings(data_dir=str(data_dir), port=port)))
    return file
