"""The media process, as the kiosk sees it. Nothing here imports aiortc or av."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from kiosk_app.base.errors import KioskError
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import ChatMessage


class MediaError(KioskError):
    """The media process could not be started or asked."""


class Whose(StrEnum):
    """Whose picture it is."""

    AGENT = "agent"
    SHOPPER = "shopper"


class Picture(Protocol):
    """The newest picture of one side of a call, in memory that is written anew all the time."""

    def read(self, use: Callable[[memoryview, int, int], None]) -> bool:
        """Let ``use(pixels, width, height)`` copy the newest one; False when there is none that
        has not been read. 32-bit BGRX, rows of ``width * 4`` bytes, top row first; ``use`` may be
        called again for a newer one and must keep nothing of ``pixels``."""


class MediaListener(Protocol):
    """Told of everything the media process reports, on the event loop's thread, in order."""

    def media_ready(self) -> None: ...

    def media_died(self, reason: str) -> None:
        """It ended without being asked to; its share, if any, has ended with it."""

    def answer_made(self, generation: int, sdp: str, fingerprint: str) -> None:
        """A complete SDP answer and its SHA-256 DTLS fingerprint (upper-case hex, colons)."""

    def peer_connected(self, generation: int) -> None:
        """Connected, with both data channels open."""

    def peer_lost(self, generation: int, reason: str) -> None: ...

    def peer_chat_received(self, message: ChatMessage) -> None: ...

    def agent_typed(self, typing: bool) -> None: ...

    def agent_pointed(self, x: float, y: float) -> None:
        """At a place on the shared screen, from 0 to 1 of its width and height."""

    def t140_opened(self, generation: int) -> None:
        """The connection carries real-time text from now on, until it is lost or dropped."""

    def t140_received(self, generation: int, text: str) -> None:
        """One T140block of the agent's (RFC 8865)."""

    def device_failed(self, device: CallDevice, reason: str) -> None:
        """``device`` could not be opened or is gone; it is closed."""

    def sound_heard(self, shopper: int, agent: int) -> None:
        """How loud each of the two is now, 0 (silence) to 9; told when it changes."""

    def picture_arrived(self, whose: Whose, picture: Picture) -> None:
        """There is a newer picture to read."""

    def picture_gone(self, whose: Whose) -> None:
        """Nothing comes any more: the last picture must not stay."""

    def share_live(self, live: bool) -> None:
        """Whether the screen track sends frames."""

    def share_wants_frame(self) -> None:
        """A whole picture is wanted even if nothing on the screen has changed."""


class FrameSink(Protocol):
    """Where the grabbed screen goes: a ring of shared-memory slots, newest frame wins.

    Pixels are 32-bit BGRX, rows of ``width * 4`` bytes without padding, top row first. Masks are
    painted into the slot before :meth:`publish`; the media process never sees an unpublished slot.
    """

    def begin(self, width: int, height: int) -> memoryview | None:
        """A writable slot of ``width * height * 4`` bytes; None when no frame is wanted now."""

    def publish(self) -> None:
        """The slot from the last :meth:`begin` is whole: hand it over."""


class Media(Protocol):
    """One media process at a time, for one case."""

    def listen(self, listener: MediaListener) -> None:
        """Tell ``listener`` from now on. There is one listener."""

    async def start(self, case: str) -> None:
        """Start the process; ``media_ready`` or ``media_died`` follows. Within 10 s."""

    async def stop(self) -> None:
        """End the process, by force after 2 s; it is gone when this returns. Safe to repeat."""

    def answer_offer(self, generation: int, sdp: str) -> None:
        """Make a new connection; an older one is closed. Answered with ``answer_made`` or
        ``peer_lost``."""

    def drop_peer(self) -> None:
        """End the connection, or what is to become one, without a word of it to the listener."""

    def send_chat(self, message: ChatMessage) -> None:
        """By data channel, if one is open; otherwise nothing (the link has it too)."""

    def send_typing(self, typing: bool) -> None: ...

    def send_t140(self, text: str) -> None:
        """One T140block by its data channel, if one is open; otherwise it is lost."""

    def open_device(self, device: CallDevice) -> None:
        """Let the call use ``device``; ``device_failed`` follows if it cannot be opened."""

    def close_device(self, device: CallDevice) -> None:
        """Close its file; nothing of it is sent any more. Safe to repeat."""

    def start_share(self, seconds: float) -> FrameSink:
        """Let the screen track run for at most ``seconds``; the process enforces that as well."""

    def stop_share(self) -> None:
        """Stop the track at once. The sink given for it takes no more frames."""
