"""Machines made of files, as the kernel shows them, in a directory of the test's own."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


def write(root: Path, files: dict[str, str]) -> Path:
    """Put each text at its path below ``root``, with the end of line that the kernel writes."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")
    return root


def interface(
    root: Path, name: str, *, up: bool = True, files: Mapping[str, str] = MappingProxyType({})
) -> None:
    """A network interface; ``type`` is Ethernet's unless given."""
    write(
        root,
        {
            f"sys/class/net/{name}/{file}": text
            for file, text in {
                "type": "1",
                "operstate": "up" if up else "down",
                "device/vendor": "x",
                **files,
            }.items()
        },
    )


def routes(root: Path, *lines: tuple[str, int]) -> None:
    """IPv4 default routes: interface and metric."""
    head = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT"
    rows = [f"{name}\t00000000\t0102A8C0\t0003\t0\t0\t{m}\t00000000\t0\t0\t0" for name, m in lines]
    write(root, {"proc/net/route": "\n".join([head, *rows])})


def supply(root: Path, name: str, **files: str) -> None:
    write(root, {f"sys/class/power_supply/{name}/{file}": text for file, text in files.items()})
