"""A till's program that says anything at all: the kiosk stands and believes what is right."""

from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk_app.protocol.shared import Cart, PaymentStep
from kiosk_app.till.ports import TillState
from kiosk_app.till.remote import messages
from kiosk_app.till.remote.messages import MessageError
from kiosk_app.till.remote.till import RemoteTill
from kiosk_app.ui.till.web.engine import Address

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
TYPES = st.sampled_from(
    ["hello", "state", "done", "refused", "sensitive", "happened", "wipe", "welcome", ""]
)
KEYS = st.sampled_from(
    ["version", "program", "cart", "step", "declines", "snapshot", "id", "reason", "selectors"]
)


class Wire:
    def __init__(self) -> None:
        self.ended = False

    def send(self, message: bytes) -> None:
        msgspec.json.decode(message, type=messages.ToTill)

    def end(self) -> None:
        self.ended = True

    def start_over(self) -> bool:
        return True


def hear(*said: bytes) -> None:
    """All of it, to a till that has been greeted and to one that has not."""
    for first in ((), (b'{"type":"hello","version":1}',)):
        till, wire = RemoteTill("sv"), Wire()
        till.connect(wire)
        told: list[TillState] = []
        till.listen(told.append)
        for line in (*first, *said):
            till.receive(wire, line)
        assert all(isinstance(state, TillState) for state in told)
        assert isinstance(till.state.cart, Cart)
        assert isinstance(till.state.step, PaymentStep)
        assert not (wire.ended and till.connected)


@pytest.mark.expect_log("The till's program was let go")
@given(lines=st.lists(st.binary(max_size=200), max_size=4))
@example([b"[" * 50_000])
@example([b'{"type":"state","cart":{"lines":[]},"step":"cart"}' + b" " * 70_000])
def test_noise(lines: list[bytes]) -> None:
    hear(*lines)


@pytest.mark.expect_log("The till's program was let go")
@given(kind=TYPES, fields=st.dictionaries(KEYS, JSON, max_size=5))
def test_messages_with_anything_in_them(kind: str, fields: dict[str, Any]) -> None:
    hear(msgspec.json.encode({"type": kind, **_without_nan(fields)}))


@given(line=st.binary(max_size=200))
def test_what_is_not_understood_is_said_in_words(line: bytes) -> None:
    try:
        messages.decode(line)
    except MessageError as error:
        assert str(error).endswith(".")


@given(url=st.text(max_size=60) | st.text(max_size=20).map("https://{}".format))
@example("https://[")
@example("https://shop.example.se@evil.example/")
@example("https://shop.example.se.evil.example/")
@example("file:///etc/passwd")
def test_no_address_opens_another_host(url: str) -> None:
    address = Address.of("https://shop.example.se/kiosk", ("*.cdn.example.se",))
    if address.allows(url):
        assert url.lower().split(":")[0] in ("https", "wss", "data", "blob")
        if not url.startswith(("data:", "blob:")):
            assert "example.se" in url.lower()


def _without_nan(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))
