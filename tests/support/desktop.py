"""A desktop of its own for a test: X server, session bus and accessibility bus, all private."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mss
from PIL import Image


@dataclass(frozen=True)
class Desktop:
    """The environment in which a program finds this desktop, and its size in px."""

    environment: dict[str, str]
    width: int
    height: int

    @property
    def bus_address(self) -> str:
        return self.environment["DBUS_SESSION_BUS_ADDRESS"]

    def picture(self) -> Image.Image:
        """What is on the screen now, RGB."""
        with mss.MSS(display=self.environment["DISPLAY"]) as camera:
            shot = camera.grab(camera.monitors[0])
        return Image.frombytes("RGB", shot.size, shot.rgb)

    def xdotool(self, *arguments: str) -> str:
        """Run xdotool here: the mouse and keyboard of somebody standing at the kiosk."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
        )
        return done.stdout.strip()


@contextlib.contextmanager
def desktop(width: int, height: int, directory: Path) -> Iterator[Desktop]:
    """Start a desktop of this size; everything it started is ended with it."""
    runtime = directory / "runtime"
    runtime.mkdir(mode=0o700, parents=True)
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(_x_server(width, height))
        environment = {
            **{k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"},
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_DATA_HOME": str(directory / "share"),
            "XDG_CONFIG_HOME": str(directory / "config"),
            "XDG_CACHE_HOME": str(directory / "cache"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LC_ALL": "C.UTF-8",
        }
        environment["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(_session_bus(environment))
        yield Desktop(environment, width, height)


@contextlib.contextmanager
def _x_server(width: int, height: int) -> Iterator[str]:
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24"),
            *("-nolisten", "tcp", "-noreset"),
        ],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with open(reader) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start; apt-get install xvfb"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def _session_bus(environment: dict[str, str]) -> Iterator[str]:
    assert shutil.which("dbus-daemon"), "no dbus-daemon; apt-get install dbus at-spi2-core"
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # The accessibility bus is started by this one and must end with it.
        process_group=0,
    )
    try:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(bus.pid, 15)
        bus.wait()
        if bus.stdout is not None:
            bus.stdout.close()
