"""Mains or battery: from UPower, or from the kernel's power supplies."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk_app.protocol.shared import Battery, BatteryState
from kiosk_app.sensing.files import folders, read

UPOWER = "org.freedesktop.UPower"
# The one device that stands for all batteries (UPower D-Bus reference, org.freedesktop.UPower).
DISPLAY_DEVICE = "/org/freedesktop/UPower/devices/DisplayDevice"
DEVICE_INTERFACE = "org.freedesktop.UPower.Device"

_BATTERY, _UPS = 2, 3  # UPower's Type
_UPOWER_STATES = {  # UPower's State
    1: BatteryState.CHARGING,
    2: BatteryState.DISCHARGING,
    3: BatteryState.DISCHARGING,  # empty
    4: BatteryState.MAINS,  # fully charged
    5: BatteryState.CHARGING,  # waits to be charged
    6: BatteryState.DISCHARGING,  # waits to be discharged
}
_KERNEL_STATES = {  # Documentation/ABI/testing/sysfs-class-power, status
    "Charging": BatteryState.CHARGING,
    "Discharging": BatteryState.DISCHARGING,
    "Not charging": BatteryState.MAINS,
    "Full": BatteryState.MAINS,
}


def from_upower(properties: Mapping[str, Any]) -> Battery | None:
    """What UPower's display device says; None when it says nothing usable."""
    if properties.get("Type") not in (_BATTERY, _UPS) or not properties.get("IsPresent"):
        return None
    state = _UPOWER_STATES.get(properties.get("State", 0), BatteryState.UNKNOWN)
    percent = properties.get("Percentage")
    return Battery(
        state=state, percent=_percent(percent) if isinstance(percent, int | float) else None
    )


def from_kernel(root: Path) -> Battery:
    """What ``/sys/class/power_supply`` says. No battery there means that mains feeds it."""
    supplies = folders(root / "sys/class/power_supply")
    if supplies is None:
        return Battery()
    batteries = [
        supply
        for supply in supplies
        if read(supply / "type") == "Battery"
        and read(supply / "scope") != "Device"  # a mouse's or a scanner's own
        and read(supply / "present") != "0"
    ]
    if not batteries:
        return Battery(state=BatteryState.MAINS)
    states = {
        _KERNEL_STATES.get(read(battery / "status"), BatteryState.UNKNOWN) for battery in batteries
    }
    order = (BatteryState.DISCHARGING, BatteryState.CHARGING, BatteryState.MAINS)
    state = next((each for each in order if each in states), BatteryState.UNKNOWN)
    texts = [read(battery / "capacity") for battery in batteries]
    levels = [int(text) for text in texts if text.isdigit()]
    return Battery(state=state, percent=_percent(sum(levels) / len(levels)) if levels else None)


def _percent(value: float) -> int:
    return max(0, min(100, round(value)))
