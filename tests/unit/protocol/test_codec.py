"""Frames in and out: what fits is read as it was meant, what does not is a typed error."""

import json

import pytest

from kiosk_app.base.ids import new_id
from kiosk_app.protocol import limits
from kiosk_app.protocol.codec import (
    FrameTooLargeError,
    WireError,
    console_commands,
    kiosk_frames,
    office_frames,
    peer_messages,
)
from kiosk_app.protocol.frames import Ack, KioskNumbered, Ping, Welcome
from kiosk_app.protocol.from_console import AcceptCase
from kiosk_app.protocol.from_kiosk import ResumeCase
from kiosk_app.protocol.peer import PeerPing
from kiosk_app.protocol.to_kiosk import AgentLeft


def test_there_and_back() -> None:
    frame = KioskNumbered(number=3, body=ResumeCase(command=new_id(), case=new_id()))
    assert kiosk_frames.decode(kiosk_frames.encode(frame)) == frame
    welcome = Welcome(resumed=True, received=2, promise_seconds=None)
    assert office_frames.decode(office_frames.encode(welcome).encode()) == welcome
    assert peer_messages.decode(peer_messages.encode(PeerPing(count=1))) == PeerPing(count=1)


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{}",
        "[1]",
        '"ping"',
        '{"type":"unknown"}',
        '{"type":"ping","extra":1}',
        '{"type":"ack"}',
        '{"type":"ack","received":-1}',
        '{"type":"ack","received":"1"}',
        '{"type":"ack","received":1e400}',
        '{"type":"ack","received":9007199254740993}',
        '{"type":"welcome","resumed":true,"received":0,"promise_seconds":60}',
        b"\xff\xfe\x00",
        "\ud800",
        "[" * 20_000,
    ],
)
def test_what_does_not_fit(frame: str | bytes) -> None:
    with pytest.raises(WireError) as caught:
        kiosk_frames.decode(frame)
    assert caught.value.code == "bad_frame"


@pytest.mark.parametrize(
    "case",
    [
        "",
        "1",
        "a" * 36,
        "4B8F3A0C-7D1E-4C58-9A57-0F6F8E0C2D11",
        "4b8f3a0c-7d1e-4c58-9a57-0f6f8e0c2d11\n",
    ],
)
def test_ids_are_canonical(case: str) -> None:
    text = json.dumps({"type": "accept_case", "command": new_id(), "case": case, "attempt": 1})
    with pytest.raises(WireError):
        console_commands.decode(text)


def test_an_attempt_is_counted_from_one() -> None:
    good = AcceptCase(command=new_id(), case=new_id(), attempt=1)
    assert console_commands.decode(console_commands.encode(good)) == good
    with pytest.raises(WireError, match="attempt"):
        console_commands.decode(console_commands.encode(good).replace(":1}", ":0}"))


def test_the_cap_is_in_bytes() -> None:
    fill = limits.FRAME_BYTES - len('{"type":"ping"}')
    assert kiosk_frames.decode(" " * fill + '{"type":"ping"}') == Ping()
    for frame in (
        " " * (fill + 1) + '{"type":"ping"}',
        b" " * (fill + 1) + b'{"type":"ping"}',
        "å" * (limits.FRAME_BYTES // 2 + 1),
    ):
        with pytest.raises(FrameTooLargeError) as caught:
            kiosk_frames.decode(frame)
        assert caught.value.code == "too_large"


def test_what_would_not_be_taken_is_not_sent() -> None:
    with pytest.raises(FrameTooLargeError, match="AgentLeft"):
        office_frames.encode(AgentLeft(case="x" * limits.FRAME_BYTES))  # type: ignore[arg-type]


def test_an_error_names_the_field_and_not_the_value() -> None:
    with pytest.raises(WireError) as caught:
        kiosk_frames.decode('{"type":"ack","received":"0701234567"}')
    assert "received" in str(caught.value)
    assert "0701234567" not in str(caught.value)


def test_numbers_reach_what_javascript_can_count() -> None:
    assert kiosk_frames.decode(kiosk_frames.encode(Ack(received=2**53 - 1)))
