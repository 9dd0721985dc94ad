"""What goes over the WebRTC data channels between console and kiosk, JSON like the link.

The console makes the channels: ``chat`` (reliable, ordered) and ``ping`` (unordered, no
retransmits), so that a stalled chat cannot hide a live peer or a live chat a dead one. A third,
``t140`` (reliable, ordered, subprotocol ``t140``), carries real-time text as RFC 8865 says and no
JSON; see :mod:`kiosk_app.protocol.t140`. A console without it is still one to chat with.
"""

from typing import Annotated, Union

from msgspec import Meta

from kiosk_app.protocol.shared import ChatMessage, Message

CHAT_CHANNEL = "chat"
PING_CHANNEL = "ping"
T140_CHANNEL = "t140"  # the label, and the subprotocol by which it is known (RFC 8865 4.1)

Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class PeerChat(Message, tag="chat", frozen=True):
    """A chat message, the same (by id) as the one that goes over the link."""

    message: ChatMessage


class PeerTyping(Message, tag="typing", frozen=True):
    """The other side is writing, or has stopped."""

    typing: bool


class PeerPoint(Message, tag="point", frozen=True):
    """The agent points at a place on the shared screen; from 0 to 1 of its width and height."""

    x: Annotated[float, Meta(ge=0, le=1)]
    y: Annotated[float, Meta(ge=0, le=1)]


class PeerPing(Message, tag="ping", frozen=True):
    count: Count


class PeerPong(Message, tag="pong", frozen=True):
    count: Count


OnPeer = Union[  # noqa: UP007 -- a name for the schema
    PeerChat, PeerTyping, PeerPoint, PeerPing, PeerPong
]
