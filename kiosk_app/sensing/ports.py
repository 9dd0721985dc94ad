"""What is sensed, each part behind a port; "unknown" is an answer, a missing bus no error."""

from dataclasses import dataclass
from typing import Protocol

from kiosk_app.protocol.shared import Battery, Device, Network


@dataclass(frozen=True, slots=True)
class Readings:
    device: Device
    network: Network
    battery: Battery


class Sensing(Protocol):
    """Reads the kiosk's own state."""

    async def read(self) -> Readings:
        """The state now. Never raises: what cannot be read is unknown. Within 2 s."""

    async def close(self) -> None:
        """Let go of buses and files."""
