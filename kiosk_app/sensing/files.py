"""Small files of the kernel's: read whole, or not there."""

from pathlib import Path


def read(path: Path) -> str:
    """The text of ``path`` without its end of line; empty when it cannot be read."""
    try:
        return path.read_text("utf-8", "replace").strip("\0 \n")
    except OSError:
        return ""


def folders(path: Path) -> list[Path] | None:
    """What is in ``path``, by name; None when it cannot be read."""
    try:
        return sorted(path.iterdir())
    except OSError:
        return None
