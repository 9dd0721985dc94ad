"""Entry of the media process. The kiosk starts it; by hand there is nothing to do here."""

import argparse
import asyncio
import ctypes
import os
import signal
import socket
import sys

_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Serve the kiosk at the other end of ``--socket`` until it says so or is gone."""
    # First of all: if the kiosk is killed, nobody is left to end this process.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the kiosk's to act on
    parser = argparse.ArgumentParser(prog="kiosk_app.media")
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--frames", type=int, required=True)
    parser.add_argument("--wake", type=int, required=True)
    parser.add_argument("--agent-picture", type=int, nargs=2, required=True)
    parser.add_argument("--own-picture", type=int, nargs=2, required=True)
    parser.add_argument("--microphone", default="")
    parser.add_argument("--speaker", default="")
    parser.add_argument("--camera", default="")
    parser.add_argument("--case", default="")
    arguments = parser.parse_args()

    from kiosk_app.base.clock import SystemClock
    from kiosk_app.base.log import set_up_logging
    from kiosk_app.media.devices.ports import DeviceNames
    from kiosk_app.media.devices.system import SystemDevices
    from kiosk_app.media.frame_ring import RingReader, RingWriter
    from kiosk_app.media.pictures import PICTURE_BYTES
    from kiosk_app.media.process import MediaService

    set_up_logging()
    ring = RingReader(arguments.frames)
    os.close(arguments.frames)
    kiosk = socket.socket(fileno=arguments.socket)
    kiosk.setblocking(False)
    names = DeviceNames(arguments.microphone, arguments.speaker, arguments.camera)
    agent_memory, agent_wake = arguments.agent_picture
    own_memory, own_wake = arguments.own_picture
    service = MediaService(
        kiosk,
        ring,
        arguments.wake,
        SystemClock(),
        devices=SystemDevices(names),
        agent_picture=RingWriter(agent_memory, agent_wake, PICTURE_BYTES),
        own_picture=RingWriter(own_memory, own_wake, PICTURE_BYTES),
    )
    asyncio.run(service.run())
    return 0


if __name__ == "__main__":
    sys.exit(main())
