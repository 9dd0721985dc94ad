"""The kiosk's own state, read where this machine tells it."""

import asyncio
import importlib
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk_app.base.clock import Clock
from kiosk_app.base.worker import Worker
from kiosk_app.protocol.shared import Battery, Device, Network, NetworkKind
from kiosk_app.sensing import battery, network
from kiosk_app.sensing.bus import SystemBus
from kiosk_app.sensing.device import UNKNOWN, read_device
from kiosk_app.sensing.ports import Readings

logger = logging.getLogger(__name__)

READ_SECONDS = 1.8  # what is promised is 2 s, and a driver that hangs must not eat all of it
CLOSE_SECONDS = 1.0  # a reading that hangs in the kernel cannot be stopped, only left


class SystemSensing:
    """A :class:`~kiosk_app.sensing.ports.Sensing`: D-Bus where it is, else the kernel's files.

    ``screen`` is what the one who draws knows of it, for example ``1080x1920``. ``root`` is where
    ``sys``, ``proc`` and ``etc`` are; ``bus_address`` None is the system bus. Files are read on a
    thread of its own.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        screen: str = UNKNOWN,
        root: Path = Path("/"),
        bus_address: str | None = None,
    ) -> None:
        self._root = root
        self._screen = screen
        self._bus = SystemBus(clock, bus_address)
        self._worker = Worker("sensing")
        self._device: Device | None = None
        self._closed = False

    async def read(self) -> Readings:
        if self._closed:
            return Readings(self._device or Device(screen=self._screen), Network(), Battery())
        try:
            async with asyncio.timeout(READ_SECONDS):
                return await self._read()
        except TimeoutError:
            logger.info("this machine did not tell its state within %.1f s", READ_SECONDS)
        except Exception as error:
            # A reading is never worth a shopper's help: whatever it was, the state is unknown.
            logger.info("this machine's state could not be read (%s)", type(error).__name__)
        return Readings(self._device or Device(screen=self._screen), Network(), Battery())

    async def close(self) -> None:
        self._closed = True
        await self._bus.close()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._worker.close()
        except TimeoutError:
            logger.info("a reading hangs in a driver; it is left behind")

    async def _read(self) -> Readings:
        # Tens of milliseconds at the first time; not on the thread that paints.
        await self._worker.call(lambda: importlib.import_module("dbus_fast.aio"))
        power, manager = await asyncio.gather(
            self._bus.properties(battery.UPOWER, battery.DISPLAY_DEVICE, battery.DEVICE_INTERFACE),
            self._bus.properties(
                network.NETWORK_MANAGER, network.NETWORK_MANAGER_PATH, network.NETWORK_MANAGER
            ),
        )
        managed = network.kind_from_manager(manager) if manager else None
        signal = await self._signal(manager or {}) if managed is NetworkKind.WIFI else None
        charged = battery.from_upower(power) if power else None

        def files() -> Readings:
            device = self._device or read_device(self._root, self._screen)
            return Readings(
                device,
                network.from_kernel(self._root, managed, signal),
                charged or battery.from_kernel(self._root),
            )

        readings = await self._worker.call(files)
        self._device = readings.device
        return readings

    async def _signal(self, manager: Mapping[str, Any]) -> int | None:
        """dBm of the access point that the primary connection goes through, where it is known."""
        active = await self._bus.properties(
            network.NETWORK_MANAGER,
            str(manager.get("PrimaryConnection", "/")),
            network.ACTIVE_INTERFACE,
        )
        if not active:
            return None
        access_point = await self._bus.properties(
            network.NETWORK_MANAGER,
            str(active.get("SpecificObject", "/")),
            network.ACCESS_POINT_INTERFACE,
        )
        return network.signal_from_strength(access_point or {})
