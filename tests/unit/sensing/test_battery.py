from pathlib import Path

import pytest

from kiosk_app.protocol.shared import Battery, BatteryState
from kiosk_app.sensing.battery import from_kernel, from_upower
from tests.support.machine import supply, write


def test_a_machine_that_shows_no_supplies_is_unknown(tmp_path: Path) -> None:
    assert from_kernel(tmp_path) == Battery()


def test_a_machine_without_a_battery_runs_on_mains(tmp_path: Path) -> None:
    write(tmp_path, {"sys/class/power_supply/AC/type": "Mains"})
    supply(tmp_path, "scanner", type="Battery", scope="Device", capacity="12")
    supply(tmp_path, "BAT1", type="Battery", present="0")
    assert from_kernel(tmp_path) == Battery(state=BatteryState.MAINS)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Charging", BatteryState.CHARGING),
        ("Discharging", BatteryState.DISCHARGING),
        ("Full", BatteryState.MAINS),
        ("Not charging", BatteryState.MAINS),
        ("Unknown", BatteryState.UNKNOWN),
        ("", BatteryState.UNKNOWN),
    ],
)
def test_a_battery_says_what_it_does(tmp_path: Path, status: str, state: BatteryState) -> None:
    supply(tmp_path, "BAT0", type="Battery", status=status, capacity="81")
    assert from_kernel(tmp_path) == Battery(state=state, percent=81)


def test_of_two_batteries_the_one_in_use_counts(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", status="Full", capacity="100")
    supply(tmp_path, "BAT1", type="Battery", status="Discharging", capacity="41")
    assert from_kernel(tmp_path) == Battery(state=BatteryState.DISCHARGING, percent=70)


@pytest.mark.parametrize(("text", "percent"), [("104", 100), ("", None), ("full", None)])
def test_odd_levels_are_no_error(tmp_path: Path, text: str, percent: int | None) -> None:
    supply(tmp_path, "BAT0", type="Battery", status="Charging", capacity=text)
    assert from_kernel(tmp_path).percent == percent


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (1, BatteryState.CHARGING),
        (2, BatteryState.DISCHARGING),
        (4, BatteryState.MAINS),
        (0, BatteryState.UNKNOWN),
        (99, BatteryState.UNKNOWN),
    ],
)
def test_upower(state: int, word: BatteryState) -> None:
    said = {"Type": 2, "IsPresent": True, "State": state, "Percentage": 55.4}
    assert from_upower(said) == Battery(state=word, percent=55)


@pytest.mark.parametrize(
    "said", [{}, {"Type": 0, "IsPresent": True}, {"Type": 2, "IsPresent": False}]
)
def test_upower_without_a_battery_leaves_it_to_the_kernel(said: dict[str, object]) -> None:
    assert from_upower(said) is None
