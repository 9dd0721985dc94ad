"""A headset is plugged in, as a real sound server tells it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from kiosk_app.ui.speech.headset import SoundServerHeadset, worn
from tests.support.waiting import eventually

PULSE = shutil.which("pulseaudio")


def sink(*ports: tuple[str, str], form: str = "") -> SimpleNamespace:
    return SimpleNamespace(
        proplist={"device.form_factor": form} if form else {},
        port_list=[SimpleNamespace(name=name, available_state=state) for name, state in ports],
    )


@pytest.mark.parametrize(
    ("sinks", "is_worn"),
    [
        ([], False),
        ([sink(("analog-output-speaker", "yes"), ("analog-output-headphones", "no"))], False),
        ([sink(("analog-output-speaker", "no"), ("analog-output-headphones", "yes"))], True),
        ([sink(("analog-output-headphones", "unknown"))], False),
        ([sink(form="internal"), sink(form="headset")], True),
        ([sink(("[Out] Headphones", "yes"))], True),
    ],
)
def test_what_counts_as_one(sinks: list[SimpleNamespace], is_worn: bool) -> None:
    assert worn(sinks) is is_worn


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A sound server without a card; its address."""
    if PULSE is None:
        pytest.skip("no pulseaudio: sudo apt-get install pulseaudio")
    socket = tmp_path / "sound"
    process = subprocess.Popen(
        [
            *(PULSE, "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"),
        ],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(socket.exists, "the sound server's socket")
        yield f"unix:{socket}"
    finally:
        process.terminate()
        process.wait()


@pytest.mark.en301549("5.1.3.2", "5.1.3.9")
def test_it_is_seen_when_it_goes_in_and_out(qtbot: QtBot, server: str) -> None:
    import pulsectl

    headset = SoundServerHeadset(server)
    seen: list[bool] = []
    headset.watch(seen.append)
    try:
        with pulsectl.Pulse("test", server=server) as pulse:
            # As a headset on USB shows itself.
            plugged = pulse.module_load(
                "module-null-sink", "sink_properties=device.form_factor=headset"
            )
            qtbot.waitUntil(lambda: seen == [True])
            assert headset.inserted
            pulse.module_unload(plugged)
            qtbot.waitUntil(lambda: seen == [True, False])
    finally:
        headset.close()


def test_no_sound_server_is_no_headset(qtbot: QtBot, tmp_path: Path) -> None:
    headset = SoundServerHeadset(f"unix:{tmp_path / 'none'}")
    headset.watch(lambda _inserted: pytest.fail("nothing was plugged in"))
    headset.close()
    assert not headset.inserted
