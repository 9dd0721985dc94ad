from pathlib import Path

import pytest

from kiosk_app.protocol.shared import Network, NetworkKind
from kiosk_app.sensing.network import from_kernel, kind_from_manager, signal_from_strength
from tests.support.machine import interface, routes, write


def test_a_machine_that_shows_no_interfaces_is_unknown(tmp_path: Path) -> None:
    assert from_kernel(tmp_path) == Network(kind=NetworkKind.UNKNOWN)


def test_loopback_alone_is_offline(tmp_path: Path) -> None:
    interface(tmp_path, "lo", files={"type": "772", "operstate": "unknown", "carrier": "1"})
    interface(tmp_path, "eth0", up=False)
    assert from_kernel(tmp_path) == Network(kind=NetworkKind.OFFLINE)


def test_a_cable(tmp_path: Path) -> None:
    interface(tmp_path, "eth0")
    assert from_kernel(tmp_path) == Network(kind=NetworkKind.WIRED)


@pytest.mark.parametrize(
    "files", [{"wireless/status": "0"}, {"phy80211/name": "phy0"}, {"uevent": "DEVTYPE=wlan"}]
)
def test_wifi_with_its_signal(tmp_path: Path, files: dict[str, str]) -> None:
    interface(tmp_path, "wlan0", files=files)
    write(
        tmp_path,
        {
            "proc/net/wireless": "Inter-| sta-|   Quality        |   Discarded packets\n"
            " face | tus | link level noise |  nwid  crypt\n"
            " wlan0: 0000   54.  -56.  -256        0      0"
        },
    )
    assert from_kernel(tmp_path) == Network(kind=NetworkKind.WIFI, signal_dbm=-56)


def test_wifi_whose_kernel_tells_no_signal_uses_what_the_manager_says(tmp_path: Path) -> None:
    interface(tmp_path, "wlan0", files={"wireless/status": "0"})
    assert from_kernel(tmp_path) == Network(kind=NetworkKind.WIFI)
    assert from_kernel(tmp_path, NetworkKind.WIFI, -61).signal_dbm == -61


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("wwan0", {"type": "65534", "operstate": "unknown", "carrier": "1"}),
        ("wwp0s20", {"uevent": "DEVTYPE=wwan"}),
        ("ppp0", {"type": "512", "operstate": "unknown", "carrier": "1"}),
    ],
)
def test_mobile(tmp_path: Path, name: str, files: dict[str, str]) -> None:
    interface(tmp_path, name, files=files)
    assert from_kernel(tmp_path) == Network(kind=NetworkKind.MOBILE)


def test_the_default_route_of_the_lowest_metric_says_which_one_counts(tmp_path: Path) -> None:
    interface(tmp_path, "eth0")
    interface(tmp_path, "wlan0", files={"wireless/status": "0"})
    routes(tmp_path, ("eth0", 600), ("wlan0", 100))
    assert from_kernel(tmp_path).kind is NetworkKind.WIFI
    routes(tmp_path, ("eth0", 50), ("wlan0", 100))
    assert from_kernel(tmp_path).kind is NetworkKind.WIRED


def test_a_tunnel_is_looked_through(tmp_path: Path) -> None:
    interface(tmp_path, "tun0", files={"type": "65534", "operstate": "unknown", "carrier": "1"})
    interface(tmp_path, "wlan0", files={"wireless/status": "0"})
    routes(tmp_path, ("tun0", 0))
    assert from_kernel(tmp_path).kind is NetworkKind.WIFI


def test_nonsense_in_the_files_is_no_error(tmp_path: Path) -> None:
    interface(tmp_path, "wlan0", files={"wireless/status": "0"})
    write(
        tmp_path, {"proc/net/route": "x\ny z\n" + "a " * 11, "proc/net/wireless": "wlan0: 0 1 z"}
    )
    assert from_kernel(tmp_path) == Network(kind=NetworkKind.WIFI)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("802-3-ethernet", NetworkKind.WIRED),
        ("802-11-wireless", NetworkKind.WIFI),
        ("gsm", NetworkKind.MOBILE),
        ("vpn", None),
        ("", None),
    ],
)
def test_what_the_manager_calls_it(name: str, kind: NetworkKind | None) -> None:
    assert kind_from_manager({"PrimaryConnectionType": name}) is kind
    assert kind_from_manager({}) is None


@pytest.mark.parametrize(
    ("strength", "dbm"), [(100, -20), (64, -56), (30, -90), (12, None), (0, None), ("x", None)]
)
def test_strength_is_decibels(strength: object, dbm: int | None) -> None:
    assert signal_from_strength({"Strength": strength}) == dbm
