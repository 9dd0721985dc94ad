"""Sound by the native PulseAudio protocol, which PipeWire serves as well.

The ``soundcard`` library talks to the sound server as soon as it is imported, so that is done
when a device is opened and not before: between calls this process has nothing to do with sound.
"""

import threading
import time
from typing import Any

import numpy as np

from kiosk_app.media.devices.ports import BLOCK_SAMPLES, NONE, SAMPLE_RATE, Block, DeviceError

PROGRAM = "kiosk-app"  # as the sound server lists who has a device open
_FULL = 32_767
_AHEAD_SECONDS = 2.0  # no sound server keeps so much unplayed: it takes it and plays nothing
_OVER = 'Nothing is heard or sent. Check the cable and the sound server ("pactl info").'


class NoSoundServerError(DeviceError):
    """There is nothing on this machine that microphones and speakers could be asked of."""


# Microphone and speaker are opened by threads of their own. Where the import fails, one that waits
# for it in another thread is given the half-made module: they do it one after the other.
_IMPORTING = threading.Lock()


def _library() -> Any:
    try:
        with _IMPORTING:
            import soundcard
    except (OSError, AssertionError, ImportError) as error:
        # libpulse is missing; or no server answers, which the library notices by assert.
        raise NoSoundServerError(
            "This machine has no sound server. Calls need PulseAudio or PipeWire with its "
            'PulseAudio part, running for this user ("pactl info" says whether).'
        ) from error
    soundcard.set_name(PROGRAM)
    return soundcard


def _named(kind: str, name: str, found: list[Any]) -> Any:
    for device in found:
        if name in (device.id, device.name):
            return device
    known = ", ".join(device.name for device in found) or "none"
    raise DeviceError(
        f'There is no {kind} called "{name}". Found: {known}. Change the settings file.'
    )


def microphone_names() -> list[str]:
    """The microphones of this machine. DeviceError without a sound server."""
    return [device.name for device in _library().all_microphones()]


def speaker_names() -> list[str]:
    """The speakers of this machine. DeviceError without a sound server."""
    return [device.name for device in _library().all_speakers()]


class _End:
    """How a stream ends: cut from any thread, closed by its own.

    The library's own way first waits until everything is played, which nobody is to hear any more,
    and aborts the process where the server has gone or another thread has cut the stream (it hands
    the NULL that libpulse then gives back to pa_operation_unref). So its parts are called here;
    the version is locked, and tests end streams in each of those ways.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._lock = threading.Lock()  # libpulse ends the process over a stream that was released
        self._closing = False
        self._released = False

    def cut(self) -> None:
        from soundcard.pulseaudio import _pulse

        with self._lock:
            if not self._released:
                _pulse._pa_stream_disconnect(self._stream.stream)

    def close(self) -> None:
        from soundcard.pulseaudio import _pa, _pulse

        if self._closing:
            return
        self._closing = True
        self.cut()
        over = (_pa.PA_STREAM_TERMINATED, _pa.PA_STREAM_FAILED)
        while _pulse._pa_stream_get_state(self._stream.stream) not in over:
            time.sleep(0.005)  # until the server has said so, libpulse may call into the stream
        with self._lock:
            _pulse._pa_stream_unref(self._stream.stream)
            self._released = True


class PulseMicrophone:
    """See :class:`~kiosk_app.media.devices.ports.Microphone`."""

    def __init__(self, name: str) -> None:
        if name == NONE:
            raise DeviceError("This kiosk has no microphone, by its settings.")
        library = _library()
        # Without loopbacks: where there is no microphone, the server's default is the monitor of
        # the speaker, and the agent would hear nothing but themselves.
        found = library.all_microphones()
        if not found:
            raise DeviceError("No microphone was found. Plug one in and ask for the call again.")
        device = _named("microphone", name, found) if name else _default(library, found)
        try:
            self._stream = device.recorder(SAMPLE_RATE, channels=1, blocksize=BLOCK_SAMPLES)
            self._stream.__enter__()
        except Exception as error:  # the library documents none
            raise DeviceError(f"The microphone {device.name} cannot be opened. {_OVER}") from error
        self._end = _End(self._stream)

    def read(self) -> Block:
        try:
            heard = self._stream.record(BLOCK_SAMPLES)
        except Exception as error:  # a server that has gone shows as any of several
            raise DeviceError(f"The microphone is gone. {_OVER}") from error
        block: Block = (np.clip(heard[:, 0], -1.0, 1.0) * _FULL).astype(np.int16)
        return block

    def cut(self) -> None:
        self._end.cut()
        self._stream._record_event.set()  # else it looks again only after a second

    def close(self) -> None:
        self._end.close()


def _default(library: Any, found: list[Any]) -> Any:
    wanted = library.default_microphone()
    return next((device for device in found if device.id == wanted.id), found[0])


class PulseSpeaker:
    """See :class:`~kiosk_app.media.devices.ports.Speaker`."""

    def __init__(self, name: str) -> None:
        if name == NONE:
            raise DeviceError("This kiosk has no speaker, by its settings.")
        library = _library()
        found = library.all_speakers()
        if not found:
            raise DeviceError("No speaker was found. Plug one in and ask for the call again.")
        device = _named("speaker", name, found) if name else library.default_speaker()
        try:
            self._stream = device.player(SAMPLE_RATE, channels=1, blocksize=2 * BLOCK_SAMPLES)
            self._stream.__enter__()
        except Exception as error:  # the library documents none
            raise DeviceError(f"The speaker {device.name} cannot be opened. {_OVER}") from error
        self._end = _End(self._stream)
        self._began = time.monotonic()
        self._written = 0.0

    def write(self, block: Block) -> None:
        try:
            self._stream.play(block.astype(np.float32) / _FULL)
        except Exception as error:  # a server that has gone shows as any of several
            raise DeviceError(f"The speaker is gone. {_OVER}") from error
        self._written += BLOCK_SAMPLES / SAMPLE_RATE
        if self._began + self._written > time.monotonic() + _AHEAD_SECONDS:
            raise DeviceError(f"The speaker takes sound and plays none. {_OVER}")

    def cut(self) -> None:
        self._end.cut()

    def close(self) -> None:
        self._end.close()
