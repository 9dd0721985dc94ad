"""One connection's end of the call: two tracks out, what is received drained and handed on.

The tracks and their sections are there from the first offer on and silent: a call that begins,
mutes or ends exchanges no SDP.
"""

import logging
from typing import Any, Protocol

import av
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCRtpSender, RTCRtpTransceiver
from aiortc.mediastreams import MediaStreamError

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.media.call.sight import CameraTrack
from kiosk_app.media.call.voice import VoiceTrack

logger = logging.getLogger(__name__)


class Heard(Protocol):
    """Takes what is received on a side."""

    def attach(self, side: "CallSide") -> None: ...

    def detach(self, side: "CallSide") -> None: ...

    def agent_said(self, side: "CallSide", frame: av.AudioFrame) -> None: ...

    def agent_seen(self, side: "CallSide", frame: av.VideoFrame) -> None: ...


class CallSide:
    """Made with a connection and ended with it."""

    def __init__(self, heard: Heard, generation: int) -> None:
        self._heard = heard
        self._tasks = TaskOwner(f"call-{generation}")
        self.voice = VoiceTrack()
        self.camera = CameraTrack()
        self._transceivers: list[tuple[RTCRtpTransceiver, MediaStreamTrack]] = []

    def add_to(self, pc: RTCPeerConnection, *, audio: bool, camera: bool) -> None:
        """Add what the console's offer has a section for; after the screen's own video."""
        if audio:
            transceiver = pc.addTransceiver("audio", direction="sendrecv")
            # Nothing narrower than Opus: EN 301 549 6.1 asks for sound up to 7 kHz.
            transceiver.setCodecPreferences(capabilities("audio", "audio/opus"))
            self._transceivers.append((transceiver, self.voice))
        if camera:
            transceiver = pc.addTransceiver("video", direction="sendrecv")
            transceiver.setCodecPreferences(video_codecs())
            self._transceivers.append((transceiver, self.camera))
        pc.on("track", self._on_track)

    def start(self) -> None:
        """The answer is made: let the senders wait for what the devices give."""
        for transceiver, track in self._transceivers:
            transceiver.sender.replaceTrack(track)

    def connected(self) -> None:
        """From now on this is the side that is heard."""
        self._heard.attach(self)

    async def close(self) -> None:
        """Nothing leaves and nothing is heard of it any more. Safe to repeat."""
        self.detach()
        await self._tasks.close()

    def detach(self) -> None:
        """As :meth:`close`, at once; what it drains ends by itself."""
        self._heard.detach(self)
        self.voice.stop()
        self.camera.stop()

    def _on_track(self, track: MediaStreamTrack) -> None:
        # aiortc queues without end what nobody takes: drained also while no call goes on.
        drain = self._drain_audio(track) if track.kind == "audio" else self._drain_video(track)
        self._tasks.start(drain, name=f"drain-{track.kind}")

    async def _drain_audio(self, track: MediaStreamTrack) -> None:
        while True:
            frame = await _next_frame(track)
            if frame is None:
                return
            if isinstance(frame, av.AudioFrame):
                self._heard.agent_said(self, frame)

    async def _drain_video(self, track: MediaStreamTrack) -> None:
        while True:
            frame = await _next_frame(track)
            if frame is None:
                return
            if isinstance(frame, av.VideoFrame):
                self._heard.agent_seen(self, frame)


async def _next_frame(track: MediaStreamTrack) -> Any:
    try:
        return await track.recv()
    except MediaStreamError:
        return None  # the connection is over


def capabilities(kind: str, *mime_types: str) -> list[Any]:
    """What aiortc knows of ``mime_types``."""
    wanted = {mime.lower() for mime in mime_types}
    return [c for c in RTCRtpSender.getCapabilities(kind).codecs if c.mimeType.lower() in wanted]


def video_codecs() -> list[Any]:
    """H.264 first (half the time of VP8 to encode), VP8 where the console has none."""
    return [
        *capabilities("video", "video/h264"),
        *capabilities("video", "video/vp8"),
        *capabilities("video", "video/rtx"),
    ]
