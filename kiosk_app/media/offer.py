"""What a console's SDP offer must have, checked before a connection is made from it."""

from dataclasses import dataclass

from aiortc import sdp
from aiortc.rtcicetransport import RTCIceCandidate

from kiosk_app.media.ports import MediaError
from kiosk_app.protocol import limits

_MAX_SECTIONS = 4  # the screen, data, voice and the cameras
_MAX_CANDIDATES = 64


class OfferError(MediaError):
    """The offer cannot be answered; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A checked offer. The first video section is the screen's; a second one is the ``camera``s'.
    ``late_candidates`` are left out of ``sdp`` and to be added afterwards.

    Chromium hides its addresses behind mDNS names (draft-ietf-mmusic-mdns-ice-candidates) whose
    look-up may take seconds where multicast is filtered; the answer must not wait for that.
    """

    sdp: str
    audio: bool
    camera: bool
    late_candidates: tuple[RTCIceCandidate, ...]


def read_offer(untrusted_sdp: str) -> Offer:
    """Check ``untrusted_sdp``. OfferError when it is not an offer this release can answer."""
    if len(untrusted_sdp) > limits.SDP_CHARS:
        raise OfferError(
            f"The console's offer has {len(untrusted_sdp)} characters; at most "
            f"{limits.SDP_CHARS} are read."
        )
    try:
        description = sdp.SessionDescription.parse(untrusted_sdp)
    except Exception as error:  # the parser raises whatever int(), split() and assert do
        raise OfferError("The console's offer is not SDP that can be read.") from error
    kinds = [media.kind for media in description.media]
    if kinds.count("video") not in (1, 2) or kinds.count("application") != 1:
        raise OfferError(
            "The console's offer must have a video section or two, and one for data channels."
        )
    if len(kinds) > _MAX_SECTIONS or kinds.count("audio") > 1:
        raise OfferError("The console's offer has sections this kiosk does not know.")
    if any(not media.dtls or not media.dtls.fingerprints for media in description.media):
        raise OfferError("The console's offer has no DTLS fingerprint.")
    late: list[RTCIceCandidate] = []
    for index, media in enumerate(description.media):
        if len(media.ice_candidates) > _MAX_CANDIDATES:
            raise OfferError(f"The console's offer has over {_MAX_CANDIDATES} candidates.")
        if index == kinds.index("video") and media.direction not in ("recvonly", "sendrecv"):
            raise OfferError("The console's offer does not take video.")
        for candidate in media.ice_candidates:
            candidate.sdpMid = media.rtp.muxId
            candidate.sdpMLineIndex = index
            late.append(candidate)
        media.ice_candidates = [c for c in media.ice_candidates if not _is_mdns(c)]
        media.ice_candidates_complete = False
    try:
        checked = str(description)
    except Exception as error:  # an address that is none is met only when it is written out
        raise OfferError("The console's offer is not SDP that can be read.") from error
    return Offer(
        sdp=checked,
        audio="audio" in kinds,
        camera=kinds.count("video") == 2,
        late_candidates=tuple(c for c in late if _is_mdns(c)),
    )


def _is_mdns(candidate: RTCIceCandidate) -> bool:
    return candidate.ip.endswith(".local")
