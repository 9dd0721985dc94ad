"""Telling whoever started this program that it is ready, by systemd's notify protocol.

A datagram to the socket that ``NOTIFY_SOCKET`` names (sd_notify(3)). The demo listens to the same,
so that a unit file and the demo wait for the same thing. Without the variable nothing is sent.
"""

import os
import socket
from collections.abc import Mapping


def notify_ready(environment: Mapping[str, str] = os.environ, **details: str) -> None:
    """Send ``READY=1`` and ``details`` as further ``NAME=value`` lines, if somebody listens."""
    address = environment.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    lines = ["READY=1", *(f"{name}={value}" for name, value in details.items())]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        try:
            sender.sendto("\n".join(lines).encode(), address)
        except OSError:
            # Whoever waited is gone; that is no reason not to go on.
            return
