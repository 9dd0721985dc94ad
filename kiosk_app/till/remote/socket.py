"""The Unix socket on which a till's program speaks: JSON lines, one program at a time.

The socket stands in the kiosk's private data directory, and the kernel says who is at its other
end (SO_PEERCRED, unix(7)): nobody but this program's own user is heard.
"""

import asyncio
import contextlib
import logging
import os
import socket
import struct
from pathlib import Path

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.till.ports import TillError
from kiosk_app.till.remote import messages
from kiosk_app.till.remote.till import RemoteTill

logger = logging.getLogger(__name__)

NAME = "till.sock"
_LONGEST_PATH = 107  # bytes in sockaddr_un, without its end (unix(7))
_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid
_BACKLOG_BYTES = 256 * 1024  # unread by the program: it has hung, and memory is not for it
_LINES_A_SECOND = 200  # a checkout says a few; more would only keep the screen from its work


class TillSocket:
    """Listens at ``directory``/till.sock for ``till``. ``user`` is who may speak, by uid."""

    def __init__(self, directory: Path, till: RemoteTill, *, user: int | None = None) -> None:
        self.path = directory / NAME
        self._till = till
        self._user = os.getuid() if user is None else user
        self._server: asyncio.Server | None = None
        self._tasks = TaskOwner("till-socket")

    async def start(self) -> None:
        """Listen from now on. TillError when the socket cannot be made."""
        if len(os.fsencode(self.path)) > _LONGEST_PATH:
            raise TillError(
                f"The till's socket {self.path} has too long a path: a Unix socket takes "
                f"{_LONGEST_PATH} bytes. Give a shorter data_dir."
            )
        try:
            # Left by a run that was killed; the lock of the data directory keeps others away.
            self.path.unlink(missing_ok=True)
            self._server = await asyncio.start_unix_server(
                self._on_connected, self.path, limit=messages.LINE_BYTES
            )
            self.path.chmod(0o600)
        except OSError as error:
            raise TillError(
                f"The till's socket {self.path} cannot be made ({error.strerror}). "
                f"Give a data_dir on a local disk."
            ) from error

    async def close(self) -> None:
        """Hear nobody any more. Safe to repeat."""
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._tasks.close()
        self._till.close()
        self.path.unlink(missing_ok=True)

    def _on_connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._server is None:
            writer.close()
            return
        self._tasks.start(self._serve(reader, writer), name="till-program")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = _SocketWire(writer)
        try:
            if _user_of(writer) != self._user:
                logger.warning("A program of another user was turned away from the till's socket.")
                return
            if not self._till.connect(wire):
                reason = "Another program is this kiosk's till."
                wire.send(messages.encode(messages.NotWelcome(reason)))
                return
            await self._read(reader, wire)
        except ValueError:
            # asyncio's word for a line over the limit.
            longest = f"A line is longer than {messages.LINE_BYTES} bytes."
            logger.warning("The till's program was let go. %s", longest)
            self._till.refuse(wire, longest)
        except ConnectionError:
            pass  # it has gone, which disconnect tells
        finally:
            self._till.disconnect(wire)
            wire.end()
            with contextlib.suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(1):
                    await writer.wait_closed()

    async def _read(self, reader: asyncio.StreamReader, wire: "_SocketWire") -> None:
        loop = asyncio.get_running_loop()
        since, lines = loop.time(), 0
        while not wire.ended:
            line = await reader.readline()
            if not line.endswith(b"\n"):
                return  # the end; half a line is none
            self._till.receive(wire, line)
            lines += 1
            left = since + 1 - loop.time()
            if left <= 0:
                since, lines = loop.time(), 0
            # A turn for the screen after each line, and a rest for a program that says too much.
            await asyncio.sleep(left if lines >= _LINES_A_SECOND and left > 0 else 0)


class _SocketWire:
    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.ended = False

    def send(self, message: bytes) -> None:
        if self.ended:
            return
        self._writer.write(message + b"\n")
        if self._writer.transport.get_write_buffer_size() > _BACKLOG_BYTES:
            logger.warning("The till's program does not read what it is told and was let go.")
            self.ended = True
            self._writer.transport.abort()

    def end(self) -> None:
        self.ended = True
        self._writer.close()

    def start_over(self) -> bool:
        return False


def _user_of(writer: asyncio.StreamWriter) -> int:
    peer: socket.socket = writer.get_extra_info("socket")
    credentials = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    uid: int = _CREDENTIALS.unpack(credentials)[1]
    return uid
