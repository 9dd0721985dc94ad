"""What every kiosk's devices do, one check a function; also as a program for those of a server.

``python -m tests.support.device_checks NAME…`` runs the named checks on the devices of the sound
server in its environment, for the sound library asks for it once a process; it says ``held`` after
each.
"""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from kiosk_app.media.devices.ports import BLOCK_SAMPLES, DeviceError, DeviceNames, Devices
from kiosk_app.media.devices.system import SystemDevices
from tests.support.waiting import PATIENCE

_BLOCKS = 20
_SILENCE = np.zeros(BLOCK_SAMPLES, np.int16)


class Device(Protocol):
    def cut(self) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Opened:
    """One device, and what its thread does with it again and again."""

    device: Device
    work: Callable[[], object]


def microphone(devices: Devices) -> Opened:
    heard = devices.open_microphone()

    def work() -> None:
        block = heard.read()
        assert block.shape == (BLOCK_SAMPLES,)
        assert block.dtype == np.int16

    return Opened(heard, work)


def speaker(devices: Devices) -> Opened:
    heard = devices.open_speaker()
    return Opened(heard, lambda: heard.write(_SILENCE))


def camera(devices: Devices) -> Opened:
    seen = devices.open_camera()

    def work() -> None:
        frame = seen.read()
        # As the connection's encoder wants it.
        assert frame.reformat(format="yuv420p").height == frame.height > 0
        assert frame.width > 0

    return Opened(seen, work)


Open = Callable[[Devices], Opened]


def works_and_is_closed_once(devices: Devices, open_: Open) -> None:
    """It gives or takes block after block; to close it again is harmless."""
    opened = open_(devices)
    for _ in range(_BLOCKS):
        opened.work()
    opened.device.close()
    opened.device.close()


def can_be_opened_anew(devices: Devices, open_: Open) -> None:
    """A call after the other."""
    for _ in range(2):
        opened = open_(devices)
        opened.work()
        opened.device.close()


def is_cut_from_another_thread(devices: Devices, open_: Open) -> None:
    """Whoever works with it comes out, by its end or by DeviceError, and closes it."""
    opened = open_(devices)
    working, ended = threading.Event(), threading.Event()
    wrong: list[BaseException] = []

    def use() -> None:
        try:
            while not ended.is_set():
                opened.work()
                working.set()
        except DeviceError:
            pass
        except BaseException as error:
            wrong.append(error)
        finally:
            working.set()
            opened.device.close()

    thread = threading.Thread(target=use, name="device", daemon=True)
    thread.start()
    assert working.wait(PATIENCE)
    opened.device.cut()
    ended.set()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "it still waits"
    assert wrong == []
    opened.device.close()
    opened.device.cut()  # it closed just before: nothing is left to cut


def is_cut_before_it_is_used(devices: Devices, open_: Open) -> None:
    """Nothing was read or written yet."""
    opened = open_(devices)
    opened.device.cut()
    opened.device.close()


OPENS: dict[str, Open] = {open_.__name__: open_ for open_ in (microphone, speaker, camera)}
CHECKS = {
    check.__name__: check
    for check in (
        works_and_is_closed_once,
        can_be_opened_anew,
        is_cut_from_another_thread,
        is_cut_before_it_is_used,
    )
}


def main(open_: str, *checks: str) -> None:
    for name in checks:
        CHECKS[name](SystemDevices(DeviceNames()), OPENS[open_])
        print("held", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
