"""Where things are: the data directory that is written, the resources that are only read."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk_app.base.errors import DataDirError

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent


def open_data_dir(path: Path) -> Path:
    """Make ``path`` if it is missing, private to this user, and prove that it can be written.

    Raises DataDirError with what to do when it cannot.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = path / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise DataDirError(
            f"The data directory {path} cannot be written ({error.strerror}). "
            f"Nothing was started. Give a directory this user may write with data_dir or "
            f"--data-dir, or free space on its disk."
        ) from error
    return path


@contextmanager
def only_program_in(path: Path) -> Iterator[None]:
    """Hold the data directory ``path`` for this program alone.

    Two on one directory would take each other's link and carts. The kernel lets go of it when the
    program ends, however it ends. Raises DataDirError when another one has it.
    """
    with (path / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DataDirError(
                f"Another kiosk or office program is running on {path}. It goes on as it was, "
                f"and this one was not started. Stop the other one, or give this one a data_dir "
                f"of its own."
            ) from error
        yield


def assets_dir() -> Path:
    """Fonts, icons, style templates, theme tokens and the demo shop.

    In a wheel they travel inside the package; in a checkout they are read where they stand.
    """
    built = _PACKAGE / "_built" / "assets"
    return built if built.is_dir() else _CHECKOUT / "assets"


def catalogues_dir() -> Path:
    """Compiled gettext catalogues, ``<language>/LC_MESSAGES/kiosk.mo``, made by the build."""
    return _PACKAGE / "_built" / "i18n"


def console_dir() -> Path:
    """The agent's console as built by Vite: ``index.html`` and its hashed files."""
    return _PACKAGE / "_built" / "console"
