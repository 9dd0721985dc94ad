"""One suite for the machine's own readings and those of the tests."""

from collections.abc import AsyncIterator

import msgspec
import pytest

from kiosk_app.base.clock import SystemClock
from kiosk_app.protocol.shared import Battery, Device, Network
from kiosk_app.sensing.fake import FakeSensing
from kiosk_app.sensing.ports import Sensing
from kiosk_app.sensing.sensing import SystemSensing


@pytest.fixture(params=["real", "fake"])
async def sensing(request: pytest.FixtureRequest) -> AsyncIterator[Sensing]:
    # The machine that runs the tests, whatever it is: with a system bus or without one.
    sensing: Sensing = SystemSensing(SystemClock()) if request.param == "real" else FakeSensing()
    yield sensing
    await sensing.close()


async def test_every_reading_fits_the_wire(sensing: Sensing) -> None:
    readings = await sensing.read()
    for value, kind in (
        (readings.device, Device),
        (readings.network, Network),
        (readings.battery, Battery),
    ):
        assert msgspec.json.decode(msgspec.json.encode(value), type=kind) == value


async def test_reading_again_tells_the_same_device(sensing: Sensing) -> None:
    assert (await sensing.read()).device == (await sensing.read()).device


async def test_closing_twice_is_no_error(sensing: Sensing) -> None:
    await sensing.read()
    await sensing.close()
    await sensing.close()
