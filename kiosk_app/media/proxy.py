"""The kiosk's side of the media process. Imports neither aiortc, av nor numpy.

Runs on any asyncio loop, qasync's included: the process is watched through its pidfd and the
socket with ``add_reader``; no child watcher, no thread.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from kiosk_app.base.errors import KioskError
from kiosk_app.media import messages
from kiosk_app.media.frame_ring import RingWriter, create_ring
from kiosk_app.media.messages import FromMedia, Pipe, ToMedia
from kiosk_app.media.pictures import PictureRing
from kiosk_app.media.ports import FrameSink, MediaError, MediaListener, Whose
from kiosk_app.protocol import limits
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import ChatMessage

logger = logging.getLogger(__name__)

READY_SECONDS = 10.0  # importing aiortc on a cold disk of a slow board takes about 4
STOP_SECONDS = 2.0
EXIT_SECONDS = 0.5  # from its end of the socket closed to its exit
_READ_BYTES = 64 * 1024
_UNSENT_BYTES = 4 * 1024 * 1024  # the process has stopped reading: it is as good as dead


class MediaProcess:
    """Implements :class:`~kiosk_app.media.ports.Media` with a process of its own per case.

    ``microphone``, ``speaker`` and ``camera`` are names as in the settings.
    """

    def __init__(
        self,
        *,
        command: Sequence[str] | None = None,
        microphone: str = "",
        speaker: str = "",
        camera: str = "",
    ) -> None:
        self._command = tuple(command or (sys.executable, "-m", "kiosk_app.media"))
        self._devices = ("--microphone", microphone, "--speaker", speaker, "--camera", camera)
        self._listener: MediaListener | None = None
        self._run: _Run | None = None

    def listen(self, listener: MediaListener) -> None:
        self._listener = listener

    @property
    def pid(self) -> int | None:
        """The process's id while there is one, for measurements and fault tests."""
        return self._run.process.pid if self._run is not None else None

    async def start(self, case: str) -> None:
        """Start it. MediaError when it cannot be, or when one is running already."""
        if self._listener is None:
            raise MediaError("Nobody listens to the media process. It was not started.")
        if self._run is not None:
            raise MediaError("A media process is running already. End it with stop() first.")
        self._run = _Run(
            self._command, (*self._devices, "--case", case), self._listener, self._on_gone
        )

    def _on_gone(self, run: "_Run") -> None:
        if self._run is run:
            self._run = None

    async def stop(self) -> None:
        run = self._run
        if run is not None:
            await run.stop()

    def answer_offer(self, generation: int, sdp: str) -> None:
        if self._run is not None:
            self._run.answer_offer(generation, sdp)

    def drop_peer(self) -> None:
        if self._run is not None:
            self._run.send(messages.DropPeer())

    def send_chat(self, message: ChatMessage) -> None:
        if self._run is not None:
            self._run.send(messages.SendChat(message=message))

    def send_typing(self, typing: bool) -> None:
        if self._run is not None:
            self._run.send(messages.SendTyping(typing=typing))

    def send_t140(self, text: str) -> None:
        if self._run is not None:
            self._run.send(messages.SendT140(text=text))

    def open_device(self, device: CallDevice) -> None:
        if self._run is not None:
            self._run.send(messages.OpenDevice(device=device))

    def close_device(self, device: CallDevice) -> None:
        if self._run is not None:
            self._run.send(messages.CloseDevice(device=device))

    def start_share(self, seconds: float) -> FrameSink:
        """MediaError when there is no process: then nothing is shared."""
        if self._run is None:
            raise MediaError("The media process is not running. The screen is not shared.")
        return self._run.start_share(seconds)

    def stop_share(self) -> None:
        if self._run is not None:
            self._run.stop_share()


class _ShareSink:
    """The sink of one share; dead for good once the share is."""

    def __init__(self, ring: RingWriter) -> None:
        self._ring: RingWriter | None = ring

    def begin(self, width: int, height: int) -> memoryview | None:
        return self._ring.begin(width, height) if self._ring is not None else None

    def publish(self) -> None:
        if self._ring is not None:
            self._ring.publish(time.monotonic_ns())

    def revoke(self) -> None:
        if self._ring is not None:
            self._ring.forget()
            self._ring = None


class _Run:
    """One life of the process: from its start until it is gone and reaped."""

    def __init__(
        self,
        command: Sequence[str],
        settings: Sequence[str],
        listener: MediaListener,
        on_gone: "Callable[[_Run], None]",
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._listener = listener
        self._on_gone = on_gone
        self._pipe: Pipe[FromMedia] = Pipe(FromMedia)
        self._unsent = bytearray()
        self._ready = False
        self._reason = ""
        self._stopping = False
        self._gone = self._loop.create_future()
        self._sink: _ShareSink | None = None
        self._share = 0
        self._exit_timer: asyncio.TimerHandle | None = None

        memory_fd, self._wake_fd = create_ring()
        self._pictures = [PictureRing(whose) for whose in Whose]
        ours, theirs = socket.socketpair()
        try:
            process = subprocess.Popen(  # noqa: S603 -- this program's own module
                [
                    *command,
                    *("--socket", str(theirs.fileno())),
                    *("--frames", str(memory_fd)),
                    *("--wake", str(self._wake_fd)),
                    *settings,
                    *(word for ring in self._pictures for word in ring.arguments),
                ],
                stdin=subprocess.DEVNULL,
                pass_fds=(
                    *(theirs.fileno(), memory_fd, self._wake_fd),
                    *(fd for ring in self._pictures for fd in ring.descriptors),
                ),
            )
        except OSError as error:
            self._abandon(ours, memory_fd)
            raise _not_started(error) from error
        finally:
            theirs.close()
        try:
            self._pidfd = os.pidfd_open(process.pid)
        except OSError as error:
            # Out of file descriptors, say. Without its pidfd nobody would see it end.
            self._abandon(ours, memory_fd)
            process.kill()
            process.wait()
            raise _not_started(error) from error
        self.process = process
        self._ring = RingWriter(memory_fd, self._wake_fd)
        os.close(memory_fd)  # the mapping keeps it
        ours.setblocking(False)
        self._socket = ours
        self._loop.add_reader(ours.fileno(), self._on_socket_readable)
        self._loop.add_reader(self._pidfd, self._on_exited)
        for ring in self._pictures:
            ring.watch(listener.picture_arrived)
        self._ready_timer = self._loop.call_later(READY_SECONDS, self._on_not_ready)

    def _abandon(self, ours: socket.socket, memory_fd: int) -> None:
        ours.close()
        os.close(self._wake_fd)
        os.close(memory_fd)
        for ring in self._pictures:
            ring.close()

    def send(self, message: ToMedia) -> None:
        """Queue ``message``; the socket takes it at once unless the process is stuck."""
        if self._gone.done():
            return
        writing = bool(self._unsent)
        self._unsent += messages.pack(message)
        if len(self._unsent) > _UNSENT_BYTES:
            self._kill("it stopped reading")
        elif not writing:
            self._write()

    def answer_offer(self, generation: int, sdp: str) -> None:
        """Pass the offer on, unless it is so long that the process would not read it."""
        if 0 < len(sdp) <= limits.SDP_CHARS:
            self.send(messages.AnswerOffer(generation=generation, sdp=sdp))
            return
        reason = (
            f"The console's offer has {len(sdp)} characters; 1 to {limits.SDP_CHARS} are read."
        )
        self._loop.call_soon(self._tell, messages.PeerLost(generation=generation, reason=reason))

    def start_share(self, seconds: float) -> FrameSink:
        self._drop_sink()
        self._share += 1
        self._sink = _ShareSink(self._ring)
        seconds = min(max(0.0, seconds), limits.SHARE_SECONDS)
        self.send(messages.StartShare(share=self._share, seconds=seconds))
        return self._sink

    def stop_share(self) -> None:
        self._drop_sink()
        self.send(messages.StopShare())

    async def stop(self) -> None:
        """Ask, wait, then force. Returns when the process is reaped."""
        if not self._stopping and not self._gone.done():
            self._stopping = True
            self._drop_sink()
            self.send(messages.EndProcess())
        try:
            await asyncio.wait_for(asyncio.shield(self._gone), STOP_SECONDS)
        except TimeoutError:
            self._kill("it did not end when asked")
            await self._gone

    def _drop_sink(self) -> None:
        if self._sink is not None:
            self._sink.revoke()
            self._sink = None

    def _kill(self, reason: str) -> None:
        self._reason = self._reason or reason
        # The pidfd names this very process, also if its number has been given to another.
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def _on_not_ready(self) -> None:
        if not self._ready:
            self._kill(f"it was not ready within {READY_SECONDS:.0f} s")

    def _write(self) -> None:
        try:
            while self._unsent:
                del self._unsent[: self._socket.send(self._unsent)]
        except BlockingIOError:
            self._loop.add_writer(self._socket.fileno(), self._write)
            return
        except OSError:
            self._unsent.clear()  # it has gone: the pidfd tells the rest
        self._loop.remove_writer(self._socket.fileno())

    def _on_socket_readable(self) -> None:
        try:
            data = self._socket.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._loop.remove_reader(self._socket.fileno())
            # Nearly always it has ended, and why is about to be known; else it is made to.
            self._exit_timer = self._loop.call_later(
                EXIT_SECONDS, self._kill, "it closed its socket"
            )
            return
        try:
            for message in self._pipe.feed(data):
                if self._gone.done():
                    return
                self._tell(message)
        except KioskError as error:
            logger.error("media process: %s", error)
            self._kill("it sent what this kiosk does not understand")

    def _tell(self, message: FromMedia) -> None:
        if self._stopping:
            return
        listener = self._listener
        match message:
            case messages.Ready():
                self._ready = True
                self._ready_timer.cancel()
                listener.media_ready()
            case messages.AnswerMade(generation, sdp, fingerprint):
                listener.answer_made(generation, sdp, fingerprint)
            case messages.PeerConnected(generation):
                listener.peer_connected(generation)
            case messages.PeerLost(generation, reason):
                listener.peer_lost(generation, reason)
            case messages.ChatReceived(chat):
                listener.peer_chat_received(chat)
            case messages.AgentTyped(typing):
                listener.agent_typed(typing)
            case messages.AgentPointed(x, y):
                listener.agent_pointed(x, y)
            case messages.T140Opened(generation):
                listener.t140_opened(generation)
            case messages.T140Received(generation, text):
                listener.t140_received(generation, text)
            case messages.DeviceFailed(device, reason):
                listener.device_failed(device, reason)
            case messages.SoundHeard(shopper, agent):
                listener.sound_heard(shopper, agent)
            case messages.PictureGone(whose):
                listener.picture_gone(whose)
            case messages.ShareLive(share, live) if share == self._share:
                if not live:
                    self._drop_sink()
                listener.share_live(live)
            case messages.ShareLive():
                pass  # the end of an earlier share, overtaken by the start of this one
            case messages.ShareWantsFrame():
                listener.share_wants_frame()

    def _on_exited(self) -> None:
        if self._gone.done():
            return
        if not self._stopping and not self._reason:
            self._drain()
        status = self.process.wait()  # the pidfd is readable: it has exited, this does not wait
        self._ready_timer.cancel()
        if self._exit_timer is not None:
            self._exit_timer.cancel()
        self._drop_sink()
        self._loop.remove_reader(self._pidfd)
        self._loop.remove_reader(self._socket.fileno())
        self._loop.remove_writer(self._socket.fileno())
        os.close(self._pidfd)
        self._socket.close()
        self._ring.close()
        os.close(self._wake_fd)
        for ring in self._pictures:
            ring.close()
        self._gone.set_result(None)
        self._on_gone(self)
        if not self._stopping:
            reason = self._reason or _how_it_ended(status)
            logger.error("the media process ended: %s", reason)
            self._listener.media_died(reason)

    def _drain(self) -> None:
        """What it still said before it ended comes before the news that it has."""
        with contextlib.suppress(OSError):
            while data := self._socket.recv(_READ_BYTES):
                with contextlib.suppress(KioskError):
                    for message in self._pipe.feed(data):
                        self._tell(message)


def _not_started(error: OSError) -> MediaError:
    return MediaError(
        f"The media process could not be started ({error.strerror}). Help goes on by chat "
        f"without screen sharing."
    )


def _how_it_ended(status: int) -> str:
    if status < 0:
        return f"it was ended by {signal.Signals(-status).name}"
    return f"it ended by itself with status {status}"
