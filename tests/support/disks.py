"""Disks that are full or may not be written. Root ignores permissions, so these are mounts."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def _mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"this machine cannot mount: {done.stderr.strip()}")


@contextlib.contextmanager
def small_disk(directory: Path, size: str) -> Iterator[Path]:
    """``directory`` becomes a file system of ``size``, for example ``256k``."""
    directory.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={size}", "kiosk-test", str(directory))
    try:
        yield directory
    finally:
        subprocess.run(["umount", "--lazy", str(directory)], check=True)


@contextlib.contextmanager
def read_only(directory: Path) -> Iterator[Path]:
    """``directory`` as it is, and not to be written, by root neither."""
    directory.mkdir(exist_ok=True)
    _mount("--bind", str(directory), str(directory))
    try:
        _mount("-o", "remount,ro,bind", str(directory))
        yield directory
    finally:
        subprocess.run(["umount", "--lazy", str(directory)], check=True)


def fill(directory: Path) -> Path:
    """Leave no byte free on the disk of ``directory``; the file that takes the room."""
    ballast = directory / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    return ballast
