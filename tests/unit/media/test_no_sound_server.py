"""A machine without a sound server, where microphone and speaker are opened at once."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import CodeType, FrameType, ModuleType

import pytest

from kiosk_app.media.devices import sound
from kiosk_app.media.devices.ports import DeviceError
from tests.support.waiting import PATIENCE, eventually

# As the library does where no server answers, but not before the test says so.
LIBRARY = """
import gate
gate.entered.set()
gate.opened.wait()
raise AssertionError
"""


def runs(code: CodeType, frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code is not code:
        frame = frame.f_back
    return frame is not None


def threads_in(code: CodeType) -> int:
    return sum(runs(code, frame) for frame in sys._current_frames().values())


def test_both_say_that_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "soundcard.py").write_text(LIBRARY)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "soundcard", raising=False)
    gate = ModuleType("gate")
    entered, opened = threading.Event(), threading.Event()
    vars(gate).update(entered=entered, opened=opened)
    monkeypatch.setitem(sys.modules, "gate", gate)
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(sound.microphone_names)
        assert entered.wait(PATIENCE)
        other = pool.submit(sound.speaker_names)
        code = sound._library.__code__
        eventually(lambda: threads_in(code) == 2, "both are at the library")
        opened.set()
        for asked in (one, other):
            with pytest.raises(DeviceError, match="no sound server"):
                asked.result(PATIENCE)
