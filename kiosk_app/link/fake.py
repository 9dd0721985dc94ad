"""A link whose office is the test."""

from typing import TypeVar

from kiosk_app.link.ports import LinkError, LinkListener
from kiosk_app.protocol.from_kiosk import FromKiosk
from kiosk_app.protocol.to_kiosk import ToKiosk

T = TypeVar("T")


class FakeLink:
    """Collects what is sent; while it is up, each message counts as delivered at once.

    ``disk_full``: nothing can be kept before :meth:`make_room`.
    """

    def __init__(self) -> None:
        self.sent: list[FromKiosk] = []
        self.up = False
        self.closed = False
        self.disk_full = False
        self._listener: LinkListener | None = None
        self._undelivered: list[str] = []
        self._in_memory: list[str] = []

    @property
    def listener(self) -> LinkListener:
        assert self._listener is not None, "the link was not started"  # noqa: S101 -- a test's aid
        return self._listener

    def start(self, listener: LinkListener) -> None:
        self._listener = listener

    def send(self, message: FromKiosk) -> None:
        self.sent.append(message)
        self._undelivered.append(message.command)
        self._deliver()

    async def keep(self, message: FromKiosk) -> None:
        self.send(message)
        if self.disk_full:
            self._in_memory.append(message.command)
            raise LinkError("The disk is full. The message is kept in memory. Free space on it.")

    def make_room(self) -> None:
        """The disk takes what it did not take before and is not delivered yet."""
        self.disk_full = False
        commands, self._in_memory = self._in_memory, []
        for command in commands:
            if command in self._undelivered:
                self.listener.message_kept(command)

    async def close(self) -> None:
        self.closed = True

    def come_up(self, *, resumed: bool = False, promise_seconds: int | None = 60) -> None:
        """The office answers."""
        self.up = True
        self.listener.link_up(resumed=resumed, promise_seconds=promise_seconds)
        self._deliver()

    def go_down(self) -> None:
        self.up = False
        self.listener.link_lost("the test cut it")

    def say(self, message: ToKiosk) -> None:
        """The office says ``message``."""
        self.listener.message_received(message)

    def sent_of(self, kind: type[T]) -> list[T]:
        """Every message of ``kind``, oldest first."""
        return [message for message in self.sent if isinstance(message, kind)]

    def _deliver(self) -> None:
        while self.up and self._undelivered:
            self.listener.message_delivered(self._undelivered.pop(0))
