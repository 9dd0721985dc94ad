"""What an agent's browser says to the office. ``command`` names the change, as for a kiosk."""

from typing import Annotated, Union

from msgspec import Meta

from kiosk_app.protocol import limits
from kiosk_app.protocol.call import CallKind, CallReason
from kiosk_app.protocol.shared import (
    ChatText,
    Generation,
    LineId,
    Message,
    Sdp,
    TillAction,
    Uuid,
)

Attempt = Annotated[int, Meta(ge=1, le=1_000_000)]


class AcceptCase(Message, tag="accept_case", frozen=True):
    """Take the case offered under ``attempt``; an offer that has lapsed since is refused."""

    command: Uuid
    case: Uuid
    attempt: Attempt


class AgentChat(Message, tag="agent_chat", frozen=True):
    """``message`` is the chat message's id: the same text goes over the data channel as well."""

    command: Uuid
    case: Uuid
    message: Uuid
    text: ChatText


class RequestScreenShare(Message, tag="request_screen_share", frozen=True):
    command: Uuid
    case: Uuid


class EndScreenShare(Message, tag="end_screen_share", frozen=True):
    command: Uuid
    case: Uuid


class StartCall(Message, tag="start_call", frozen=True):
    """Ask the shopper for a call, or join the one that they ask for. The agent's microphone is
    ready by then."""

    command: Uuid
    case: Uuid
    kind: CallKind
    reason: CallReason = CallReason.GUIDANCE


class HangUp(Message, tag="hang_up", frozen=True):
    """End the call, or take back the question for one."""

    command: Uuid
    case: Uuid


class AgentOfferPeer(Message, tag="agent_offer_peer", frozen=True):
    command: Uuid
    case: Uuid
    generation: Generation
    nonce: Uuid
    sdp: Sdp


class ActAtTill(Message, tag="act_at_till", frozen=True):
    """Do ``action`` at the shopper's till; ``line`` names the cart's line where it is about one.

    The office signs it for this case, this action and this line. ``TillActed`` says what came of
    it.
    """

    command: Uuid
    case: Uuid
    action: TillAction
    line: LineId = ""


class TagCase(Message, tag="tag_case", frozen=True):
    command: Uuid
    case: Uuid
    tags: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=limits.TAG_CHARS)], ...],
        Meta(max_length=10),
    ]


class ResolveCase(Message, tag="resolve_case", frozen=True):
    command: Uuid
    case: Uuid


class PauseHelp(Message, tag="pause_help", frozen=True):
    """End the case, and let help at its kiosk rest for ``minutes``; the safety lane stays open."""

    command: Uuid
    case: Uuid
    minutes: Annotated[int, Meta(ge=1, le=limits.PAUSE_MINUTES)]


FromConsole = Union[  # noqa: UP007 -- one name for the schema, one type a line
    AcceptCase,
    AgentChat,
    RequestScreenShare,
    EndScreenShare,
    StartCall,
    HangUp,
    AgentOfferPeer,
    ActAtTill,
    TagCase,
    ResolveCase,
    PauseHelp,
]
