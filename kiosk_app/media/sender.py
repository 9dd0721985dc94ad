"""What aiortc's sender lacks for a screen that encodes by itself: three hooks, kept in one place.

aiortc 1.16 answers keyframe requests and rate estimates with its own encoders only, and does not
know the playout-delay extension. Nothing public leads there, so one instance's method and one of
its fields are replaced, and one line is added to this process's table of known extensions.
"""

from collections.abc import Callable
from typing import Any

from aiortc import RTCRtpSender, rtp
from aiortc.codecs import HEADER_EXTENSIONS
from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters

from kiosk_app.media.screen_source import ScreenSource

PLAYOUT_DELAY = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"
_AT_ONCE = b"\x00\x00\x00"  # at least 0 ms and at most 0 ms, twelve bits each


def know_playout_delay() -> None:
    """Let this process's connections agree on playout delay when the console offers it."""
    known = HEADER_EXTENSIONS["video"]
    if all(extension.uri != PLAYOUT_DELAY for extension in known):
        # An answer takes the number from the offer; this one only has to be free.
        known.append(RTCRtpHeaderExtensionParameters(id=5, uri=PLAYOUT_DELAY))


class _AtOnceExtensions(rtp.HeaderExtensionsMap):
    """Tells the receiver to show each picture when it arrives.

    A receiver that smooths, as for a camera, shows a screen about 30 ms later (Chromium 156).
    """

    def __init__(self) -> None:
        super().__init__()
        self._playout_delay = 0

    def configure(self, parameters: RTCRtpParameters) -> None:
        super().configure(parameters)
        for extension in parameters.headerExtensions:
            if extension.uri == PLAYOUT_DELAY:
                self._playout_delay = extension.id

    def set(self, values: rtp.HeaderExtensions) -> tuple[int, bytes]:
        profile, value = super().set(values)
        if not self._playout_delay:
            return profile, value
        others = rtp.unpack_header_extensions(profile, value) if value else []
        return rtp.pack_header_extensions([*others, (self._playout_delay, _AT_ONCE)])


def prepare_sender(sender: RTCRtpSender, source: ScreenSource) -> None:
    """Let ``source`` hear what the receiver reports, and the receiver show pictures at once.

    Before the connection is up.
    """
    handle: Callable[[Any], Any] = sender._handle_rtcp_packet

    async def watched(packet: rtp.AnyRtcpPacket) -> None:
        _report(packet, sender._ssrc, source)
        await handle(packet)

    # setattr: to a type checker a method is not a place to put another function.
    setattr(sender, "_handle_rtcp_packet", watched)  # noqa: B010 -- see the line above
    setattr(sender, "_RTCRtpSender__rtp_header_extensions_map", _AtOnceExtensions())  # noqa: B010 -- a private name


def _report(packet: rtp.AnyRtcpPacket, ssrc: int, source: ScreenSource) -> None:
    if isinstance(packet, rtp.RtcpPsfbPacket):
        if packet.fmt in (rtp.RTCP_PSFB_PLI, rtp.RTCP_PSFB_FIR):
            source.request_keyframe()
        elif packet.fmt == rtp.RTCP_PSFB_APP:
            try:
                bits, ssrcs = rtp.unpack_remb_fci(packet.fci)
            except ValueError:
                return  # another application's feedback
            if ssrc in ssrcs:
                source.estimated(bits)
    elif isinstance(packet, rtp.RtcpRrPacket | rtp.RtcpSrPacket):
        for report in packet.reports:
            if report.ssrc == ssrc:
                source.lost(report.fraction_lost / 256)
