from importlib.metadata import version
from pathlib import Path

import pytest

from kiosk_app.protocol.shared import Device
from kiosk_app.sensing.device import read_device
from tests.support.machine import write


def test_a_pc(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "sys/class/dmi/id/sys_vendor": "Advantech",
            "sys/class/dmi/id/product_name": "UTC-520",
            "etc/os-release": 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
        },
    )
    assert read_device(tmp_path, "1080x1920") == Device(
        model="Advantech UTC-520",
        system="Debian GNU/Linux 12 (bookworm)",
        app_version=version("kiosk-app"),
        screen="1080x1920",
    )


def test_a_board(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "proc/device-tree/model": "Raspberry Pi 5 Model B Rev 1.0\0",
            "usr/lib/os-release": "PRETTY_NAME=Debian",
        },
    )
    device = read_device(tmp_path)
    assert (device.model, device.system) == ("Raspberry Pi 5 Model B Rev 1.0", "Debian")


def test_a_machine_that_says_nothing(tmp_path: Path) -> None:
    device = read_device(tmp_path)
    assert (device.model, device.system, device.screen) == ("unknown", "Linux", "unknown")


@pytest.mark.parametrize("said", ["To Be Filled By O.E.M.", "System Product Name", ""])
def test_firmware_that_was_never_filled_in_is_unknown(tmp_path: Path, said: str) -> None:
    write(tmp_path, {"sys/class/dmi/id/product_name": said})
    assert read_device(tmp_path).model == "unknown"


def test_odd_texts_are_cut_and_no_error(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"sys/class/dmi/id/product_name": "x" * 999, "etc/os-release": 'PRETTY_NAME="open'},
    )
    device = read_device(tmp_path)
    assert (device.model, device.system) == ("x" * 200, "unknown")
