"""A screen reader at a desktop, and what is heard of it: Orca, with a voice that writes.

Orca speaks through speech-dispatcher, as it does to its users. The synthesizer behind that is a
shell command that puts each sentence into a file; the sound it would play goes nowhere.
"""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.desktop import Desktop
from tests.support.waiting import eventually

MISSING = next(
    (f"no {each}" for each in ("orca", "speech-dispatcher") if not shutil.which(each)), ""
)

_SERVER = """
AudioOutputMethod "alsa"
AudioALSADevice "null"
LogDir "{directory}"
AddModule "paper" "sd_generic" "paper.conf"
DefaultModule paper
DefaultLanguage "sv"
"""
_VOICE = """
GenericExecuteSynth "{{ printf %s \\'$DATA\\'; echo; }} >> {said}"
GenericMaxChunkLength 4000
GenericDelimiters ""
GenericLanguage "sv" "sv" "utf-8"
GenericLanguage "en" "en" "utf-8"
AddVoice "sv" "MALE1" "paper"
AddVoice "en" "MALE1" "paper"
"""


@dataclass(frozen=True)
class ScreenReader:
    """Orca while it runs. ``transcript`` is everything its voice was given, a line a sentence."""

    transcript: Path

    @property
    def said(self) -> list[str]:
        return self.transcript.read_text("utf-8", "replace").splitlines()

    def says(self, *words: str, since: int = 0) -> str:
        """Wait until a sentence after the first ``since`` has all of ``words``; that sentence."""

        def found() -> str | None:
            for sentence in self.said[since:]:
                if all(word in sentence for word in words):
                    return sentence
            return None

        try:
            return eventually(found, f"Orca to say {words}")
        except AssertionError as error:
            raise AssertionError(f"{error}; it said {self.said[since:]}") from None


@contextlib.contextmanager
def orca(screen: Desktop, directory: Path) -> Iterator[ScreenReader]:
    """Start it on ``screen`` and wait until it speaks; it ends with the block."""
    configuration, said = directory / "speech", directory / "orca.txt"
    (configuration / "modules").mkdir(parents=True)
    (configuration / "speechd.conf").write_text(_SERVER.format(directory=directory))
    (configuration / "modules" / "paper.conf").write_text(_VOICE.format(said=said))
    said.touch()
    socket = directory / "speech.sock"
    with contextlib.ExitStack() as stack:
        _run(
            stack,
            directory / "speech.log",
            screen.environment,
            *("speech-dispatcher", "--run-single", "--timeout", "0"),
            *("--config-dir", configuration, "--log-dir", directory),
            *("--socket-path", socket, "--pid-file", directory / "speech.pid"),
        )
        eventually(socket.exists, "speech-dispatcher listens")
        _run(
            stack,
            directory / "orca.log",
            screen.environment | {"SPEECHD_ADDRESS": f"unix_socket:{socket}"},
            *("orca", "--user-prefs", directory / "orca", "--enable", "speech"),
            *("--disable", "braille", "--disable", "braille-monitor"),
        )
        reader = ScreenReader(said)
        reader.says("Screen reader on")
        yield reader


def _run(
    stack: contextlib.ExitStack, log: Path, environment: dict[str, str], *command: str | Path
) -> None:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    stack.callback(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
