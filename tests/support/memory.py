"""What a running program holds in memory and a directory on disk, searched for a secret."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_PIECE = 1 << 22


def forms(secret: str) -> tuple[bytes, ...]:
    """``secret`` as Python, SQLite and the wire hold it, and as Qt does (UTF-16)."""
    return secret.encode(), secret.encode("utf-16-le")


def in_memory(pid: int, secret: str) -> list[str]:
    """Where in the writable memory of ``pid`` the secret stands: region, form and surroundings."""
    found = []
    proc = Path("/proc") / str(pid)
    with (proc / "maps").open() as maps, (proc / "mem").open("rb") as memory:
        for line in maps:
            span, mode, _, _, _, *path = line.split(maxsplit=5)
            if not mode.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            name = path[0].strip() if path else "anonymous"
            for at, piece in _pieces(memory, start, end, len(secret) * 2):
                for form in forms(secret):
                    place = piece.find(form)
                    while place >= 0:
                        around = piece[max(0, place - 24) : place + len(form) + 24]
                        found.append(f"{name} {at + place:#x}: {around!r}")
                        place = piece.find(form, place + 1)
    return found


def _pieces(memory: BinaryIO, start: int, end: int, overlap: int) -> Iterator[tuple[int, bytes]]:
    at = start
    while at < end:
        size = min(_PIECE + overlap, end - at)
        with contextlib.suppress(OSError):  # the region went while it was read
            memory.seek(at)
            yield at, memory.read(size)
        at += _PIECE


def on_disk(directory: Path, secret: str) -> list[str]:
    """The files under ``directory`` in which the secret stands."""
    return [
        str(path)
        for path in directory.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms(secret))
    ]
