"""What any microphone, speaker or camera does: PulseAudio's, a film, a pattern, the tests' own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk_app.media.devices.camera import PATTERN
from kiosk_app.media.devices.fake import FakeDevices
from kiosk_app.media.devices.ports import NONE, DeviceError, DeviceNames, Devices
from kiosk_app.media.devices.system import SystemDevices
from tests.support import device_checks
from tests.support.device_checks import CHECKS, OPENS
from tests.support.film import film_of
from tests.support.sound import SoundServer, sound_server

Check = Callable[[Devices, device_checks.Open], None]

FILM_PICTURES = 8  # fewer than a check looks at: it begins again


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    with sound_server(tmp_path_factory.mktemp("pulse") / "pulse") as server:
        yield server


@pytest.fixture
def cameras(tmp_path: Path) -> dict[str, Devices]:
    film = film_of(tmp_path / "film.mp4", (30, 90, 200), pictures=FILM_PICTURES)
    return {
        "film": SystemDevices(DeviceNames(camera=str(film))),
        "pattern": SystemDevices(DeviceNames(camera=PATTERN)),
    }


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
@pytest.mark.parametrize("open_", OPENS.values(), ids=OPENS.keys())
def test_the_tests_own(open_: device_checks.Open, check: Check) -> None:
    check(FakeDevices(), open_)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
@pytest.mark.parametrize("kind", ["film", "pattern"])
def test_cameras(cameras: dict[str, Devices], kind: str, check: Check) -> None:
    check(cameras[kind], device_checks.camera)


@pytest.mark.parametrize("open_", ["microphone", "speaker"])
def test_the_sound_servers(server: SoundServer, open_: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", device_checks.__name__, open_, *CHECKS],
        env={**os.environ, **server.environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout.split()) == (0, ["held"] * len(CHECKS)), done.stderr


@pytest.mark.parametrize("open_", OPENS.values(), ids=OPENS.keys())
@pytest.mark.parametrize(
    "devices",
    [FakeDevices(*OPENS), SystemDevices(DeviceNames(NONE, NONE, NONE))],
    ids=["fake", "system"],
)
def test_what_is_not_there_is_a_device_error(devices: Devices, open_: device_checks.Open) -> None:
    with pytest.raises(DeviceError, match=r"\w+\."):
        open_(devices)
