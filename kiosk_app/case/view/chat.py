"""The chat, and the letters of a line while it is written."""

from dataclasses import dataclass

from kiosk_app.protocol.shared import Author


@dataclass(frozen=True, slots=True)
class ChatLine:
    """``delivered`` is false until the office (or the agent directly) has it."""

    id: str
    author: Author
    name: str
    text: str
    delivered: bool


@dataclass(frozen=True, slots=True)
class ChatView:
    agent_name: str
    lines: tuple[ChatLine, ...] = ()
    agent_typing: bool = False


@dataclass(frozen=True, slots=True)
class LettersView:
    """Real-time text: ``remote`` is what the agent has written and not sent, ``local`` what the
    agent has of the shopper's draft; lost text is U+FFFD in them.

    ``live``: letters go just now. ``on``: the shopper lets theirs be seen. ``alerts`` grows with
    each call for attention.
    """

    agent_name: str
    live: bool
    on: bool = True
    remote: str = ""
    local: str = ""
    alerts: int = 0
