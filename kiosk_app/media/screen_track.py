"""The screen as a WebRTC track: packets from our own encoder, which the sender only packs."""

import av

from kiosk_app.media.encoder import TIME_BASE
from kiosk_app.media.pushed_track import Packet, PushedTrack


class ScreenTrack(PushedTrack[Packet]):
    """``codec`` is what the connection negotiated, "H264" or "VP8".

    Nothing is ever dropped: a picture that is not sent would spoil those that build on it.
    """

    kind = "video"

    def __init__(self, codec: str) -> None:
        super().__init__()
        self.codec = codec

    def push(self, data: bytes, pts: int) -> None:
        """A coded picture for the sender; on the loop's thread."""
        packet = av.Packet(data)
        packet.pts, packet.time_base = pts, TIME_BASE
        self.put(packet)
