"""What machine this is, from DMI or the device tree, and what runs on it."""

import platform
import shlex
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk_app.protocol.limits import SHORT_CHARS
from kiosk_app.protocol.shared import Device
from kiosk_app.sensing.files import read

UNKNOWN = "unknown"
# What firmware says when nobody filled the field in.
_PLACEHOLDERS = frozenset(
    {"", "to be filled by o.e.m.", "system product name", "system manufacturer", "default string"}
)


def read_device(root: Path, screen: str = UNKNOWN) -> Device:
    """The device whose file system is ``root``; ``screen`` as the one who draws on it says."""
    return Device(
        model=_cut(_model(root)),
        system=_cut(_system(root)),
        app_version=_cut(_app_version()),
        screen=_cut(screen),
    )


def _model(root: Path) -> str:
    dmi = root / "sys/class/dmi/id"
    words = [read(dmi / name) for name in ("sys_vendor", "product_name")]
    known = [word for word in words if word.lower() not in _PLACEHOLDERS]
    return " ".join(known) or read(root / "proc/device-tree/model")


def _system(root: Path) -> str:
    # os-release(5): /etc wins over /usr/lib. platform.freedesktop_os_release() has no root.
    for name in ("etc/os-release", "usr/lib/os-release"):
        for line in read(root / name).splitlines():
            key, _, value = line.partition("=")
            if key == "PRETTY_NAME":
                try:
                    return " ".join(shlex.split(value))
                except ValueError:
                    return UNKNOWN
    return platform.system()


def _app_version() -> str:
    try:
        return version("kiosk-app")
    except PackageNotFoundError:
        return UNKNOWN


def _cut(text: str) -> str:
    return text[:SHORT_CHARS] or UNKNOWN
