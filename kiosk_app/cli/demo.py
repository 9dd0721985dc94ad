"""``kiosk-app demo``: a real kiosk and a real office on this machine, a demo shop and an agent.

Each is the very program that runs in a shop, started with a settings file of its own, so that
either can be stopped and started again by hand while the other goes on.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk_app.base.errors import KioskError
from kiosk_app.base.paths import assets_dir, open_data_dir
from kiosk_app.base.settings import KioskSettings, OfficeSettings, TillKind
from kiosk_app.cli.headless import VncScreen

if TYPE_CHECKING:
    from kiosk_app.cli.practice import PracticeSettings

STORE = "Byabutiken"
TILL_NAME = "Kassa 2"
KIOSK = "byabutiken-2"
AGENT = "Lisa"
PRACTICE_KIOSK = "ovning-1"
PRACTICE_TILL_NAME = "Övningskassa"
START_SECONDS = 30.0  # an emulated board's cold start takes 12; past this something is wrong
STOP_SECONDS = 5.0


class DemoError(KioskError):
    """The demo could not be started; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Program:
    """A started program, and the command line that would start it again."""

    name: str
    process: subprocess.Popen[bytes]
    command: tuple[str, ...]


def run(
    *,
    data_dir: Path | None,
    port: int,
    window: str | None,
    fullscreen: bool,
    language: str,
    practice: bool = False,
    till: TillKind = "built-in",
    till_url: str | None = None,
) -> int:
    """Start them, print the agent's link, and stay until all have ended or Ctrl-C.

    ``till``: "web" shows the page at ``till_url`` or the sample checkout, "socket" waits for
    another program's.
    ``practice``: a third program, a kiosk without a screen whose shopper is a program.
    """
    directory = open_data_dir(data_dir or _default_data_dir())
    ready_file = directory / "demo.json"
    ready_file.unlink(missing_ok=True)
    office_settings = _office_settings(directory, port)
    office_key = _office_key(office_settings)
    kiosk_settings = _kiosk_settings(
        directory,
        office_settings.port,
        office_key,
        window=window,
        fullscreen=fullscreen,
        language=language,
        till=till,
        till_url=till_url,
    )
    office_file = _write_settings(directory / "office.toml", office_settings)
    kiosk_file = _write_settings(directory / "kiosk.toml", kiosk_settings)
    kiosks: list[KioskSettings] = [kiosk_settings]
    practice_file = directory / "practice.toml"
    if practice:
        practice_settings = _practice_settings(
            directory, office_settings.port, office_key, language
        )
        _write_settings(practice_file, practice_settings)
        kiosks.append(practice_settings)
    console_url = asyncio.run(_prepare_office(office_settings, kiosks))

    with contextlib.ExitStack() as stack:
        _turn_terminate_into_interrupt(stack)
        screen = stack.enter_context(_screen(kiosk_settings))
        office = stack.enter_context(_started("office", office_file, os.environ))
        kiosk = stack.enter_context(_started("run", kiosk_file, screen))
        programs = [office, kiosk]
        if practice:
            programs.append(stack.enter_context(_started("practice", practice_file, os.environ)))
        ready: dict[str, str | int] = {
            "console_url": console_url,
            "office_url": f"http://127.0.0.1:{office_settings.port}",
            "kiosk_pid": kiosk.process.pid,
            "office_pid": office.process.pid,
        }
        if practice:
            ready["practice_pid"] = programs[-1].process.pid
        partial = ready_file.with_suffix(".partial")
        partial.write_text(json.dumps(ready, indent=2) + "\n")
        partial.replace(ready_file)
        print(f"The kiosk is open: {STORE}, {TILL_NAME}.", flush=True)
        if practice:
            print(f"A practice shopper comes now and then: {PRACTICE_TILL_NAME}.", flush=True)
        print(f"The agent's console, logs {AGENT} in once: {console_url}", flush=True)
        print("Stop with Ctrl-C.", flush=True)
        return _stay(programs)


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "kiosk-app" / "demo"


def _office_settings(directory: Path, port: int) -> OfficeSettings:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DemoError(
                f"Port {port} on 127.0.0.1 cannot be used ({error.strerror}); perhaps a demo is "
                f"running already. Nothing was started. Give another with --port N, or --port 0."
            ) from error
        # Chosen once and written down, so that an office started again is found again.
        chosen = probe.getsockname()[1]
    return OfficeSettings(data_dir=str(directory / "office"), port=chosen)


def _office_key(office: OfficeSettings) -> str:
    """The public half of the office's key, which is made here at the first start."""
    from kiosk_app.office.signing_key import SigningKey

    return SigningKey.open(open_data_dir(Path(office.data_dir))).public_key


def _kiosk_settings(
    directory: Path,
    port: int,
    office_key: str,
    *,
    window: str | None,
    fullscreen: bool,
    language: str,
    till: TillKind,
    till_url: str | None,
) -> KioskSettings:
    return KioskSettings(
        kiosk=KIOSK,
        store=STORE,
        till_name=TILL_NAME,
        office_url=f"ws://127.0.0.1:{port}/kiosk",
        data_dir=str(directory / "kiosk"),
        office_key=office_key,
        language=language,
        till=till,
        till_url=(till_url or _sample_checkout().as_uri()) if till == "web" else "",
        fullscreen=fullscreen,
        window=window or "",
        keyring="data-dir",
        # On a machine without a camera there is a drawn picture to look at.
        camera="" if any(Path("/dev").glob("video*")) else "test-pattern",
    )


def _sample_checkout() -> Path:
    return assets_dir() / "till" / "sample" / "index.html"


def _practice_settings(
    directory: Path, port: int, office_key: str, language: str
) -> "PracticeSettings":
    from kiosk_app.cli.practice import PracticeSettings

    return PracticeSettings(
        kiosk=PRACTICE_KIOSK,
        store=STORE,
        till_name=PRACTICE_TILL_NAME,
        office_url=f"ws://127.0.0.1:{port}/kiosk",
        data_dir=str(directory / "practice"),
        office_key=office_key,
        language=language,
        keyring="data-dir",
    )


def _write_settings(path: Path, settings: KioskSettings | OfficeSettings) -> Path:
    try:
        path.write_bytes(msgspec.toml.encode(settings))
    except OSError as error:
        raise DemoError(
            f"{path} cannot be written ({error.strerror}). Nothing was started. Free space on "
            f"that disk, or give another directory with --data-dir."
        ) from error
    return path


async def _prepare_office(office: OfficeSettings, kiosks: list[KioskSettings]) -> str:
    """Make each kiosk's key, let it in, add the agent; the agent's one-time link."""
    from kiosk_app.cli.enroll import open_identity
    from kiosk_app.office.admin import Admin

    identities = [open_identity(kiosk) for kiosk in kiosks]
    async with Admin.open(office) as admin:
        for identity in identities:
            await admin.admit_kiosk(identity.kiosk, public_key=identity.public_key)
        token = await admin.login_token(await admin.add_agent(AGENT))
    return f"http://127.0.0.1:{office.port}/login?token={token}"


def _screen(settings: KioskSettings) -> contextlib.AbstractContextManager[dict[str, str]]:
    """The environment in which the kiosk finds a screen; starts one where there is none."""
    environment = dict(os.environ)
    has_screen = any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )
    if has_screen:
        return contextlib.nullcontext(environment)
    return VncScreen(settings.window or "1080x1920", environment)


@contextlib.contextmanager
def _started(
    command: str, settings: Path, environment: "os._Environ[str] | dict[str, str]"
) -> Iterator[Program]:
    """Start one program, wait until it says that it is ready, end it on the way out."""
    line = (sys.executable, "-m", "kiosk_app.cli.main", command, "--config", str(settings))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        # An abstract name leaves no file behind, whatever happens.
        address = f"\0kiosk-app-{os.getpid()}-{command}"
        listener.bind(address)
        listener.settimeout(0.2)
        process = subprocess.Popen(  # noqa: S603 -- our own program, by its full path
            line, env={**environment, "NOTIFY_SOCKET": "@" + address[1:]}
        )
        program = Program(command, process, line)
        try:
            _wait_until_ready(program, listener)
            yield program
        finally:
            _end(process)


def _wait_until_ready(program: Program, listener: socket.socket) -> None:
    for _ in range(int(START_SECONDS / 0.2)):
        with contextlib.suppress(TimeoutError):
            if b"READY=1" in listener.recv(4096):
                return
        if program.process.poll() is not None:
            raise DemoError(
                f"{program.name} ended at once (exit {program.process.returncode}); what it said "
                f"is above. To see it alone: {' '.join(program.command)}"
            )
    raise DemoError(
        f"{program.name} did not become ready within {START_SECONDS:.0f} s and was stopped. "
        f"To see it alone: {' '.join(program.command)}"
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _stay(programs: list[Program]) -> int:
    """Until all have ended. One that dies is told, with the line that brings it back."""
    running = list(programs)
    failed = False
    with contextlib.suppress(KeyboardInterrupt):
        while running:
            pid, status = os.wait()
            for program in [p for p in running if p.process.pid == pid]:
                running.remove(program)
                program.process.returncode = os.waitstatus_to_exitcode(status)
                failed = failed or program.process.returncode != 0
                print(
                    f"{program.name} has ended (exit {program.process.returncode}). "
                    f"Start it again with: {' '.join(program.command)}",
                    flush=True,
                )
    return 1 if failed and not running else 0


def _turn_terminate_into_interrupt(stack: contextlib.ExitStack) -> None:
    """SIGTERM leaves by the same door as Ctrl-C, so that all programs are ended."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    stack.callback(signal.signal, signal.SIGTERM, before)
