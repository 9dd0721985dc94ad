"""The whole of sensing on a real message bus of the test's own."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from dbus_fast import PropertyAccess
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_property

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.fake import FakeClock
from kiosk_app.protocol.shared import Battery, BatteryState, Network, NetworkKind
from kiosk_app.sensing.sensing import SystemSensing
from tests.support.machine import interface, supply

NO_BUS = "unix:path=/nonexistent/bus"
NM = "/org/freedesktop/NetworkManager"


def service(name: str, **properties: tuple[str, Any]) -> ServiceInterface:
    """An interface with these read-only properties, each a signature and a value."""

    def made(key: str, signature: str, value: Any) -> Any:
        def read(self: Any) -> Any:
            return value

        read.__name__, read.__annotations__ = key, {"return": signature}
        return dbus_property(PropertyAccess.READ)(read)

    members = {key: made(key, *given) for key, given in properties.items()}
    kind = type("Mimic", (ServiceInterface,), members)
    return kind(name)  # type: ignore[no-any-return]  # made two lines above


@pytest.fixture
def bus_address(tmp_path: Path) -> Iterator[str]:
    address = f"unix:path={tmp_path}/bus"
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address={address}"],
        stdout=subprocess.PIPE,
        text=True,
    ) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
async def mimic(bus_address: str) -> AsyncIterator[MessageBus]:
    bus = await MessageBus(bus_address=bus_address).connect()
    yield bus
    bus.disconnect()
    await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # has no types


async def test_upower_and_network_manager_are_asked_first(
    tmp_path: Path, bus_address: str, mimic: MessageBus
) -> None:
    root = tmp_path / "root"
    interface(root, "wlan0", files={"wireless/status": "0"})
    supply(root, "BAT0", type="Battery", status="Full", capacity="99")
    mimic.export(
        "/org/freedesktop/UPower/devices/DisplayDevice",
        service(
            "org.freedesktop.UPower.Device",
            Type=("u", 2),
            State=("u", 2),
            Percentage=("d", 63.0),
            IsPresent=("b", True),
        ),
    )
    mimic.export(
        NM,
        service(
            "org.freedesktop.NetworkManager",
            PrimaryConnectionType=("s", "802-11-wireless"),
            PrimaryConnection=("o", f"{NM}/ActiveConnection/1"),
        ),
    )
    mimic.export(
        f"{NM}/ActiveConnection/1",
        service(
            "org.freedesktop.NetworkManager.Connection.Active",
            SpecificObject=("o", f"{NM}/AccessPoint/7"),
        ),
    )
    mimic.export(
        f"{NM}/AccessPoint/7",
        service("org.freedesktop.NetworkManager.AccessPoint", Strength=("y", 58)),
    )
    await mimic.request_name("org.freedesktop.UPower")
    await mimic.request_name("org.freedesktop.NetworkManager")
    sensing = SystemSensing(SystemClock(), root=root, bus_address=bus_address)
    readings = await sensing.read()
    assert readings.battery == Battery(state=BatteryState.DISCHARGING, percent=63)
    assert readings.network == Network(kind=NetworkKind.WIFI, signal_dbm=-62)
    await sensing.close()


async def test_a_bus_without_those_services_leaves_it_to_the_kernel(
    tmp_path: Path, bus_address: str
) -> None:
    interface(tmp_path, "eth0")
    supply(tmp_path, "BAT0", type="Battery", status="Charging", capacity="40")
    sensing = SystemSensing(SystemClock(), root=tmp_path, bus_address=bus_address)
    readings = await sensing.read()
    assert readings.network == Network(kind=NetworkKind.WIRED)
    assert readings.battery == Battery(state=BatteryState.CHARGING, percent=40)
    await sensing.close()


async def test_a_missing_bus_is_no_error_and_not_asked_for_again_at_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="kiosk_app")
    interface(tmp_path, "eth0")
    clock = FakeClock()
    sensing = SystemSensing(clock, root=tmp_path, bus_address=NO_BUS)
    for _ in range(3):
        assert (await sensing.read()).network == Network(kind=NetworkKind.WIRED)
    tried = [record for record in caplog.records if "no answer" in record.getMessage()]
    assert 1 <= len(tried) <= 2  # both services are asked at once
    assert {record.levelname for record in tried} == {"DEBUG"}
    clock.advance(61)
    await sensing.read()
    assert len([r for r in caplog.records if "no answer" in r.getMessage()]) > len(tried)
    await sensing.close()


async def test_a_bus_that_goes_away_is_no_error(tmp_path: Path) -> None:
    address = f"unix:path={tmp_path}/bus"
    interface(tmp_path, "eth0")
    sensing = SystemSensing(SystemClock(), root=tmp_path, bus_address=address)
    process = subprocess.Popen(  # noqa: ASYNC220 -- a process of the test's, not of the product
        ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address={address}"],
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        await sensing.read()
        process.kill()
    assert (await sensing.read()).network == Network(kind=NetworkKind.WIRED)
    await sensing.close()


async def test_a_driver_that_hangs_costs_neither_the_reading_nor_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_app.sensing.sensing.READ_SECONDS", 0.1)
    monkeypatch.setattr("kiosk_app.sensing.sensing.CLOSE_SECONDS", 0.1)
    supply(tmp_path, "BAT0", type="Battery", status="Full")
    stuck = tmp_path / "sys/class/power_supply/BAT0/capacity"
    os.mkfifo(stuck)  # reading it waits until somebody writes
    sensing = SystemSensing(SystemClock(), root=tmp_path, bus_address=NO_BUS, screen="1x1")
    readings = await sensing.read()
    assert (readings.battery, readings.device.screen) == (Battery(), "1x1")
    await sensing.close()
    os.close(os.open(stuck, os.O_WRONLY))  # let the thread go


async def test_a_closed_one_says_unknown(tmp_path: Path) -> None:
    interface(tmp_path, "eth0")
    sensing = SystemSensing(SystemClock(), root=tmp_path, bus_address=NO_BUS, screen="1x1")
    await sensing.close()
    readings = await sensing.read()
    assert readings.network == Network()
    assert readings.device.screen == "1x1"


def test_importing_the_room_is_light() -> None:
    code = (
        "import sys, kiosk_app.sensing.sensing;"
        "print([m for m in ('dbus_fast', 'psutil', 'PySide6', 'aiohttp') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
