"""The doctor's look at what calls need: microphone, speaker and camera, each opened and used."""

import time
from collections.abc import Callable

from kiosk_app.base.errors import KioskError
from kiosk_app.base.settings import KioskSettings
from kiosk_app.cli.finding import Finding

_BLOCKS = 50  # half a second of sound
_SLOWEST, _FASTEST = 1.6, 0.5  # of its real time; a device that keeps none of it stutters


def call_checks(settings: KioskSettings) -> list[Callable[[], Finding]]:
    """One check for each device that the settings do not say is missing on purpose."""
    checks: list[Callable[[], Finding]] = []
    if settings.microphone != "none":
        checks.append(lambda: _microphone(settings.microphone))
    if settings.speaker != "none":
        checks.append(lambda: _speaker(settings.speaker))
    if settings.camera != "none":
        checks.append(lambda: _camera(settings.camera))
    return checks


def _microphone(name: str) -> Finding:
    what = "microphone"
    do = 'Plug one in, set microphone in the settings, or say "none" where there are no calls.'
    try:
        from kiosk_app.media.devices.sound import PulseMicrophone, microphone_names

        microphone = PulseMicrophone(name)
        try:
            pace = _pace(microphone.read)
        finally:
            microphone.close()
        return _paced(what, microphone_names(), pace, do)
    except (KioskError, ImportError) as error:
        return _no_sound(what, error, do)


def _speaker(name: str) -> Finding:
    what = "speaker"
    do = 'Plug one in, set speaker in the settings, or say "none" where there are no calls.'
    try:
        import numpy as np

        from kiosk_app.media.devices.ports import BLOCK_SAMPLES
        from kiosk_app.media.devices.sound import PulseSpeaker, speaker_names

        silence = np.zeros(BLOCK_SAMPLES, np.int16)
        speaker = PulseSpeaker(name)
        try:
            pace = _pace(lambda: speaker.write(silence))
        finally:
            speaker.close()
        return _paced(what, speaker_names(), pace, do)
    except (KioskError, ImportError) as error:
        return _no_sound(what, error, do)


def _no_sound(what: str, error: Exception, do: str) -> Finding:
    from kiosk_app.media.devices.sound import NoSoundServerError

    if isinstance(error, NoSoundServerError):
        do = (
            "sudo apt-get install pulseaudio, and log in again as the kiosk's user; or say "
            f'{what} = "none" in the settings where there are no calls.'
        )
    return Finding(what, False, str(error), do)


def _camera(name: str) -> Finding:
    what = "camera"
    do = 'Plug one in, set camera in the settings, or say "none" where there is no video.'
    try:
        from kiosk_app.media.devices.camera import camera_names, open_camera

        camera = open_camera(name)
        try:
            picture = camera.read()
        finally:
            camera.close()
    except (KioskError, ImportError) as error:
        return Finding(what, False, str(error), do)
    found = ", ".join(camera_names().values()) or name
    return Finding(what, True, f"{found}, {picture.width}x{picture.height}")


def _pace(one_block: Callable[[], object]) -> float:
    """How long ``_BLOCKS`` blocks took, of the time they sound."""
    for _ in range(_BLOCKS):  # what is buffered at the start says nothing
        one_block()
    began = time.monotonic()
    for _ in range(_BLOCKS):
        one_block()
    return (time.monotonic() - began) / (_BLOCKS * 0.01)


def _paced(what: str, names: list[str], pace: float, do: str) -> Finding:
    steady = _FASTEST <= pace <= _SLOWEST
    seen = f"{', '.join(names)}; half a second took {pace / 2:.2f} s"
    return Finding(what, steady, seen, do)
