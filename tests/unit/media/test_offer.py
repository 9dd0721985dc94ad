"""The checks of a console's offer, on one that Chromium made."""

import pytest

from kiosk_app.media.offer import OfferError, read_offer
from kiosk_app.protocol import limits
from tests.support.sdp import DATA, HEAD, HIDDEN, HOST, VIDEO, lines


def test_good_offer_is_taken() -> None:
    offer = read_offer(lines(HEAD + VIDEO + HOST + DATA))
    assert "192.0.2.7" in offer.sdp
    assert not offer.audio
    assert offer.late_candidates == ()


def test_names_are_looked_up_after_the_answer() -> None:
    offer = read_offer(lines(HEAD + VIDEO + HOST + HIDDEN + DATA))
    assert ".local" not in offer.sdp
    assert "192.0.2.7" in offer.sdp
    (late,) = offer.late_candidates
    assert late.ip.endswith(".local")
    assert (late.sdpMid, late.sdpMLineIndex) == ("0", 0)


@pytest.mark.parametrize(
    ("sdp", "says"),
    [
        ("", "must have"),
        ("garbage", "must have"),
        (HEAD + VIDEO, "data channels"),
        (HEAD + DATA, "video"),
        (HEAD + VIDEO * 3 + DATA, "a video section or two"),
        (HEAD + VIDEO.replace("recvonly", "sendonly") + DATA, "does not take video"),
        (HEAD + VIDEO + HOST * 65 + DATA, "64 candidates"),
        (HEAD + "\n".join(["m=audio 9 UDP/TLS/RTP/SAVPF 0"] * 2) + "\n" + VIDEO + DATA, ""),
        ("x" * (limits.SDP_CHARS + 1), "at most"),
        (HEAD + VIDEO.replace("m=video 9", "m=video nine") + DATA, ""),
        (HEAD + VIDEO.replace("IN IP4 0.0.0.0", "IN IP4 nowhere") + DATA, "not SDP"),
    ],
)
def test_bad_offer_is_a_named_error(sdp: str, says: str) -> None:
    with pytest.raises(OfferError, match="The console's offer") as caught:
        read_offer(lines(sdp))
    assert says in str(caught.value)
