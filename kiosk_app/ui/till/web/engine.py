"""What Qt WebEngine needs before there is a QApplication, and whether it is here at all."""

import importlib
import importlib.util
import os
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from PySide6.QtCore import QCoreApplication, Qt

from kiosk_app.base.errors import KioskError

_MODULE = "PySide6.QtWebEngineWidgets"
_FLAGS = (
    "--disable-gpu",
    # Else a screen reader finds nothing where the page is (EN 301 549, 11.5.2).
    "--force-renderer-accessibility",
)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class WebTillError(KioskError):
    """The web checkout cannot be shown; the message says what to do."""


def missing() -> str:
    """Why Qt WebEngine cannot be used here, and what to do; empty when it can."""
    if importlib.util.find_spec(_MODULE) is None:
        return (
            "The web checkout needs Qt WebEngine, which is not installed. "
            "Install the extra: pip install 'kiosk-app[web]'."
        )
    if os.geteuid() == 0 and not os.environ.get("QTWEBENGINE_DISABLE_SANDBOX"):
        return (
            "The web checkout is a browser, and a browser's sandbox does not work as root. "
            "Start the kiosk as a user of its own."
        )
    return ""


def loads() -> str:
    """As :func:`missing`, and whether its libraries are all there: imports it."""
    why = missing()
    if why:
        return why
    try:
        importlib.import_module(_MODULE)
    except ImportError as error:
        return (
            f"Qt WebEngine cannot be loaded ({error}). Install what Debian calls libnss3 "
            f"libnspr4 libasound2 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1."
        )
    return ""


def prepare() -> None:
    """Call before the QApplication is made. WebTillError when Qt WebEngine is not here.

    Pages are drawn by the processor, into the window's own memory: a share reads there just what
    the screen shows, and no driver of a cheap board can take the window down.
    """
    why = missing()
    if why:
        raise WebTillError(f"{why} Nothing was started.")
    os.environ["QT_QUICK_BACKEND"] = "software"
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "").split()
    flags += [flag for flag in _FLAGS if flag not in flags]
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join(flags)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the checkout is, and what it may load.

    ``hosts`` are exact names; ``*.`` in front takes in every name below. A ``file:`` address may
    load what is in its own directory.
    """

    url: str
    hosts: tuple[str, ...]

    @classmethod
    def of(cls, url: str, hosts: tuple[str, ...]) -> "Address":
        """WebTillError when ``url`` is none that a till may stand on."""
        parts = urlsplit(url)
        if not url:
            raise WebTillError(
                "till = 'web' shows the page at till_url, which is empty. Nothing was started. "
                "Give the checkout's address."
            )
        if parts.scheme == "file" and parts.path.startswith("/"):
            return cls(url, hosts)
        if not parts.hostname or not _secure(parts):
            raise WebTillError(
                f"till_url = {url!r} is no address for a till. Nothing was started. Give one that "
                f"begins with https://, or a file: on this machine."
            )
        return cls(url, (parts.hostname, *hosts))

    def allows(self, untrusted_url: str) -> bool:
        """Whether the page may load or go to ``untrusted_url``."""
        try:
            parts = urlsplit(untrusted_url)
            host = parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme in ("data", "blob"):
            return True
        if parts.scheme == "file":
            own = urlsplit(self.url)
            folder = own.path.rsplit("/", 1)[0] + "/"
            inside = parts.path.startswith(folder) and "/../" not in parts.path
            return own.scheme == "file" and inside and not host
        return _secure(parts) and any(_matches(host, each) for each in self.hosts)


def _secure(parts: SplitResult) -> bool:
    """Encrypted, or not leaving the machine."""
    if parts.scheme in ("https", "wss"):
        return True
    return parts.scheme in ("http", "ws") and parts.hostname in _LOOPBACK


def _matches(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern.lower()
