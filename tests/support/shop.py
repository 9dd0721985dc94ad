"""A shop under test: the real kiosk and the real office, started as the demo starts them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import psutil

from tests.support import kiosk_in_hand
from tests.support.atspi import Node, Tree
from tests.support.desktop import Desktop
from tests.support.evidence import offer
from tests.support.kiosk_in_hand import Hand
from tests.support.waiting import PATIENCE, eventually

CLI = (sys.executable, "-m", "kiosk_app.cli.main")


@dataclass
class Shop:
    """Both programs and their files. ``directory`` is the demo's data directory."""

    desktop: Desktop
    directory: Path
    console_url: str
    office_url: str
    kiosk_pid: int
    office_pid: int
    _demo: subprocess.Popen[bytes]
    _log: Path
    _own: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def on_disk(self, what: bytes) -> bool:
        """Whether ``what`` stands in any file of the kiosk's data directory."""
        files = (path for path in (self.directory / "kiosk").rglob("*") if path.is_file())
        return any(what in path.read_bytes() for path in files)

    def kill_office(self) -> None:
        os.kill(self.office_pid, signal.SIGKILL)
        eventually(lambda: not _runs(self.office_pid), "the office is gone")

    def start_office(self) -> None:
        self.office_pid = self._start(*CLI, "office", "--config", self.directory / "office.toml")

    def kill_kiosk(self) -> None:
        os.kill(self.kiosk_pid, signal.SIGKILL)
        eventually(lambda: not _runs(self.kiosk_pid), "the kiosk is gone")

    def start_kiosk(self) -> None:
        self.kiosk_pid = self._start(*CLI, "run", "--config", self.directory / "kiosk.toml")

    def start_kiosk_in_hand(self, **changes: str) -> Hand:
        """Start the kiosk with other settings, and with its clock and disk in the test's hand."""
        settings = self.directory / "kiosk.toml"
        before = msgspec.toml.decode(settings.read_bytes())
        settings.write_bytes(msgspec.toml.encode({**before, **changes}))
        self.start_kiosk_as(sys.executable, "-m", kiosk_in_hand.__name__, settings)
        return Hand(settings)

    def start_kiosk_as(self, *command: str | Path) -> None:
        """Start a program of the test's own that is the kiosk from now on."""
        self.kiosk_pid = self._start(*command)

    def media_pids(self) -> list[int]:
        """The kiosk's media processes: none between cases, one in a case."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return [
                child.pid
                for child in psutil.Process(self.kiosk_pid).children(recursive=True)
                if "kiosk_app.media" in " ".join(child.cmdline())
            ]
        return []

    def kill_media(self) -> None:
        (pid,) = self.media_pids()
        os.kill(pid, signal.SIGKILL)

    @contextlib.contextmanager
    def media_held_up(self) -> Iterator[None]:
        """The media process stands still: nobody can be connected to meanwhile."""
        (pid,) = eventually(self.media_pids, "a media process")
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def log(self) -> str:
        """Everything both programs said so far."""
        return self._log.read_text(errors="replace")

    def _start(self, *command: str | Path) -> int:
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.desktop.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._own.append(process)
        return process.pid

    def close(self) -> None:
        for process in [*self._own, self._demo]:
            if process.poll() is None:
                process.terminate()
        for process in [*self._own, self._demo]:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def open_shop(
    desktop: Desktop,
    directory: Path,
    *,
    language: str = "sv",
    till: str = "built-in",
    till_url: str = "",
) -> Iterator[Shop]:
    """Start the demo as a newcomer does and wait until it says that both are ready."""
    log = directory.with_suffix(".log")
    with log.open("ab") as output:
        demo = subprocess.Popen(
            [
                *(*CLI, "demo", "--data-dir", str(directory), "--port", "0"),
                *("--window", f"{desktop.width}x{desktop.height}", "--language", language),
                *("--till", till, "--till-url", till_url),
            ],
            env=desktop.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )

    def ready() -> dict[str, str | int] | None:
        assert demo.poll() is None, f"the demo ended:\n{log.read_text(errors='replace')}"
        with contextlib.suppress(FileNotFoundError):
            return dict(json.loads((directory / "demo.json").read_text()))
        return None

    shop = None
    try:
        answer = eventually(ready, "demo.json", within=40)
        shop = Shop(
            desktop=desktop,
            directory=directory,
            console_url=str(answer["console_url"]),
            office_url=str(answer["office_url"]),
            kiosk_pid=int(answer["kiosk_pid"]),
            office_pid=int(answer["office_pid"]),
            _demo=demo,
            _log=log,
        )
        yield shop
        offer("screen.png", lambda path: desktop.picture().save(path, compress_level=1))
    finally:
        if shop is not None:
            shop.close()
        elif demo.poll() is None:
            demo.terminate()
            demo.wait()


def _runs(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    return False


class Shopper:
    """Somebody at the kiosk: taps with a finger, types, scans, reads what the screen says."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.desktop = shop.desktop
        self.tree = Tree(shop.desktop.bus_address)

    def close(self) -> None:
        self.tree.close()

    def tap(self, name: str, *, within: float = PATIENCE) -> None:
        """Tap the middle of what is called ``name`` once it shows and can be tapped."""
        x, y = self.can_tap(name, within=within).box.centre
        self.desktop.xdotool("mousemove", str(x), str(y), "click", "1")

    def can_tap(self, name: str, *, within: float = PATIENCE) -> Node:
        """Wait until what is called ``name`` shows, is on and stands still."""
        try:
            return eventually(lambda: self._tappable(name), f"{name} can be tapped", within=within)
        except AssertionError as error:
            raise AssertionError(f"{error}; showing: {sorted(self.tree.names())}") from None

    def _tappable(self, name: str) -> Node | None:
        node = self.tree.find(name)
        if node is None or "enabled" not in node.states:
            return None
        if self.tree.find("sheet_guard") is not None:
            return None  # a screen that has just come up by itself takes no press yet
        # A sheet that still slides is not where it will be tapped.
        first, second = node.box, node.box
        return node if first == second and first.width > 0 else None

    def new_customer(self) -> None:
        """ "Ny kund", and once more where the key asks whether that is meant."""
        self.leave(lambda: self.reads("cart_total").startswith("0,00"))

    def leave(self, gone: Callable[[], bool]) -> None:
        """As :meth:`new_customer` at any till; ``gone`` says whether it is the next one's."""
        self.tap("new_customer")

        def done() -> bool:
            key = self.tree.find("new_customer")
            if key is None or "?" not in key.name:
                return gone()
            self.tap("new_customer")  # a press too soon after the first changes nothing
            return False

        eventually(done, "the next customer's till")

    def ask_offline(self) -> None:
        """Hjälp while the office is away: the menu says so, and its key leads to a call."""
        self.tap("help_button")
        self.sees("overlay", "ingen kontakt")
        self.tap("talk_to_person")

    def scan(self, code: str) -> None:
        """A barcode scanner is a keyboard: digits, then Enter, in one go."""
        self.focus_window()
        self.desktop.xdotool("key", "--delay", "4", *code, "Return")

    def write(self, name: str, text: str, *, enter: bool = False) -> None:
        """Tap into a line and type."""
        self.tap(name)
        self.focus_window()
        eventually(
            lambda: (node := self.tree.find(name)) and "focused" in node.states,
            f"{name} has the focus",
        )
        self.desktop.xdotool("type", "--delay", "4", text)
        if enter:
            self.desktop.xdotool("key", "Return")

    def focus_window(self) -> None:
        # Without a window manager nobody gives the window the keyboard.
        self.desktop.xdotool("windowfocus", eventually(self._window, "the kiosk's window"))

    def _window(self) -> str | None:
        """The X window of the kiosk; None before it has been opened."""
        with contextlib.suppress(subprocess.CalledProcessError):
            windows = self.desktop.xdotool(
                "search", "--onlyvisible", "--pid", str(self.shop.kiosk_pid)
            )
            return windows.splitlines()[-1]
        return None

    def reads(self, name: str) -> str:
        """All the words of what is called ``name``, itself and everything in it."""
        return self.tree.words(self.tree.wait_for(name))

    def sees(self, name: str, text: str, *, within: float = PATIENCE) -> None:
        """Wait until ``text`` is to be read in ``name``."""
        eventually(
            lambda: self.tree.find(name) and text in self.reads(name),
            f"{text!r} to be read in {name}",
            within=within,
        )

    def does_not_see(self, name: str, *, within: float = PATIENCE) -> None:
        """Wait until nothing called ``name`` shows."""
        eventually(lambda: self.tree.find(name) is None, f"{name} is gone", within=within)
