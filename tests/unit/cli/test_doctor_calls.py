"""What the doctor says of sound and pictures, on a sound server of the test's own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kiosk_app.base.settings import KioskSettings
from tests.support.sound import sound_server


def findings(directory: Path, environment: dict[str, str], **devices: str) -> dict[str, str]:
    """What is wrong with each device, "" where nothing is; in a program of its own, because the
    sound library keeps its server for the life of one."""
    settings = KioskSettings(
        kiosk="k1",
        store="Byabutiken",
        till_name="Kassa 1",
        office_url="ws://127.0.0.1:1/kiosk",
        data_dir=str(directory / "data"),
        keyring="data-dir",
    )
    path = directory / "kiosk.toml"
    path.write_bytes(msgspec.toml.encode({**msgspec.to_builtins(settings), **devices}))
    done = subprocess.run(
        [sys.executable, "-m", "kiosk_app.cli.main", "doctor", "--json", "--config", str(path)],
        env={**os.environ, **environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return {
        found["what"]: "" if found["ok"] else f"{found['seen']} {found['do']}"
        for found in json.loads(done.stdout)
    }


def test_a_kiosk_that_can_call(tmp_path: Path) -> None:
    with sound_server(tmp_path / "pulse") as server:
        found = findings(tmp_path, server.environment, camera="test-pattern")
        assert (found["microphone"], found["speaker"], found["camera"]) == ("", "", "")
        assert (server.listeners, server.players) == (0, 0)


@pytest.mark.parametrize("missing", ["microphone", "speaker"])
def test_a_device_that_is_not_there_is_said(tmp_path: Path, missing: str) -> None:
    with sound_server(tmp_path / "pulse") as server:
        found = findings(tmp_path, server.environment, **{missing: "Borttappad"})
        assert f'There is no {missing} called "Borttappad"' in found[missing]
        assert "Kioskens" in found[missing], "what there is to choose from is not said"


def test_a_machine_where_only_the_speaker_could_be_listened_to_has_no_microphone(
    tmp_path: Path,
) -> None:
    with sound_server(tmp_path / "pulse", microphone=False) as server:
        found = findings(tmp_path, server.environment)
        assert "No microphone was found" in found["microphone"]
        assert found["speaker"] == ""


def test_no_sound_server(tmp_path: Path) -> None:
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/nobody", "PULSE_RUNTIME_PATH": str(tmp_path)}
    found = findings(tmp_path, nowhere, camera="/dev/nothing")
    assert "no sound server" in found["microphone"]
    assert "no sound server" in found["speaker"]
    assert "apt-get install pulseaudio" in found["microphone"]
    assert 'speaker = "none"' in found["speaker"]
    assert "cannot be opened" in found["camera"]


def test_what_is_missing_on_purpose_is_not_looked_for(tmp_path: Path) -> None:
    found = findings(tmp_path, {}, microphone="none", speaker="none", camera="none")
    assert not {"microphone", "speaker", "camera"} & set(found)
