"""A program with a microphone and a speaker, each used by a thread. Its input says what to do.

Takes ``cut`` and ``end``; says ``open`` once both are used, and then of each thread how it ended.
"""

import os
import sys
import threading
from collections.abc import Callable

import numpy as np

from kiosk_app.media.devices.ports import BLOCK_SAMPLES, DeviceError
from kiosk_app.media.devices.sound import PulseMicrophone, PulseSpeaker


def main() -> None:
    microphone, speaker = PulseMicrophone(""), PulseSpeaker("")
    silence = np.zeros(BLOCK_SAMPLES, np.int16)
    microphone.read()
    ended = threading.Event()

    def use(name: str, work: Callable[[], object], close: Callable[[], None]) -> None:
        how = "in order"
        try:
            while not ended.is_set():
                work()
        except DeviceError:
            how = "by DeviceError"
        close()
        close()
        # One write: the other thread's line must not come between this one and its end.
        os.write(sys.stdout.fileno(), f"{name} closed {how}\n".encode())

    parts = {
        "microphone": (microphone.read, microphone.close),
        "speaker": (lambda: speaker.write(silence), speaker.close),
    }
    threads = [
        threading.Thread(target=use, args=(name, *part), daemon=True)
        for name, part in parts.items()
    ]
    for thread in threads:
        thread.start()
    print("open", flush=True)
    for line in sys.stdin:
        if line.strip() == "cut":
            microphone.cut()
            speaker.cut()
        ended.set()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
