"""A screen for machines without one: an X server that is looked at by VNC, from here only.

Qt's own VNC platform listens on every address with no password (Qt 6.11 has no setting for
either), so that TigerVNC's X server with ``-localhost`` takes its place. The kiosk then runs on
the same platform plugin as on a desktop.
"""

import os
import shutil
import subprocess
import sys
from types import TracebackType

from kiosk_app.base.errors import KioskError

SERVER = "Xtigervnc"


class NoScreenError(KioskError):
    """There is no screen, and none could be made."""


class VncScreen:
    """Context manager: starts the server, gives the environment in which a program finds it."""

    def __init__(self, size: str, environment: dict[str, str]) -> None:
        self._size = size
        self._environment = environment
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> dict[str, str]:
        if shutil.which(SERVER) is None:
            raise NoScreenError(
                "This machine has no screen (DISPLAY and WAYLAND_DISPLAY are empty), and no "
                "server to make one. Nothing was started. Install it with: "
                "sudo apt-get install tigervnc-standalone-server — or start on a desktop."
            )
        reader, writer = os.pipe()
        line = (
            *(SERVER, "-displayfd", str(writer), "-geometry", self._size, "-depth", "24"),
            *("-localhost", "-SecurityTypes", "None", "-AlwaysShared"),
        )
        self._server = subprocess.Popen(  # noqa: S603 -- a fixed program with our own arguments
            line, pass_fds=(writer,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writer)
        with open(reader, "rb") as answer:
            display = answer.readline().strip().decode()
        if not display:
            self._server.wait()
            raise NoScreenError(
                f"{SERVER} did not start (exit {self._server.returncode}). Nothing else was "
                f"started. To see why: {' '.join(line[:1])} :9 -localhost -SecurityTypes None"
            )
        print(
            f"There is no screen here; the kiosk is on a VNC screen at 127.0.0.1:"
            f"{5900 + int(display)}, reachable from this machine only.",
            file=sys.stderr,
        )
        return {**self._environment, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is not None and self._server.poll() is None:
            self._server.terminate()
            self._server.wait()
