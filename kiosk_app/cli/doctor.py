"""``kiosk-app doctor``: is this machine fit to be a kiosk, and if not, what to do about it.

Each check is a function that returns a :class:`~kiosk_app.cli.finding.Finding`. Checks of the
devices (camera, sound, touch, TURN) come with the parts that use them.
"""

import ctypes.util
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from kiosk_app.base.errors import KioskError
from kiosk_app.base.paths import assets_dir, console_dir, open_data_dir
from kiosk_app.base.settings import KioskSettings, load_settings
from kiosk_app.cli.doctor_calls import call_checks
from kiosk_app.cli.doctor_settings import settings_check
from kiosk_app.cli.finding import Finding

FREE_BYTES = 200 * 1024 * 1024  # the vault needs one; logs and a crash's core need the rest
OFFICE_SECONDS = 3.0
LEAK_CALLS = 100


def run(config: Path | None, *, as_json: bool) -> int:
    """Print every finding; 1 when something is wrong."""
    checks: list[Callable[[], Finding]] = [_qt_references, _words, _fonts]
    if config is not None:
        settings = load_settings(config, KioskSettings)
        checks += [
            lambda: settings_check(settings),
            lambda: _data_dir(settings),
            lambda: _disk(settings),
            lambda: _keyring(settings),
            lambda: _office(settings),
            lambda: _speech(settings),
            lambda: _till(settings),
        ]
        checks += call_checks(settings)
    findings = [_screen(), *(check() for check in checks)]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{'ok   ' if finding.ok else 'WRONG'} {finding.what}: {finding.seen}")
            if not finding.ok:
                print(f"      {finding.do}")
    return 0 if all(finding.ok for finding in findings) else 1


def references_lost_per_call() -> float:
    """References to None that one ``QLabel.setText`` costs; 0 where PySide6 is sound.

    PySide6 6.12.0 on Python 3.10 and 3.11 loses one at each void call and aborts the process
    after a few thousand. Needs a QApplication.
    """
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    label.setText("warm")
    before = sys.getrefcount(None)
    for _ in range(LEAK_CALLS):
        label.setText("x")
    return (before - sys.getrefcount(None)) / LEAK_CALLS


def _qt_references() -> Finding:
    import PySide6
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QApplication([])
        lost = references_lost_per_call()
        application.shutdown()
    else:
        lost = references_lost_per_call()
    version = f"PySide6 {PySide6.__version__} on Python {sys.version.split()[0]}"
    return Finding(
        "Qt for Python",
        # Immortal None (Python 3.12 and later) always counts the same.
        abs(lost) < 0.5,
        version if abs(lost) < 0.5 else f"{version} loses {lost:.1f} references to None a call",
        "Install the locked versions: pip install --require-hashes -r deploy/locks/run.txt",
    )


def _screen() -> Finding:
    name = next((n for n in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(n)), None)
    return Finding(
        "screen",
        name is not None,
        f"{name}={os.environ[name]}" if name else "neither DISPLAY nor WAYLAND_DISPLAY is set",
        "Start the kiosk in its session, or set DISPLAY to the screen it should use.",
    )


def _words() -> Finding:
    from kiosk_app.base.language import languages

    found = languages()
    built = bool(found) and assets_dir().is_dir() and (console_dir() / "index.html").is_file()
    return Finding(
        "words, pictures and console",
        built,
        f"languages: {', '.join(found) or 'none'}",
        "They are made by the build: python deploy/build_hook.py",
    )


def _fonts() -> Finding:
    fonts = [Path("/usr/share/fonts"), Path.home() / ".local/share/fonts"]
    inter = any(root.is_dir() and any(root.rglob("Inter*")) for root in fonts)
    return Finding(
        "typeface Inter",
        inter,
        "installed" if inter else "not installed; another is used",
        "sudo apt-get install fonts-inter",
    )


def _data_dir(settings: KioskSettings) -> Finding:
    try:
        directory = open_data_dir(Path(settings.data_dir))
    except KioskError as error:
        return Finding("data directory", False, str(error), "See above.")
    return Finding("data directory", True, str(directory))


def _disk(settings: KioskSettings) -> Finding:
    directory = Path(settings.data_dir)
    existing = next(path for path in (directory, *directory.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return Finding(
        "disk",
        free >= FREE_BYTES,
        f"{free // 1024**2} MiB free",
        f"Free at least {FREE_BYTES // 1024**2} MiB: a saved cart must find room.",
    )


def _keyring(settings: KioskSettings) -> Finding:
    from kiosk_app.cli.enroll import open_identity

    try:
        identity = open_identity(settings)
    except KioskError as error:
        return Finding("key", False, str(error), "kiosk-app enroll --config FILE makes one.")
    return Finding("key", True, f"{identity.kiosk} has its key")


def _till(settings: KioskSettings) -> Finding:
    """Whether what the settings say of the till can be shown here."""
    if settings.till != "web":
        return Finding("till", True, settings.till)
    from kiosk_app.ui.till.web import engine

    try:
        address = engine.Address.of(settings.till_url, settings.till_hosts)
    except KioskError as error:
        return Finding("till", False, str(error), "Correct till_url in the settings.")
    why = engine.loads()
    return Finding("till", not why, why or f"web, at {address.url}", "See above.")


def _speech(settings: KioskSettings) -> Finding:
    if settings.speech != "on":
        return Finding("speech", True, f"speech = {settings.speech}")
    from kiosk_app.ui.speech.voice import has_library

    missing = [
        name
        for name, here in {
            "PySide6-Addons": has_library(),
            "libspeechd2": ctypes.util.find_library("speechd") is not None,
            "speech-dispatcher": shutil.which("speech-dispatcher") is not None,
        }.items()
        if not here
    ]
    return Finding(
        "speech",
        not missing,
        f"not installed: {', '.join(missing)}" if missing else "speech-dispatcher",
        "pip install 'kiosk-app[speech]'; sudo apt-get install libspeechd2 speech-dispatcher "
        'speech-dispatcher-espeak-ng. Or set speech = "off".',
    )


def _office(settings: KioskSettings) -> Finding:
    address = urlsplit(settings.office_url)
    port = address.port or (443 if address.scheme == "wss" else 80)
    try:
        socket.create_connection((address.hostname or "", port), OFFICE_SECONDS).close()
    except OSError as error:
        return Finding(
            "back office",
            False,
            f"{settings.office_url} does not answer ({error})",
            "Check the network cable or Wi-Fi, and office_url in the settings.",
        )
    return Finding("back office", True, f"{settings.office_url} answers")
