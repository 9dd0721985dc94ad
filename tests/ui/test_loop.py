"""Qt's loop and asyncio's in one process of its own, ended as the system ends it."""

import os
import signal
import subprocess
import sys

import pytest

PROGRAM = """
import asyncio
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from kiosk_app.ui.loop import open_application, run

async def main(ending):
    window, closed = QWidget(), asyncio.Event()
    # After whatever Qt has left for later when it closes: its own way out would be among that.
    application.lastWindowClosed.connect(lambda: QTimer.singleShot(0, closed.set))
    window.show()
    window.close()                # the last window: the program goes on all the same
    await closed.wait()
    print("ready", flush=True)
    await ending.wait()
    print("tidied up", flush=True)

application = open_application()
assert open_application() is application
run(application, main)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_goes_on_without_a_window_and_tidies_up_when_told_to_end(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        program.send_signal(number)
        assert program.stdout.read() == b"tidied up\n"
        assert program.wait(20) == 0
