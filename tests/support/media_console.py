"""The console's part in a connection, played by aiortc in the test's own process.

The media process cannot tell it from a browser; what only a browser does is tested with one.
"""

import asyncio
from typing import Any

from aiortc import (
    RTCConfiguration,
    RTCDataChannel,
    RTCPeerConnection,
    RTCRtpReceiver,
    RTCSessionDescription,
)
from aiortc.sdp import SessionDescription
from av import VideoFrame

from kiosk_app.media.ports import Picture, Whose
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.codec import peer_messages
from kiosk_app.protocol.peer import (
    CHAT_CHANNEL,
    PING_CHANNEL,
    T140_CHANNEL,
    OnPeer,
    PeerPing,
    PeerPong,
)
from kiosk_app.protocol.shared import ChatMessage


class Reports:
    """A MediaListener that keeps what it is told, in order, and lets tests wait for it."""

    def __init__(self) -> None:
        self.all: list[tuple[Any, ...]] = []
        self._changed = asyncio.Event()

    def _tell(self, *report: Any) -> None:
        self.all.append(report)
        self._changed.set()

    async def until(self, *wanted: Any, within: float = 20.0) -> tuple[Any, ...]:
        """Take reports off the front until one begins with ``wanted``, and give that one."""

        async def look() -> tuple[Any, ...]:
            while True:
                while self.all:
                    report = self.all.pop(0)
                    if report[: len(wanted)] == wanted:
                        return report
                self._changed.clear()
                await self._changed.wait()

        return await asyncio.wait_for(look(), within)

    def media_ready(self) -> None:
        self._tell("media_ready")

    def media_died(self, reason: str) -> None:
        self._tell("media_died", reason)

    def answer_made(self, generation: int, sdp: str, fingerprint: str) -> None:
        self._tell("answer_made", generation, sdp, fingerprint)

    def peer_connected(self, generation: int) -> None:
        self._tell("peer_connected", generation)

    def peer_lost(self, generation: int, reason: str) -> None:
        self._tell("peer_lost", generation, reason)

    def peer_chat_received(self, message: ChatMessage) -> None:
        self._tell("peer_chat_received", message)

    def agent_typed(self, typing: bool) -> None:
        self._tell("agent_typed", typing)

    def agent_pointed(self, x: float, y: float) -> None:
        self._tell("agent_pointed", x, y)

    def t140_opened(self, generation: int) -> None:
        self._tell("t140_opened", generation)

    def t140_received(self, generation: int, text: str) -> None:
        self._tell("t140_received", generation, text)

    def device_failed(self, device: CallDevice, reason: str) -> None:
        self._tell("device_failed", device, reason)

    def sound_heard(self, shopper: int, agent: int) -> None:
        self._tell("sound_heard", shopper, agent)

    def picture_arrived(self, whose: Whose, picture: Picture) -> None:
        self._tell("picture_arrived", whose, picture)

    def picture_gone(self, whose: Whose) -> None:
        self._tell("picture_gone", whose)

    def share_live(self, live: bool) -> None:
        self._tell("share_live", live)

    def share_wants_frame(self) -> None:
        self._tell("share_wants_frame")


class Console:
    """Offers, takes the answer, answers pings and keeps what it hears and sees."""

    def __init__(
        self, *, answers_pings: bool = True, only_vp8: bool = False, letters: bool = True
    ) -> None:
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.chat: RTCDataChannel = self.pc.createDataChannel(CHAT_CHANNEL)
        self.ping: RTCDataChannel = self.pc.createDataChannel(
            PING_CHANNEL, ordered=False, maxRetransmits=0
        )
        self.heard_t140: asyncio.Queue[str | bytes] = asyncio.Queue()
        self.t140: RTCDataChannel | None = None
        if letters:
            self.t140 = self.pc.createDataChannel(T140_CHANNEL, protocol=T140_CHANNEL)
            self.t140.on("message", self.heard_t140.put_nowait)
        self.answers_pings = answers_pings
        self._screen_ssrc = 0
        self.heard: asyncio.Queue[OnPeer] = asyncio.Queue()
        video = self.pc.addTransceiver("video", direction="recvonly")
        if only_vp8:
            known = RTCRtpReceiver.getCapabilities("video")
            codecs = known.codecs if known is not None else []
            video.setCodecPreferences([codec for codec in codecs if codec.name != "H264"])
        self.receiver = video.receiver
        self._opened = [asyncio.Event() for _ in (self.chat, self.ping)]
        for channel, opened in zip((self.chat, self.ping), self._opened, strict=True):
            channel.on("message", self._on_message)
            channel.on("open", opened.set)

    async def offer(self) -> str:
        """A complete SDP offer."""
        await self.pc.setLocalDescription(await self.pc.createOffer())
        return str(self.pc.localDescription.sdp)

    async def accept(self, sdp: str) -> None:
        answer = SessionDescription.parse(sdp)
        video = next(media for media in answer.media if media.kind == "video")
        self._screen_ssrc = video.ssrc[0].ssrc
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))

    async def opened(self) -> None:
        """Both channels are open at this end too, which may be after the other end's."""
        async with asyncio.timeout(20):
            for opened in self._opened:
                await opened.wait()

    def say(self, message: OnPeer) -> None:
        channel = self.ping if isinstance(message, PeerPing | PeerPong) else self.chat
        channel.send(peer_messages.encode(message))

    async def next_heard(self) -> OnPeer:
        """The next message that is neither ping nor pong."""
        while True:
            message = await asyncio.wait_for(self.heard.get(), 20)
            if not isinstance(message, PeerPing | PeerPong):
                return message

    async def next_block(self) -> str | bytes:
        """The next T140block."""
        return await asyncio.wait_for(self.heard_t140.get(), 20)

    async def next_frame(self) -> VideoFrame:
        """The next decoded picture of the screen."""
        frame = await asyncio.wait_for(self.receiver.track.recv(), 20)
        assert isinstance(frame, VideoFrame)
        return frame

    async def request_keyframe(self) -> None:
        """Say that a picture was lost (RFC 4585 6.3.1)."""
        await self.receiver._send_rtcp_pli(self._screen_ssrc)

    async def close(self) -> None:
        await self.pc.close()

    def _on_message(self, frame: str | bytes) -> None:
        message = peer_messages.decode(frame)
        if isinstance(message, PeerPing) and self.answers_pings:
            self.say(PeerPong(count=message.count))
        self.heard.put_nowait(message)
