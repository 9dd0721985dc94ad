"""The system's D-Bus, as far as it is there: properties of UPower and NetworkManager."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from kiosk_app.base.clock import Clock
from kiosk_app.base.tasks import TaskOwner

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

logger = logging.getLogger(__name__)

CALL_SECONDS = 0.4  # a service that has to be started first is asked again at the next reading
RETRY_SECONDS = 60.0  # a machine without a bus is not going to grow one


class SystemBus:
    """Connects when first asked, stays connected, and tries again later when that fails.

    ``address`` in D-Bus's own form; None is the system bus. A bus that is missing is no error.
    """

    def __init__(self, clock: Clock, address: str | None = None) -> None:
        self._clock = clock
        self._address = address
        self._bus: MessageBus | None = None
        self._failed_at: float | None = None
        self._connecting = asyncio.Lock()
        self._tasks = TaskOwner("sensing.bus")

    async def properties(self, service: str, path: str, interface: str) -> dict[str, Any] | None:
        """Every property of ``interface`` at ``path``; None when there is no answer."""
        from dbus_fast import Message, MessageType

        async with self._connecting:
            bus = await self._connected()
        if bus is None:
            return None
        call = Message(
            destination=service,
            path=path,
            interface="org.freedesktop.DBus.Properties",
            member="GetAll",
            signature="s",
            body=[interface],
        )
        try:
            async with asyncio.timeout(CALL_SECONDS):
                reply = await bus.call(call)
        except TimeoutError:
            return None
        except Exception as error:
            # The library passes on whatever its socket and its parser raise; all mean: no answer.
            self._give_up(error)
            return None
        if reply is None or reply.message_type is not MessageType.METHOD_RETURN:
            return None
        return {name: value.value for name, value in reply.body[0].items()}

    async def close(self) -> None:
        if self._bus is not None:
            self._bus.disconnect()
            self._bus = None
        await self._tasks.close()

    async def _connected(self) -> "MessageBus | None":
        if self._bus is not None and self._bus.connected:
            return self._bus
        now = self._clock.monotonic()
        if self._failed_at is not None and now - self._failed_at < RETRY_SECONDS:
            return None
        from dbus_fast import BusType
        from dbus_fast.aio import MessageBus

        try:
            async with asyncio.timeout(CALL_SECONDS):
                bus = MessageBus(bus_address=self._address, bus_type=BusType.SYSTEM)
                self._bus = await bus.connect()
                self._tasks.start(_see_off(bus), name="see off")
        except Exception as error:
            self._give_up(error)
            return None
        self._failed_at = None
        return self._bus

    def _give_up(self, error: Exception) -> None:
        logger.debug("no answer from the system bus: %s", type(error).__name__)
        self._failed_at = self._clock.monotonic()
        if self._bus is not None:
            self._bus.disconnect()
            self._bus = None


async def _see_off(bus: "MessageBus") -> None:
    """Take note of the end of ``bus``; asyncio complains about an end that nobody notes."""
    try:
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # has no types
    except Exception as error:
        # EOFError when the daemon ends, whatever its socket raises otherwise.
        logger.debug("the system bus went away: %s", type(error).__name__)
