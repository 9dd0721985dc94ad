"""The kiosk's way to the office, as the controller sees it."""

from typing import Protocol

from kiosk_app.base.errors import KioskError
from kiosk_app.protocol.from_kiosk import FromKiosk
from kiosk_app.protocol.to_kiosk import ToKiosk


class LinkError(KioskError):
    """The link could not be made or was refused; the message says what to do."""


class LinkListener(Protocol):
    """Told of everything on the link, on the event loop's thread, in order."""

    def link_up(self, *, resumed: bool, promise_seconds: int | None) -> None: ...

    def link_lost(self, reason: str) -> None:
        """The connection is gone; the link keeps trying by itself."""

    def link_refused(self, code: str, message: str) -> None:
        """The office said no. The link tries again only where that can help."""

    def message_received(self, message: ToKiosk) -> None: ...

    def message_kept(self, command: str) -> None:
        """The disk has taken a message now that it did not take when it was to be kept."""

    def message_delivered(self, command: str) -> None:
        """The office has acknowledged the message with this command id."""


class Link(Protocol):
    """Numbered, acknowledged, resumed. What was sent is seen through breaks and restarts."""

    def start(self, listener: LinkListener) -> None:
        """Begin connecting. What an earlier run left in the outbox is sent first."""

    def send(self, message: FromKiosk) -> None:
        """Send now if the link is up; in any case keep until acknowledged. Never blocks.

        A CloseCase takes back what that case's shopper wrote and was not acknowledged, and takes
        it off the disk. What is for the record stays: answers, ends, feedback.
        """

    async def keep(self, message: FromKiosk) -> None:
        """As :meth:`send`, and on disk once this returns: no kill -9 or power cut loses it.

        LinkError where the disk does not take it: then it is sent from memory like any other, and
        the disk is tried again until it takes it or the office has the message.
        """

    async def close(self) -> None:
        """Say goodbye and end every task. Unacknowledged messages stay in the outbox."""


class Outbox(Protocol):
    """Where the link keeps what is unacknowledged; the vault has one that survives a restart."""

    async def put(self, command: str, body: bytes) -> None: ...

    async def pending(self) -> list[tuple[str, bytes]]: ...

    async def drop(self, commands: list[str]) -> None: ...
