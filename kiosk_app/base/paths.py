"""Where things are: the data directory that is written, the resources that are only read."""

import os
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
