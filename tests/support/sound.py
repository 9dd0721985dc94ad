"""A sound server of a test's own, with a kiosk's microphone and speaker that are none.

What is played into ``mouth`` is what the kiosk's microphone hears; what the kiosk plays can be
recorded from its speaker. PulseAudio, as this user, with a socket in the test's directory.
"""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kiosk_app.media.devices.sound import PROGRAM
from tests.support.waiting import PATIENCE, eventually

RATE = 48_000
MICROPHONE, SPEAKER = "Kioskens mikrofon", "Kioskens högtalare"
_MOUTH = "mouth"


@dataclass(frozen=True)
class SoundServer:
    """``environment`` is what a program needs to find it."""

    environment: dict[str, str]
    _process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """The sound server is gone from one moment to the next."""
        self._process.kill()
        self._process.wait()

    def silence(self) -> None:
        """The microphone gives nothing any more, not even silence; the speaker takes none."""
        self._pactl("suspend-source", "microphone", "1")
        self._pactl("suspend-sink", "speaker", "1")

    def listed(self, what: str) -> list[str]:
        """``pactl list short`` of sources, sinks, source-outputs or sink-inputs."""
        return self._pactl("list", "short", what).splitlines()

    @property
    def listeners(self) -> int:
        """How many programs have the microphone open."""
        return len(self._clients("source-outputs", "Source Output"))

    @property
    def players(self) -> int:
        """How many programs have the speaker open."""
        return len(self._clients("sink-inputs", "Sink Input"))

    def has_open(self, microphones: int, speakers: int) -> None:
        """Wait until programs have that many of each open."""
        eventually(
            lambda: (self.listeners, self.players) == (microphones, speakers),
            f"{microphones} microphones and {speakers} speakers are open",
        )

    def _clients(self, what: str, head: str) -> list[str]:
        # The test's own mouth and ear are not the kiosk, nor is the server's own plumbing.
        parts = self._pactl("list", what).split(f"{head} #")[1:]
        return [part for part in parts if f'application.name = "{PROGRAM}"' in part]

    def _pactl(self, *arguments: str) -> str:
        done = subprocess.run(
            ["pactl", *arguments],
            env={**os.environ, **self.environment, "LC_ALL": "C"},
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
        )
        return done.stdout

    @contextlib.contextmanager
    def tone(self, hertz: float, seconds: float = 60.0) -> Iterator[None]:
        """Somebody hums at the kiosk's microphone for as long as the ``with`` lasts."""
        at = np.arange(int(RATE * seconds))
        hum = (10_000 * np.sin(2 * np.pi * hertz * at / RATE)).astype(np.int16).tobytes()
        with contextlib.ExitStack() as stack:
            file = stack.enter_context(open(os.memfd_create("tone"), "wb+"))
            file.write(hum)
            file.flush()
            file.seek(0)
            player = subprocess.Popen(
                ["pacat", "--playback", f"--device={_MOUTH}", *_FORMAT],
                env={**os.environ, **self.environment},
                stdin=file,
            )
            try:
                yield
            finally:
                player.kill()
                player.wait()

    def record(self, seconds: float) -> npt.NDArray[np.int16]:
        """What the kiosk's speaker plays during the next ``seconds``."""
        recorder = subprocess.Popen(
            ["parec", "--device=speaker.monitor", *_FORMAT],
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
        )
        try:
            assert recorder.stdout is not None
            wanted = int(RATE * seconds) * 2
            data = recorder.stdout.read(wanted)
            return np.frombuffer(data, np.int16)
        finally:
            recorder.kill()
            recorder.wait()
            if recorder.stdout is not None:
                recorder.stdout.close()

    def hears(self, hertz: float, *, within: float = PATIENCE) -> None:
        """Wait until the kiosk's speaker plays a tone of ``hertz``."""
        eventually(
            lambda: strength(self.record(0.3), hertz) > 0.5,
            f"{hertz:.0f} Hz from the kiosk's speaker",
            within=within,
        )


_FORMAT = (f"--rate={RATE}", "--channels=1", "--format=s16le", "--latency-msec=20")


def strength(samples: npt.NDArray[np.int16], hertz: float) -> float:
    """How much of the power in ``samples`` is within 30 Hz of ``hertz``, 0 to 1; 0 in silence."""
    heard = samples.astype(np.float64)
    power = np.abs(np.fft.rfft(heard * np.hanning(len(heard)))) ** 2
    if power.sum() < 1e9:
        return 0.0
    frequencies = np.fft.rfftfreq(len(heard), 1 / RATE)
    return float(power[np.abs(frequencies - hertz) < 30].sum() / power.sum())


@contextlib.contextmanager
def sound_server(
    directory: Path, *, microphone: bool = True, speaker: bool = True
) -> Iterator[SoundServer]:
    """Start one; it ends with the ``with``."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket = directory / "native"
    modules = [f"module-null-sink sink_name={_MOUTH} rate={RATE} channels=1"]
    if speaker:
        modules.append(
            f"module-null-sink sink_name=speaker rate={RATE} channels=1 "
            f"sink_properties=device.description='{SPEAKER.replace(' ', '_')}'"
        )
    if microphone:
        modules.append(
            f"module-remap-source master={_MOUTH}.monitor source_name=microphone channels=1 "
            f"source_properties=device.description='{MICROPHONE.replace(' ', '_')}'"
        )
    # Last: whoever can reach the server finds everything there.
    modules.append(f"module-native-protocol-unix socket={socket} auth-anonymous=1")
    environment = {
        "PULSE_SERVER": f"unix:{socket}",
        "PULSE_RUNTIME_PATH": str(directory),
        "PULSE_COOKIE": str(directory / "cookie"),
    }
    server = subprocess.Popen(
        [
            *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
            *("--realtime=no", "--high-priority=no", "--disable-shm=yes", "--log-level=error"),
            *(word for module in modules for word in ("-L", module)),
        ],
        env={**os.environ, **environment, "HOME": str(directory)},
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(socket.exists, "PulseAudio's socket (apt-get install pulseaudio)")
        here = SoundServer(environment, server)
        if microphone:
            here._pactl("set-default-source", "microphone")
        if speaker:
            here._pactl("set-default-sink", "speaker")
        yield here
    finally:
        server.terminate()
        server.wait()
