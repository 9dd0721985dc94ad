"""The pipe between kiosk and media process."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.case import consent
from kiosk_app.media import messages
from kiosk_app.media.messages import FromMedia, Pipe, ToMedia, pack
from kiosk_app.media.ports import MediaError
from kiosk_app.protocol import limits
from kiosk_app.protocol.shared import Message

SENT: list[ToMedia] = [
    messages.AnswerOffer(generation=3, sdp="v=0\r\n" + "å" * (limits.SDP_CHARS - 5)),
    messages.DropPeer(),
    messages.SendTyping(typing=True),
    messages.StartShare(share=1, seconds=299.5),
    messages.StopShare(),
    messages.EndProcess(),
]


@given(st.lists(st.integers(1, 7000), max_size=40))
def test_messages_arrive_whole_however_the_bytes_are_cut(cuts: list[int]) -> None:
    data = b"".join(pack(message) for message in SENT)
    pipe: Pipe[ToMedia] = Pipe(ToMedia)
    got: list[ToMedia] = []
    at = 0
    for cut in [*cuts, len(data)]:
        got += pipe.feed(data[at : at + cut])
        at += cut
    assert got == SENT


def test_no_share_is_longer_than_was_agreed_to() -> None:
    """Five minutes, as the consent screen says, on either side of the pipe."""
    assert consent.SHARE_SECONDS == limits.SHARE_SECONDS == 300.0
    longer = pack(messages.StartShare(share=1, seconds=limits.SHARE_SECONDS + 1))
    with pytest.raises(MediaError, match="do not understand"):
        list(Pipe[ToMedia](ToMedia).feed(longer))


def test_too_long_a_message_is_refused_before_it_is_read() -> None:
    pipe: Pipe[ToMedia] = Pipe(ToMedia)
    with pytest.raises(MediaError, match="at most"):
        list(pipe.feed((messages.MESSAGE_BYTES + 1).to_bytes(4, "big")))


def test_longest_sdp_fits() -> None:
    offer = messages.AnswerOffer(generation=1, sdp="😀" * limits.SDP_CHARS)
    assert len(pack(offer)) <= messages.MESSAGE_BYTES


@given(st.binary(max_size=200))
def test_garbage_is_a_media_error(garbage: bytes) -> None:
    pipe: Pipe[FromMedia] = Pipe(FromMedia)
    try:
        found = list(pipe.feed(len(garbage).to_bytes(4, "big") + garbage))
    except MediaError:
        return
    assert all(isinstance(message, Message) for message in found)


def test_messages_of_the_other_direction_are_refused() -> None:
    pipe: Pipe[FromMedia] = Pipe(FromMedia)
    with pytest.raises(MediaError, match="do not understand"):
        list(pipe.feed(pack(messages.StopShare())))
