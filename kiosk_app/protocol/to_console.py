"""What the office says to an agent's browser."""

from typing import Annotated, Union

from msgspec import Meta

from kiosk_app.protocol import limits
from kiosk_app.protocol.call import CallNow
from kiosk_app.protocol.from_console import Attempt
from kiosk_app.protocol.shared import (
    CallbackWay,
    CasePhase,
    ChatMessage,
    Context,
    EndCause,
    Generation,
    Message,
    Name,
    PhoneNumber,
    Sdp,
    Seconds,
    ShareAnswer,
    ShareEndCause,
    Short,
    TillOutcome,
    Utc,
    Uuid,
    Value,
)


class ShareState(Value, frozen=True):
    """``asked`` waits for the shopper; ``granted`` has ``seconds_left``; ``denied`` has the
    ``answer``; ``ended`` has a cause."""

    state: Annotated[str, Meta(pattern="^(none|asked|granted|denied|ended)$")] = "none"
    seconds_left: Seconds | None = None
    cause: ShareEndCause | None = None
    answer: ShareAnswer | None = None


class CallbackCard(Value, frozen=True):
    """Who waits for a call: ``number`` to dial and ``shown`` to read; both empty by ``kiosk``, and
    once nobody has called in time, since ``missed_at``."""

    way: CallbackWay
    asked_at: Utc
    number: PhoneNumber = ""
    shown: Short = ""
    missed_at: Utc | None = None


class EarlierCase(Value, frozen=True):
    """Another case of the same visit: the one before this one, or a call that is still waited
    for."""

    case: Uuid
    pressed_at: Utc
    cause: EndCause | None = None
    waits_for_call: bool = False


class CaseCard(Value, frozen=True):
    """One case as the lists and the panel show it. ``safety``: before everyone, loudly."""

    case: Uuid
    kiosk: Name
    kiosk_key: Annotated[str, Meta(max_length=128)]
    phase: CasePhase
    attempt: Attempt | None
    agent_name: Name | None
    mine: bool
    pressed_at: Utc
    queued_at: Utc | None
    promised_seconds: Seconds | None
    answered_seconds: Seconds | None
    first_text: Annotated[str, Meta(max_length=limits.CHAT_CHARS)]
    context: Context
    share: ShareState
    call: CallNow
    kiosk_gone_since: Utc | None
    tags: tuple[Short, ...]
    callback: CallbackCard | None = None
    earlier: EarlierCase | None = None
    safety: bool = False


class Figures(Value, frozen=True):
    """The top bar's figures of the day."""

    queued: int
    longest_wait_seconds: Seconds
    promise_kept_percent: Annotated[int, Meta(ge=0, le=100)] | None
    answer_seconds: Seconds | None


class ConsoleReady(Message, tag="console_ready", frozen=True):
    """The first message: who is logged in, the time there, and every case that is open."""

    agent_name: Name
    now: Utc
    max_cases: int
    cases: tuple[CaseCard, ...]
    figures: Figures


class CaseChanged(Message, tag="case_changed", frozen=True):
    """A case is new or different; replaces what was known of it."""

    card: CaseCard


class CaseGone(Message, tag="case_gone", frozen=True):
    """Ended, with its cause: out of every list."""

    case: Uuid
    cause: EndCause


class FiguresChanged(Message, tag="figures_changed", frozen=True):
    figures: Figures


class ChatLog(Message, tag="chat_log", frozen=True):
    """Everything said so far in a case of the agent's; sent at accept and after a reconnect."""

    case: Uuid
    messages: Annotated[tuple[ChatMessage, ...], Meta(max_length=limits.CHAT_LOG_MESSAGES)]


class ChatAdded(Message, tag="chat_added", frozen=True):
    case: Uuid
    message: ChatMessage


class TillActed(Message, tag="till_acted", frozen=True):
    """What came of the ``ActAtTill`` with this command."""

    command: Uuid
    case: Uuid
    outcome: TillOutcome


class PeerAnswered(Message, tag="peer_answered", frozen=True):
    """The kiosk's answer to offer ``generation``; check ``signature`` with the card's key."""

    case: Uuid
    generation: Generation
    sdp: Sdp
    signature: Annotated[str, Meta(max_length=128)]


class PeerWanted(Message, tag="peer_wanted", frozen=True):
    """Make a new connection: the kiosk lost ``lost_generation`` (0: never had one)."""

    case: Uuid
    lost_generation: Annotated[int, Meta(ge=0, le=1_000_000)]


class ConsoleRefused(Message, tag="console_refused", frozen=True):
    """A command was not carried out; ``message`` says why and what to do."""

    command: Uuid | None
    code: Annotated[str, Meta(max_length=40)]
    message: Annotated[str, Meta(max_length=300)]


ToConsole = Union[  # noqa: UP007 -- one name for the schema, one type a line
    ConsoleReady,
    CaseChanged,
    CaseGone,
    FiguresChanged,
    ChatLog,
    ChatAdded,
    TillActed,
    PeerAnswered,
    PeerWanted,
    ConsoleRefused,
]
