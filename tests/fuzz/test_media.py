"""What reaches the media process, from its own kiosk and from a console, right or not."""

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk_app.media import messages
from kiosk_app.media.messages import Pipe
from kiosk_app.media.offer import Offer, OfferError, read_offer
from kiosk_app.media.ports import MediaError
from kiosk_app.protocol import limits
from tests.support.sdp import DATA, HEAD, HIDDEN, HOST, VIDEO, lines

DIRECTIONS = [messages.ToMedia, messages.FromMedia]
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=40)
    | st.binary(max_size=20)
    | st.lists(st.integers(0, 9), max_size=3)
)


def read(union: Any, pieces: list[bytes]) -> None:
    pipe: Pipe[Any] = Pipe(union)
    try:
        for piece in pieces:
            for message in pipe.feed(piece):
                assert isinstance(message, get_args(union))
    except MediaError as error:
        assert "media process" in str(error)


@pytest.mark.parametrize("union", DIRECTIONS, ids=["to", "from"])
@given(pieces=st.lists(st.binary(max_size=200), max_size=5))
def test_noise_on_the_pipe(union: Any, pieces: list[bytes]) -> None:
    read(union, pieces)


@pytest.mark.parametrize("union", DIRECTIONS, ids=["to", "from"])
@given(data=st.data())
def test_nearly_right_on_the_pipe(union: Any, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(get_args(union)))
    fields = {name: data.draw(VALUES) for name in kind.__struct_fields__}
    frame = msgspec.msgpack.encode({"type": kind.__struct_config__.tag, **fields})
    cut = data.draw(st.integers(0, len(frame)))
    whole = len(frame).to_bytes(4, "big") + frame
    read(union, [whole[:cut], whole[cut:], whole])


GOOD = lines(HEAD + VIDEO + HOST + HIDDEN + DATA)


def offer(untrusted_sdp: str) -> None:
    try:
        taken = read_offer(untrusted_sdp)
    except OfferError as error:
        assert str(error).startswith("The console's offer")
        # It is sent on as the reason why the connection ended.
        assert len(str(error)) <= limits.SHORT_CHARS * 4
    else:
        assert isinstance(taken, Offer)
        assert ".local" not in taken.sdp


@given(text=st.text(max_size=400) | st.text("v=omats0123 :/-\r\n", max_size=400))
@example("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n")
@example("a=" + "x" * (limits.SDP_CHARS - 2))
def test_noise_as_an_offer(text: str) -> None:
    offer(text)


@settings(max_examples=300)
@given(data=st.data())
def test_a_good_offer_with_something_wrong(data: st.DataObject) -> None:
    """Lines lost, doubled, moved, cut short, or with something else in them."""
    rows = GOOD.split("\r\n")
    for _ in range(data.draw(st.integers(1, 4))):
        if not rows:
            break
        at = data.draw(st.integers(0, len(rows) - 1))
        match data.draw(st.sampled_from(["lose", "double", "move", "cut", "words", "number"])):
            case "lose":
                del rows[at]
            case "double":
                rows.insert(at, rows[at])
            case "move":
                rows.insert(data.draw(st.integers(0, len(rows) - 1)), rows.pop(at))
            case "cut":
                rows[at] = rows[at][: data.draw(st.integers(0, len(rows[at])))]
            case "words":
                parts = rows[at].split(" ")
                parts[data.draw(st.integers(0, len(parts) - 1))] = data.draw(st.text(max_size=12))
                rows[at] = " ".join(parts)
            case "number":
                number = data.draw(st.integers(-1, 2**40))
                rows[at] = rows[at].replace("9", str(number), 1).replace("1", str(number), 1)
    offer("\r\n".join(rows))
