"""Inside the media process: the kiosk's messages in, connections and the share out."""

import asyncio
import logging
import signal
import socket

from kiosk_app.base.clock import Clock
from kiosk_app.base.errors import KioskError
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.media import messages
from kiosk_app.media.call.call_media import CallMedia
from kiosk_app.media.devices.ports import Devices
from kiosk_app.media.frame_ring import RingReader, RingWriter
from kiosk_app.media.messages import FromMedia, Pipe, ToMedia
from kiosk_app.media.peer import Peer
from kiosk_app.media.ports import Whose
from kiosk_app.media.screen_source import ScreenSource
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import ChatMessage

logger = logging.getLogger(__name__)

_READ_BYTES = 64 * 1024
_REASON_CHARS = 600


class MediaService:
    """Everything the process does for one case; :meth:`run` returns when it is over."""

    def __init__(
        self,
        kiosk: socket.socket,
        ring: RingReader,
        wake_fd: int,
        clock: Clock,
        *,
        devices: Devices,
        agent_picture: RingWriter,
        own_picture: RingWriter,
    ) -> None:
        self._kiosk = kiosk
        self._devices = devices
        self._picture_rings = (agent_picture, own_picture)
        self._call: CallMedia | None = None
        self._source = ScreenSource(
            ring, wake_fd, clock, on_live=self._on_live, on_wants_frame=self._on_wants_frame
        )
        self._tasks = TaskOwner("media")
        self._peer: Peer | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def run(self) -> None:
        """Serve until the kiosk says so or is gone."""
        reader, self._writer = await asyncio.open_connection(sock=self._kiosk)
        self._call = CallMedia(self._devices, self, *self._picture_rings)
        pipe: Pipe[ToMedia] = Pipe(messages.ToMedia)
        self._tell(messages.Ready())
        try:
            while data := await reader.read(_READ_BYTES):
                for message in pipe.feed(data):
                    if isinstance(message, messages.EndProcess):
                        return
                    self._do(message)
        except ConnectionError:
            pass  # the kiosk is gone: so is the case
        except KioskError as error:
            logger.error("%s", error)
        finally:
            await self._close()

    async def _close(self) -> None:
        self._source.stop()
        if self._call is not None:
            await self._call.end()
        peer, self._peer = self._peer, None
        if peer is not None:
            await peer.close()
        await self._tasks.close()
        await self._source.close()
        if self._writer is not None:
            self._writer.close()

    def _tell(self, message: FromMedia) -> None:
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(messages.pack(message))

    def _do(self, message: ToMedia) -> None:
        match message:
            case messages.AnswerOffer(generation, untrusted_sdp):
                self._replace_peer(generation, untrusted_sdp)
            case messages.DropPeer():
                self._drop_peer()
            case messages.SendChat(chat):
                if self._peer is not None:
                    self._peer.send_chat(chat)
            case messages.SendTyping(typing):
                if self._peer is not None:
                    self._peer.send_typing(typing)
            case messages.SendT140(text):
                if self._peer is not None:
                    self._peer.send_t140(text)
            case messages.StartShare(share, seconds):
                self._source.start(share, seconds)
            case messages.StopShare():
                self._source.stop()
            case messages.OpenDevice(device):
                self._calls.open(device)
            case messages.CloseDevice(device):
                self._calls.close(device)

    @property
    def _calls(self) -> CallMedia:
        if self._call is None:
            raise RuntimeError("a message was handled before the service ran")
        return self._call

    def _replace_peer(self, generation: int, untrusted_sdp: str) -> None:
        self._drop_peer()
        self._peer = Peer(generation, self._source, self._calls, self)
        self._tasks.start(self._peer.answer(untrusted_sdp), name=f"answer-{generation}")

    def _drop_peer(self) -> None:
        peer, self._peer = self._peer, None
        if peer is not None:
            self._tasks.start(peer.close(), name=f"close-{peer.generation}")

    def answered(self, generation: int, answer_sdp: str, fingerprint: str) -> None:
        self._tell(
            messages.AnswerMade(generation=generation, sdp=answer_sdp, fingerprint=fingerprint)
        )

    def connected(self, generation: int) -> None:
        self._tell(messages.PeerConnected(generation=generation))

    def lost(self, generation: int, reason: str) -> None:
        self._tell(messages.PeerLost(generation=generation, reason=reason))
        peer = self._peer
        if peer is not None and peer.generation == generation:
            self._peer = None
            self._tasks.start(peer.close(), name=f"close-{generation}")

    def chat_received(self, message: ChatMessage) -> None:
        self._tell(messages.ChatReceived(message=message))

    def typed(self, typing: bool) -> None:
        self._tell(messages.AgentTyped(typing=typing))

    def pointed(self, x: float, y: float) -> None:
        self._tell(messages.AgentPointed(x=x, y=y))

    def t140_opened(self, generation: int) -> None:
        self._tell(messages.T140Opened(generation=generation))

    def t140_received(self, generation: int, text: str) -> None:
        self._tell(messages.T140Received(generation=generation, text=text))

    def device_failed(self, device: CallDevice, reason: str) -> None:
        self._tell(messages.DeviceFailed(device=device, reason=reason[:_REASON_CHARS]))

    def device_stuck(self, device: CallDevice, reason: str) -> None:
        # A microphone or camera that was switched off is off. The kiosk starts another process for
        # the case; what a shopper was told matters more than the connection.
        logger.error("%s This process ends, which closes it.", reason)
        signal.raise_signal(signal.SIGKILL)

    def sound_heard(self, shopper: int, agent: int) -> None:
        self._tell(messages.SoundHeard(shopper=shopper, agent=agent))

    def picture_gone(self, whose: Whose) -> None:
        self._tell(messages.PictureGone(whose=whose))

    def _on_live(self, share: int, live: bool) -> None:
        self._tell(messages.ShareLive(share=share, live=live))

    def _on_wants_frame(self) -> None:
        self._tell(messages.ShareWantsFrame())
