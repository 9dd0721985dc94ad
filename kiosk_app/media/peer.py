"""One connection with the agent's console: data channels, the screen track, and its end."""

import asyncio
import logging
from typing import Protocol

from aiortc import (
    RTCConfiguration,
    RTCDataChannel,
    RTCIceServer,
    RTCPeerConnection,
    RTCSessionDescription,
    sdp,
)
from aiortc.exceptions import InvalidStateError

from kiosk_app.base.errors import KioskError
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.media.allowance import Allowance
from kiosk_app.media.call.side import CallSide, Heard, video_codecs
from kiosk_app.media.offer import Offer, read_offer
from kiosk_app.media.ports import MediaError
from kiosk_app.media.screen_source import ScreenSource
from kiosk_app.media.screen_track import ScreenTrack
from kiosk_app.media.sender import know_playout_delay, prepare_sender
from kiosk_app.protocol import limits
from kiosk_app.protocol.codec import peer_messages
from kiosk_app.protocol.peer import (
    CHAT_CHANNEL,
    PING_CHANNEL,
    T140_CHANNEL,
    OnPeer,
    PeerChat,
    PeerPing,
    PeerPoint,
    PeerPong,
    PeerTyping,
)
from kiosk_app.protocol.shared import Author, ChatMessage
from kiosk_app.protocol.t140 import CHARS_A_SECOND

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 15.0  # from answer to open channels; a LAN takes 0.2, TURN over TLS about 3
# Nobody writes faster, and a console that does would fill the kiosk's screen and memory.
WORDS_A_SECOND = 10.0
WORDS_AT_ONCE = 30
# Twice what was agreed (cps, RFC 8865 4.2.1), and a draft erased and written anew at once.
POINTS_A_SECOND, POINTS_AT_ONCE = 30.0, 30
LETTERS_A_SECOND = 2.0 * CHARS_A_SECOND
LETTERS_AT_ONCE = limits.T140_CHARS
UNKNOWN_CHANNELS = 8  # closed unheard, for a newer console; more than that is a flood
_UNSENT_BYTES = 1024 * 1024  # more than this waiting on a channel: the peer takes nothing


class PeerListener(Protocol):
    """Told what one connection meets. Nothing more comes after :meth:`lost`."""

    def answered(self, generation: int, answer_sdp: str, fingerprint: str) -> None: ...

    def connected(self, generation: int) -> None: ...

    def lost(self, generation: int, reason: str) -> None: ...

    def chat_received(self, message: ChatMessage) -> None: ...

    def typed(self, typing: bool) -> None: ...

    def pointed(self, x: float, y: float) -> None: ...

    def t140_opened(self, generation: int) -> None: ...

    def t140_received(self, generation: int, text: str) -> None: ...


class Peer:
    """Connection ``generation``. Made by :meth:`answer`, ended by :meth:`close` or by itself."""

    def __init__(
        self,
        generation: int,
        source: ScreenSource,
        heard: Heard,
        listener: PeerListener,
        ice_servers: tuple[RTCIceServer, ...] = (),
    ) -> None:
        self.generation = generation
        self._source = source
        self._call = CallSide(heard, generation)
        self._listener = listener
        # An empty list, not None: None means a public STUN server to aiortc.
        self._pc = RTCPeerConnection(RTCConfiguration(iceServers=list(ice_servers)))
        self._tasks = TaskOwner(f"peer-{generation}", on_failure=self._on_task_failed)
        self._channels: dict[str, RTCDataChannel] = {}
        self._unknown = 0
        self._track: ScreenTrack | None = None
        self._connected = False
        self._over = False
        self._heard_at = 0.0
        now = asyncio.get_running_loop().time()
        self._words = Allowance(WORDS_A_SECOND, WORDS_AT_ONCE, now)
        self._points = Allowance(POINTS_A_SECOND, POINTS_AT_ONCE, now)
        self._letters = Allowance(LETTERS_A_SECOND, LETTERS_AT_ONCE, now)

    async def answer(self, untrusted_sdp: str) -> None:
        """Answer the console's offer; failures are told as :meth:`PeerListener.lost`."""
        try:
            offer = read_offer(untrusted_sdp)
            await self._answer(offer)
        except KioskError as error:
            self._lose(str(error))
        except Exception as error:  # aiortc documents none; whatever it is, only this peer ends
            logger.warning("an offer could not be answered", exc_info=error)
            self._lose(f"The console's offer cannot be used ({type(error).__name__}).")

    async def _answer(self, offer: Offer) -> None:
        pc = self._pc
        know_playout_delay()
        pc.on("datachannel", self._on_channel)
        pc.on("connectionstatechange", self._on_state)
        video = pc.addTransceiver("video", direction="sendonly")
        video.setCodecPreferences(video_codecs())
        prepare_sender(video.sender, self._source)
        self._call.add_to(pc, audio=offer.audio, camera=offer.camera)
        await pc.setRemoteDescription(RTCSessionDescription(offer.sdp, "offer"))
        await pc.setLocalDescription(await pc.createAnswer())
        if self._over:
            return
        answer = sdp.SessionDescription.parse(pc.localDescription.sdp)
        self._track = ScreenTrack(_video_codec(answer))
        video.sender.replaceTrack(self._track)
        self._call.start()
        self._listener.answered(self.generation, pc.localDescription.sdp, _fingerprint(answer))
        self._tasks.start(self._give_up_unless_connected(), name="connect")
        self._tasks.start(self._add_late(offer), name="candidates")

    async def _add_late(self, offer: Offer) -> None:
        for candidate in offer.late_candidates:
            await self._pc.addIceCandidate(candidate)

    async def _give_up_unless_connected(self) -> None:
        await asyncio.sleep(CONNECT_SECONDS)
        if not self._connected:
            self._lose(f"No connection with the console within {CONNECT_SECONDS:.0f} s.")

    def send_chat(self, message: ChatMessage) -> None:
        self._send(CHAT_CHANNEL, PeerChat(message=message))

    def send_typing(self, typing: bool) -> None:
        self._send(CHAT_CHANNEL, PeerTyping(typing=typing))

    def send_t140(self, text: str) -> None:
        """One T140block; without a channel for it, it is lost."""
        self._send_text(T140_CHANNEL, text)

    async def close(self) -> None:
        """End the connection without a word to the listener. Safe to repeat."""
        self._over = True
        if self._track is not None:
            self._source.detach(self._track)
            self._track.stop()
        await self._call.close()
        await self._tasks.close()
        await self._pc.close()

    def _send(self, label: str, message: OnPeer) -> None:
        self._send_text(label, peer_messages.encode(message))

    def _send_text(self, label: str, text: str) -> None:
        channel = self._channels.get(label)
        if self._over or channel is None or channel.readyState != "open":
            return
        if channel.bufferedAmount > _UNSENT_BYTES:
            self._lose("The console has stopped taking what is sent.")
            return
        try:
            channel.send(text)
        except (InvalidStateError, ConnectionError) as error:
            self._lose(f"The data channel broke ({type(error).__name__}).")

    def _on_channel(self, channel: RTCDataChannel) -> None:
        if channel.label not in _CHANNELS:
            self._turn_away(channel)
            return
        if not _as_agreed(channel) or channel.label in self._channels:
            self._lose("The console opened a data channel that is not as it was agreed.")
            return
        self._channels[channel.label] = channel
        letters = channel.label == T140_CHANNEL
        channel.on("message", self._on_t140 if letters else self._on_message)
        channel.on("close", self._on_channel_closed)
        if self._over:
            return
        if self._connected:
            self._on_t140_opened()
        elif {CHAT_CHANNEL, PING_CHANNEL} <= self._channels.keys():
            self._connected = True
            self._heard_at = asyncio.get_running_loop().time()
            self._tasks.start(self._ping(), name="ping")
            if self._track is not None:
                self._source.attach(self._track)
            self._call.connected()
            self._listener.connected(self.generation)
            self._on_t140_opened()

    def _turn_away(self, channel: RTCDataChannel) -> None:
        """A newer console may know more than this kiosk: what is left goes on without it."""
        self._unknown += 1
        if self._unknown > UNKNOWN_CHANNELS:
            self._lose("The console opened more data channels than anyone needs.")
            return
        if self._unknown == 1:
            # Not by its label, which is the console's word.
            logger.info("a data channel that this kiosk does not know was closed")
        channel.close()

    def _on_t140_opened(self) -> None:
        if T140_CHANNEL in self._channels:
            self._listener.t140_opened(self.generation)

    def _on_channel_closed(self) -> None:
        self._lose("The console closed a data channel.")

    def _on_state(self) -> None:
        if self._pc.connectionState in ("failed", "closed"):
            self._lose(f"The connection with the console {self._pc.connectionState}.")

    def _on_message(self, untrusted_frame: str | bytes) -> None:
        if self._over:
            return
        try:
            message = peer_messages.decode(untrusted_frame)
        except KioskError as error:
            self._lose(str(error))
            return
        now = self._heard_at = asyncio.get_running_loop().time()
        if isinstance(message, PeerChat | PeerTyping) and not self._words.take(now):
            self._lose("The console sent more words than a person writes.")
            return
        match message:
            case PeerPing(count):
                self._send(PING_CHANNEL, PeerPong(count=count))
            case PeerPong():
                pass
            case PeerTyping(typing):
                self._listener.typed(typing)
            case PeerPoint(x, y):
                # More than an eye follows is dropped, and no reason to part.
                if self._points.take(now):
                    self._listener.pointed(x, y)
            case PeerChat(chat):
                if chat.author is not Author.AGENT:
                    self._lose("The console sent a chat message in the shopper's name.")
                else:
                    self._listener.chat_received(chat)

    def _on_t140(self, untrusted_block: str | bytes) -> None:
        if self._over:
            return
        now = self._heard_at = asyncio.get_running_loop().time()
        if not isinstance(untrusted_block, str):
            self._lose("The console sent real-time text that is none.")
        elif not self._letters.take(now, len(untrusted_block)):
            self._lose("The console sent more letters than a person writes.")
        elif untrusted_block:
            self._listener.t140_received(self.generation, untrusted_block)

    async def _ping(self) -> None:
        loop = asyncio.get_running_loop()
        count = 0
        while not self._over:
            self._send(PING_CHANNEL, PeerPing(count=count))
            count += 1
            await asyncio.sleep(limits.PEER_PING_SECONDS)
            if loop.time() - self._heard_at >= limits.PEER_GONE_SECONDS:
                self._lose(f"Nothing from the console for {limits.PEER_GONE_SECONDS:.0f} s.")

    def _lose(self, reason: str) -> None:
        if self._over:
            return
        self._over = True
        if self._track is not None:
            self._source.detach(self._track)
        self._call.detach()
        self._listener.lost(self.generation, reason[: limits.SHORT_CHARS * 4])

    def _on_task_failed(self, name: str, error: BaseException) -> None:
        self._lose(f"The connection met an error of its own ({type(error).__name__}).")


_CHANNELS = (CHAT_CHANNEL, PING_CHANNEL, T140_CHANNEL)


def _as_agreed(channel: RTCDataChannel) -> bool:
    if channel.label == T140_CHANNEL:
        # Nothing of it may be lost or come out of order (RFC 8865 3).
        reliable = channel.maxRetransmits is None and channel.maxPacketLifeTime is None
        return channel.protocol == T140_CHANNEL and channel.ordered and reliable
    return True


def _video_codec(answer: sdp.SessionDescription) -> str:
    video = next(media for media in answer.media if media.kind == "video")
    return str(video.rtp.codecs[0].name)


def _fingerprint(answer: sdp.SessionDescription) -> str:
    """The SHA-256 one (RFC 8122 5), upper-case hex with colons."""
    for media in answer.media:
        for fingerprint in media.dtls.fingerprints if media.dtls else ():
            if fingerprint.algorithm == "sha-256":
                return str(fingerprint.value).upper()
    raise MediaError("The connection has no SHA-256 fingerprint. It is not used.")
