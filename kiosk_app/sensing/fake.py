"""Readings that tests set."""

from kiosk_app.protocol.shared import Battery, Device, Network
from kiosk_app.sensing.ports import Readings


class FakeSensing:
    """Answers with :attr:`readings`; everything is unknown until they are set."""

    def __init__(self, readings: Readings | None = None) -> None:
        self.readings = readings or Readings(Device(), Network(), Battery())
        self.reads = 0
        self.closed = False

    async def read(self) -> Readings:
        self.reads += 1
        return self.readings

    async def close(self) -> None:
        self.closed = True
