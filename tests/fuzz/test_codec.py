"""Whatever comes in, a codec gives a message or one of its two errors."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.protocol import codec, limits
from kiosk_app.protocol.frames import KioskFrame, OfficeFrame
from kiosk_app.protocol.from_console import FromConsole
from kiosk_app.protocol.peer import OnPeer
from kiosk_app.protocol.to_console import ToConsole

CODECS: list[tuple[codec.Codec[Any], Any]] = [
    (codec.kiosk_frames, KioskFrame),
    (codec.office_frames, OfficeFrame),
    (codec.console_commands, FromConsole),
    (codec.console_events, ToConsole),
    (codec.peer_messages, OnPeer),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


def check(which: codec.Codec[Any], union: Any, frame: str | bytes) -> None:
    try:
        message = which.decode(frame)
    except codec.FrameTooLargeError as error:
        size = len(frame if isinstance(frame, bytes) else frame.encode("utf-8", "surrogatepass"))
        assert size > limits.FRAME_BYTES
        assert error.code == "too_large"
    except codec.WireError as error:
        assert error.code == "bad_frame"
    else:
        assert isinstance(message, get_args(union))
        assert which.decode(which.encode(message)) == message


@pytest.mark.parametrize(("which", "union"), CODECS)
@given(frame=st.binary(max_size=300) | st.text(st.characters(), max_size=300))
def test_noise(which: codec.Codec[Any], union: Any, frame: str | bytes) -> None:
    check(which, union, frame)


@pytest.mark.parametrize(("which", "union"), CODECS)
@given(data=st.data())
def test_nearly_right(which: codec.Codec[Any], union: Any, data: st.DataObject) -> None:
    """The right tag and the right names, with anything as values."""
    kind = data.draw(st.sampled_from(get_args(union)))
    fields = {
        name: data.draw(JSON)
        for name in kind.__struct_fields__
        if data.draw(st.integers(0, 9)) > 0
    }
    if data.draw(st.integers(0, 9)) == 0:
        fields[data.draw(st.text(max_size=12))] = data.draw(JSON)
    check(which, union, json.dumps({"type": kind.__struct_config__.tag, **fields}))


@given(size=st.integers(-3, 3), character=st.sampled_from(["a", "å", "€", "\U0001f4ac"]))
def test_around_the_cap(size: int, character: str) -> None:
    count = limits.FRAME_BYTES // len(character.encode()) + size
    check(codec.kiosk_frames, KioskFrame, character * count)
