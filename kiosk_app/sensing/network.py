"""How the kiosk is connected: from NetworkManager, or from the kernel's interfaces."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk_app.protocol.shared import Network, NetworkKind
from kiosk_app.sensing.files import folders, read

NETWORK_MANAGER = "org.freedesktop.NetworkManager"
NETWORK_MANAGER_PATH = "/org/freedesktop/NetworkManager"

ACTIVE_INTERFACE = "org.freedesktop.NetworkManager.Connection.Active"
ACCESS_POINT_INTERFACE = "org.freedesktop.NetworkManager.AccessPoint"

_MANAGED_KINDS = {  # NetworkManager's connection types, PrimaryConnectionType
    "802-3-ethernet": NetworkKind.WIRED,
    "802-11-wireless": NetworkKind.WIFI,
    "gsm": NetworkKind.MOBILE,
    "cdma": NetworkKind.MOBILE,
}
_ETHERNET = "1"  # ARPHRD_ETHER in linux/if_arp.h
_LOOPBACK = "772"


def kind_from_manager(properties: Mapping[str, Any]) -> NetworkKind | None:
    """What NetworkManager's connection is; None when it manages none that says."""
    return _MANAGED_KINDS.get(str(properties.get("PrimaryConnectionType", "")))


def signal_from_strength(access_point: Mapping[str, Any]) -> int | None:
    """dBm from an access point's ``Strength`` in percent.

    NetworkManager maps -90…-20 dBm onto 30…100 % for nl80211 drivers (nl80211_xbm_to_percent in
    its nm-wifi-utils-nl80211.c): one percent is one dB. Below 30 it comes from another scale.
    """
    strength = access_point.get("Strength")
    return strength - 120 if isinstance(strength, int) and 30 <= strength <= 100 else None


def from_kernel(
    root: Path, managed: NetworkKind | None = None, signal_dbm: int | None = None
) -> Network:
    """What ``/sys/class/net`` and ``/proc/net`` say.

    ``managed`` and ``signal_dbm`` are what NetworkManager says, where it does.
    """
    interfaces = folders(root / "sys/class/net")
    if interfaces is None:
        return Network(kind=managed or NetworkKind.UNKNOWN)
    up = [each for each in interfaces if read(each / "type") != _LOOPBACK and _is_up(each)]
    default = _default_interface(root)
    # The one that the default route names comes first, then hardware, then bridges and tunnels.
    up.sort(key=lambda each: (each.name != default, not (each / "device").exists(), each.name))
    kinds = {each.name: _kind(each) for each in up}
    kind = managed or next(
        (kind for kind in kinds.values() if kind is not NetworkKind.UNKNOWN),
        NetworkKind.UNKNOWN if up else NetworkKind.OFFLINE,
    )
    signal = None
    if kind is NetworkKind.WIFI:
        names = [name for name, each in kinds.items() if each is kind]
        signal = _wifi_signal(root, names) or signal_dbm
    return Network(kind=kind, signal_dbm=signal)


def _is_up(interface: Path) -> bool:
    state = read(interface / "operstate")
    # Tunnels and many modems never say more than "unknown"; their carrier does.
    return state == "up" or (state == "unknown" and read(interface / "carrier") == "1")


def _kind(interface: Path) -> NetworkKind:
    event = read(interface / "uevent").splitlines()
    if (interface / "wireless").exists() or (interface / "phy80211").exists():
        return NetworkKind.WIFI
    if "DEVTYPE=wlan" in event:
        return NetworkKind.WIFI
    if "DEVTYPE=wwan" in event or interface.name.startswith(("wwan", "ppp")):
        return NetworkKind.MOBILE
    if read(interface / "type") == _ETHERNET:
        return NetworkKind.WIRED
    return NetworkKind.UNKNOWN


def _default_interface(root: Path) -> str:
    """The interface of the IPv4 default route with the lowest metric, or ``""``."""
    best: tuple[int, str] | None = None
    for line in read(root / "proc/net/route").splitlines()[1:]:
        fields = line.split()
        if len(fields) > 7 and fields[1] == fields[7] == "00000000" and fields[6].isdigit():
            route = (int(fields[6]), fields[0])
            best = min(best, route) if best else route
    return best[1] if best else ""


def _wifi_signal(root: Path, names: list[str]) -> int | None:
    """dBm from ``/proc/net/wireless``, which kernels without wireless extensions do not have."""
    for line in read(root / "proc/net/wireless").splitlines():
        name, _, rest = line.partition(":")
        fields = rest.split()
        if name.strip() in names and len(fields) > 2:
            try:
                level = round(float(fields[2]))
            except ValueError:
                continue
            if -150 <= level < 0:
                return level
    return None
