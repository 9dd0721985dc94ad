"""What has been said in a case: each message once, by whichever way and however often it comes."""

from collections.abc import Iterable
from dataclasses import replace

from kiosk_app.case.view.chat import ChatLine
from kiosk_app.protocol import limits
from kiosk_app.protocol.shared import Author, ChatMessage

LINES = 500  # five times a whole conversation; a console that floods cannot fill the memory


def clean_text(untrusted_text: str, limit: int = limits.CHAT_CHARS) -> str:
    """Text as it may go on the wire: trimmed, cut to ``limit``, no half surrogates."""
    return untrusted_text.encode("utf-8", "replace").decode().strip()[:limit].strip()


class ChatLog:
    """The lines in the order they are shown, and how many of the agent's are unread."""

    def __init__(self) -> None:
        self.lines: tuple[ChatLine, ...] = ()
        self.unread = 0
        self._on_the_way: dict[str, str] = {}

    @property
    def shopper_wrote(self) -> bool:
        return any(line.author is Author.SHOPPER for line in self.lines)

    @property
    def first(self) -> str:
        """What the shopper wrote first; empty where they have not."""
        return next((x.text for x in self.lines if x.author is Author.SHOPPER), "")

    @property
    def unsent(self) -> bool:
        """Whether a line of the shopper's is with nobody; the first one goes with a callback."""
        lines = [line for line in self.lines if line.author is Author.SHOPPER]
        return any(not line.delivered for line in lines[1:])

    def wrote(self, message: str, text: str, *, command: str) -> None:
        """The shopper's own line, not delivered until :meth:`delivered` of ``command``."""
        self._on_the_way[command] = message
        self._set([*self.lines, ChatLine(message, Author.SHOPPER, "", text, delivered=False)])

    def delivered(self, command: str) -> None:
        """The office has the message that ``command`` carried."""
        self._mark(self._on_the_way.pop(command, None))

    def receive(self, message: ChatMessage, *, seen: bool) -> bool:
        """Add ``message`` unless it is here already; tells whether it was new."""
        if any(line.id == message.id for line in self.lines):
            self._mark(message.id)
            return False
        self._set([*self.lines, _line(message)])
        self._count(message, seen)
        return True

    def merge(self, messages: tuple[ChatMessage, ...], *, seen: bool) -> list[ChatMessage]:
        """Take over what the office has, in its order; what it lacks stays where it was. Tells
        which were new."""
        lines = list(self.lines)
        new = []
        at = 0
        for message in messages:
            known = next((i for i, line in enumerate(lines) if line.id == message.id), None)
            if known is None:
                lines.insert(at, _line(message))
                new.append(message)
                at += 1
                self._count(message, seen)
            else:
                lines[known] = replace(lines[known], delivered=True)
                at = known + 1
        self._set(lines)
        return new

    def read(self) -> None:
        """The shopper sees the log: nothing is unread."""
        self.unread = 0

    def _mark(self, message: str | None) -> None:
        self._set(replace(x, delivered=True) if x.id == message else x for x in self.lines)

    def _count(self, message: ChatMessage, seen: bool) -> None:
        if message.author is Author.AGENT and not seen:
            self.unread += 1

    def _set(self, lines: Iterable[ChatLine]) -> None:
        self.lines = tuple(lines)[-LINES:]


def _line(message: ChatMessage) -> ChatLine:
    return ChatLine(message.id, message.author, message.name, message.text, delivered=True)
