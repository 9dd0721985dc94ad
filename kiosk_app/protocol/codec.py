"""From text frames to messages and back; whatever does not fit is a typed error."""

from typing import Any, Generic, TypeVar

import msgspec

from kiosk_app.base.errors import KioskError
from kiosk_app.protocol import limits
from kiosk_app.protocol.frames import KioskFrame, OfficeFrame
from kiosk_app.protocol.from_console import FromConsole
from kiosk_app.protocol.from_phone import FromPhone
from kiosk_app.protocol.peer import OnPeer
from kiosk_app.protocol.to_console import ToConsole
from kiosk_app.protocol.to_phone import ToPhone

T = TypeVar("T")


class WireError(KioskError):
    """A frame was not what the protocol allows. ``code`` is the word for it on the wire."""

    code = "bad_frame"


class FrameTooLargeError(WireError):
    """A frame is over the cap; it was not read further."""

    code = "too_large"


class Codec(Generic[T]):
    """Encodes and decodes the messages of one direction."""

    def __init__(self, union: Any) -> None:
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(union)
        self._encoder = msgspec.json.Encoder()

    def decode(self, untrusted_frame: str | bytes) -> T:
        """One message, or WireError / FrameTooLargeError. Never anything else."""
        # A character is at most four bytes: short text needs no second measuring.
        size = len(untrusted_frame)
        if isinstance(untrusted_frame, str) and size * 4 > limits.FRAME_BYTES:
            size = len(untrusted_frame.encode("utf-8", "surrogatepass"))
        if size > limits.FRAME_BYTES:
            raise FrameTooLargeError(
                f"A frame of {size} bytes came in; at most {limits.FRAME_BYTES} are read. "
                f"The connection is closed; nothing else is lost."
            )
        try:
            return self._decoder.decode(untrusted_frame)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            # msgspec names the field and the rule, never the value: safe to log.
            raise WireError(f"A frame that is not of {limits.SUBPROTOCOL}: {error}") from error

    def encode(self, message: T) -> str:
        """The text frame of ``message``. FrameTooLargeError if it would not be taken."""
        data = self._encoder.encode(message)
        if len(data) > limits.FRAME_BYTES:
            raise FrameTooLargeError(
                f"{type(message).__name__} would be {len(data)} bytes; at most "
                f"{limits.FRAME_BYTES} fit in a frame. It was not sent."
            )
        return data.decode()


kiosk_frames: Codec[KioskFrame] = Codec(KioskFrame)
office_frames: Codec[OfficeFrame] = Codec(OfficeFrame)
console_commands: Codec[FromConsole] = Codec(FromConsole)
console_events: Codec[ToConsole] = Codec(ToConsole)
phone_commands: Codec[FromPhone] = Codec(FromPhone)
phone_events: Codec[ToPhone] = Codec(ToPhone)
peer_messages: Codec[OnPeer] = Codec(OnPeer)
