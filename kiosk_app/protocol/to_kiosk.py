"""What the office says to a kiosk. It asks and tells; it can start nothing by itself."""

from typing import Annotated, Union

from msgspec import Meta

from kiosk_app.protocol import limits
from kiosk_app.protocol.call import CallKind, CallReason
from kiosk_app.protocol.handoff import PhoneUrl
from kiosk_app.protocol.knowledge import Sha256, Version
from kiosk_app.protocol.shared import (
    CasePhase,
    ChatMessage,
    Generation,
    LineId,
    Message,
    Name,
    Sdp,
    Seconds,
    TillAction,
    Utc,
    Uuid,
)

Position = Annotated[int, Meta(ge=1, le=100_000)]


class PromiseChanged(Message, tag="promise_changed", frozen=True):
    """What the button may promise now, in seconds; None when nobody can be promised."""

    seconds: Seconds | None


class KnowledgeChanged(Message, tag="knowledge_changed", frozen=True):
    """The newest help there is, at ``/knowledge/<sha256>`` of the office; said at each connection
    and after each change."""

    version: Version
    sha256: Sha256


class QueueChanged(Message, tag="queue_changed", frozen=True):
    """The case's place, 1 is next, and the expected wait; None while no agent is there."""

    case: Uuid
    position: Position
    wait_seconds: Seconds | None


class AgentJoined(Message, tag="agent_joined", frozen=True):
    case: Uuid
    agent_name: Name
    eta_seconds: Seconds


class AgentLeft(Message, tag="agent_left", frozen=True):
    """The agent's browser has been gone too long; the case is at the head of the queue again."""

    case: Uuid


class DeliverChat(Message, tag="deliver_chat", frozen=True):
    case: Uuid
    message: ChatMessage


class AskScreenShare(Message, tag="ask_screen_share", frozen=True):
    case: Uuid
    ask: Uuid


class StopScreenShare(Message, tag="stop_screen_share", frozen=True):
    case: Uuid


class AskCall(Message, tag="ask_call", frozen=True):
    """The agent would rather talk, or wants to see; the kiosk asks the shopper.

    Where the shopper has asked for a call it is the agent's yes to that.
    """

    case: Uuid
    ask: Uuid
    kind: CallKind
    reason: CallReason


class EndCall(Message, tag="end_call", frozen=True):
    """The agent hangs up, or takes the question back."""

    case: Uuid


class OrderAtTill(Message, tag="order_at_till", frozen=True):
    """Do ``action`` at the till, once, before ``expires_at``. ``order`` is the agent's command.

    ``signature``: Ed25519, base64, by the office's key over
    ``hjalp.v1|till|<kiosk>|<case>|<order>|<action>|<line>|<expires_at, ISO 8601>``. Answered with
    ``ReportTillOrder``.
    """

    case: Uuid
    order: Uuid
    action: TillAction
    line: LineId
    expires_at: Utc
    signature: Annotated[str, Meta(max_length=128)]


class OfferPeer(Message, tag="offer_peer", frozen=True):
    """The console's SDP offer. ``generation`` grows by one with each new connection."""

    case: Uuid
    generation: Generation
    nonce: Uuid
    sdp: Sdp


class HandoffReady(Message, tag="handoff_ready", frozen=True):
    """Whoever opens ``url`` first, within ``valid_seconds``, goes on with the case there.

    ``command`` is the ``AskHandoff`` that it answers.
    """

    case: Uuid
    command: Uuid
    url: PhoneUrl
    valid_seconds: Seconds


class HandedOff(Message, tag="handed_off", frozen=True):
    """The case is on the shopper's phone. The kiosk is done with it."""

    case: Uuid


class CaseResolved(Message, tag="case_resolved", frozen=True):
    """The agent is done; the kiosk asks how it went."""

    case: Uuid


class HelpPaused(Message, tag="help_paused", frozen=True):
    """An agent has ended a case and let help at this kiosk rest for ``seconds`` more: nobody is
    asked for from it until then. Articles and the safety lane go on. Said at each connection."""

    seconds: Annotated[int, Meta(ge=0, le=limits.PAUSE_MINUTES * 60)]


class CaseState(Message, tag="case_state", frozen=True):
    """How a case stands, after ``ResumeCase`` and after the office itself has been away.

    ``phase`` ended means that the office knows of no open case by this id.
    """

    case: Uuid
    phase: CasePhase
    agent_name: Name | None
    position: Position | None
    wait_seconds: Seconds | None
    chat: Annotated[tuple[ChatMessage, ...], Meta(max_length=limits.CHAT_LOG_MESSAGES)] = ()


class CommandRefused(Message, tag="command_refused", frozen=True):
    """A command of the kiosk's was understood and not carried out."""

    command: Uuid
    code: Annotated[str, Meta(max_length=40)]
    message: Annotated[str, Meta(max_length=300)]


ToKiosk = Union[  # noqa: UP007 -- one name for the schema, one type a line
    PromiseChanged,
    KnowledgeChanged,
    QueueChanged,
    AgentJoined,
    AgentLeft,
    DeliverChat,
    AskScreenShare,
    StopScreenShare,
    AskCall,
    EndCall,
    OrderAtTill,
    OfferPeer,
    HandoffReady,
    HandedOff,
    CaseResolved,
    HelpPaused,
    CaseState,
    CommandRefused,
]
