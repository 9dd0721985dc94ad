"""What kiosk and media process say to each other over their socket pair.

Each message is a msgpack-coded tagged struct with its length in front, four bytes, big-endian.
Both ends are this program, but what came from the network passes through them: everything is
typed and bounded here as well.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Generic, TypeVar, Union

import msgspec
from msgspec import Meta

from kiosk_app.media.ports import MediaError, Whose
from kiosk_app.protocol import limits
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import ChatMessage, Generation, Message, Sdp

T = TypeVar("T")

MESSAGE_BYTES = 256 * 1024  # the longest is an SDP of SDP_CHARS, four bytes a character
_LENGTH_BYTES = 4

T140Text = Annotated[str, Meta(min_length=1, max_length=limits.T140_CHARS)]
Reason = Annotated[str, Meta(max_length=limits.SHORT_CHARS * 4)]
Loudness = Annotated[int, Meta(ge=0, le=9)]


class AnswerOffer(Message, tag="answer_offer", frozen=True):
    """Make connection ``generation`` from the console's offer; an older one is closed."""

    generation: Generation
    sdp: Sdp


class DropPeer(Message, tag="drop_peer", frozen=True):
    """Close the connection there is; nothing is told of it any more."""


class SendChat(Message, tag="send_chat", frozen=True):
    message: ChatMessage


class SendTyping(Message, tag="send_typing", frozen=True):
    typing: bool


class SendT140(Message, tag="send_t140", frozen=True):
    """One T140block, by the channel for it, if there is one."""

    text: T140Text


class StartShare(Message, tag="start_share", frozen=True):
    """Send the screen for at most ``seconds`` from now. ``share`` counts from 1."""

    share: Annotated[int, Meta(ge=1)]
    seconds: Annotated[float, Meta(ge=0, le=limits.SHARE_SECONDS)]


class StopShare(Message, tag="stop_share", frozen=True):
    pass


class OpenDevice(Message, tag="open_device", frozen=True):
    """Open it for the call, if it is not open."""

    device: CallDevice


class CloseDevice(Message, tag="close_device", frozen=True):
    """Close it, if it is open."""

    device: CallDevice


class EndProcess(Message, tag="end_process", frozen=True):
    """Close everything and exit."""


ToMedia = Union[  # noqa: UP007 -- a name, used at run time
    AnswerOffer,
    DropPeer,
    SendChat,
    SendTyping,
    SendT140,
    StartShare,
    StopShare,
    OpenDevice,
    CloseDevice,
    EndProcess,
]


class Ready(Message, tag="ready", frozen=True):
    pass


class AnswerMade(Message, tag="answer_made", frozen=True):
    generation: Generation
    sdp: Sdp
    fingerprint: Annotated[str, Meta(pattern="^([0-9A-F]{2}:){31}[0-9A-F]{2}$")]


class PeerConnected(Message, tag="peer_connected", frozen=True):
    generation: Generation


class PeerLost(Message, tag="peer_lost", frozen=True):
    generation: Generation
    reason: Reason


class ChatReceived(Message, tag="chat_received", frozen=True):
    message: ChatMessage


class AgentTyped(Message, tag="agent_typed", frozen=True):
    typing: bool


class AgentPointed(Message, tag="agent_pointed", frozen=True):
    x: Annotated[float, Meta(ge=0, le=1)]
    y: Annotated[float, Meta(ge=0, le=1)]


class T140Opened(Message, tag="t140_opened", frozen=True):
    """Connection ``generation`` carries real-time text from now on."""

    generation: Generation


class T140Received(Message, tag="t140_received", frozen=True):
    generation: Generation
    text: T140Text


class DeviceFailed(Message, tag="device_failed", frozen=True):
    """It is closed, and cannot be opened as things are."""

    device: CallDevice
    reason: Reason


class SoundHeard(Message, tag="sound_heard", frozen=True):
    """How loud it is on both sides, 0 (silence) to 9."""

    shopper: Loudness
    agent: Loudness


class PictureGone(Message, tag="picture_gone", frozen=True):
    """No picture of that side comes any more."""

    whose: Whose


class ShareLive(Message, tag="share_live", frozen=True):
    share: Annotated[int, Meta(ge=1)]
    live: bool


class ShareWantsFrame(Message, tag="share_wants_frame", frozen=True):
    pass


FromMedia = Union[  # noqa: UP007 -- a name, used at run time
    Ready,
    AnswerMade,
    PeerConnected,
    PeerLost,
    ChatReceived,
    AgentTyped,
    AgentPointed,
    T140Opened,
    T140Received,
    DeviceFailed,
    SoundHeard,
    PictureGone,
    ShareLive,
    ShareWantsFrame,
]


class Pipe(Generic[T]):
    """Bytes to messages of ``union``: feed what arrives, take what is whole."""

    def __init__(self, union: Any) -> None:
        self._decoder: msgspec.msgpack.Decoder[T] = msgspec.msgpack.Decoder(union)
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[T]:
        """Every message that ``data`` completes. MediaError when it is not one of ours."""
        self._buffer += data
        while len(self._buffer) >= _LENGTH_BYTES:
            size = int.from_bytes(self._buffer[:_LENGTH_BYTES], "big")
            if size > MESSAGE_BYTES:
                raise MediaError(
                    f"A message of {size} bytes was announced between kiosk and media process; "
                    f"at most {MESSAGE_BYTES} are read. The media process is ended."
                )
            end = _LENGTH_BYTES + size
            if len(self._buffer) < end:
                return
            frame = bytes(self._buffer[_LENGTH_BYTES:end])
            del self._buffer[:end]
            try:
                message = self._decoder.decode(frame)
            except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
                raise MediaError(
                    f"Kiosk and media process do not understand each other: {error}. "
                    f"The media process is ended; install both from one version."
                ) from error
            yield message


def pack(message: ToMedia | FromMedia) -> bytes:
    """The bytes of ``message``, length first."""
    data = msgspec.msgpack.encode(message)
    return len(data).to_bytes(_LENGTH_BYTES, "big") + data
