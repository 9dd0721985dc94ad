"""What a kiosk says to the office. Every message is a fact or a request about its own case.

Each carries ``command``, a UUID under which the office stores the change in one transaction, so
that a message sent again after a break changes nothing twice.
"""

from typing import Annotated, Union

from msgspec import Meta

from kiosk_app.protocol import limits
from kiosk_app.protocol.call import CallNow
from kiosk_app.protocol.handoff import CartNow
from kiosk_app.protocol.shared import (
    CallbackWay,
    ChatMessage,
    Context,
    EndCause,
    Generation,
    Language,
    Message,
    PhoneNumber,
    Sdp,
    Seconds,
    ShareAnswer,
    ShareEndCause,
    Short,
    TillOutcome,
    Utc,
    Uuid,
)


class OpenCase(Message, tag="open_case", frozen=True):
    """Hjälp was pressed. ``promised_seconds`` is what the button said then, or None.

    ``over``: the case was closed before the office could hear of it, and its ``CloseCase`` comes
    next. It is written down and shown to nobody.
    """

    command: Uuid
    case: Uuid
    visit: Uuid
    pressed_at: Utc
    promised_seconds: Seconds | None
    context: Context
    over: bool = False


class JoinQueue(Message, tag="join_queue", frozen=True):
    """The shopper wants a person. ``message`` is the chat's first line, if they wrote one.

    ``promised_seconds`` is what the shopper last read before asking, and what is counted; it may
    be another promise than the one at the press of Hjälp. None: nobody could be promised.

    ``safety``: somebody is locked in, afraid or hurt. They come before everyone; for a case that
    waits already, or is somebody's, it says so from now on.
    """

    command: Uuid
    case: Uuid
    message: ChatMessage | None = None
    promised_seconds: Seconds | None = None
    safety: bool = False


class LeaveCallback(Message, tag="leave_callback", frozen=True):
    """The shopper wants to be called. ``asked_at`` is when that was, however late this arrives.

    By ``phone``, ``case`` is a new one that needs no kiosk any more, with the ``number`` to call.
    By ``kiosk``, it is the case that was just opened: it waits in the queue, as after JoinQueue.
    ``about`` is what the shopper had written, if anything. A second one of the same visit takes
    the place of the first while nobody has called.
    """

    command: Uuid
    case: Uuid
    visit: Uuid
    asked_at: Utc
    way: CallbackWay
    context: Context
    number: PhoneNumber = ""
    about: Annotated[str, Meta(max_length=limits.CHAT_CHARS)] = ""


class ContextChanged(Message, tag="context_changed", frozen=True):
    """Cart, step, network or language moved on while the case is open."""

    command: Uuid
    case: Uuid
    context: Context


class SendChat(Message, tag="send_chat", frozen=True):
    command: Uuid
    case: Uuid
    message: ChatMessage


class AnswerScreenShare(Message, tag="answer_screen_share", frozen=True):
    """What came of the consent screen ``ask``; whatever is not ``granted`` is a no.

    ``text_version`` and ``language`` name the very words that were agreed to or refused.
    """

    command: Uuid
    case: Uuid
    ask: Uuid
    answer: ShareAnswer
    answered_at: Utc
    text_version: Short
    language: Language
    deadline_seconds: Seconds

    @property
    def granted(self) -> bool:
        return self.answer is ShareAnswer.GRANTED


class ReportShareEnded(Message, tag="report_share_ended", frozen=True):
    command: Uuid
    case: Uuid
    ask: Uuid
    cause: ShareEndCause
    shared_seconds: Seconds


class ReportCall(Message, tag="report_call", frozen=True):
    """The call as it stands after a change. ``text_version`` and ``language`` name the words under
    which it was offered or asked for."""

    command: Uuid
    case: Uuid
    call: CallNow
    at: Utc
    text_version: Short
    language: Language


class ReportTillOrder(Message, tag="report_till_order", frozen=True):
    """What came of the office's ``order`` at the till."""

    command: Uuid
    case: Uuid
    order: Uuid
    outcome: TillOutcome


class AnswerPeer(Message, tag="answer_peer", frozen=True):
    """The SDP answer to offer ``generation``, complete (aiortc does not trickle).

    ``signature`` is Ed25519, base64, by the kiosk's key over
    ``hjalp.v1|peer|<case>|<role>|<nonce>|<fingerprint>`` with role ``answer``, the offer's nonce
    and the SHA-256 DTLS fingerprint as in the SDP, so that nobody between can swap the media.
    """

    command: Uuid
    case: Uuid
    generation: Generation
    sdp: Sdp
    signature: Annotated[str, Meta(max_length=128)]


class ReportPeerLost(Message, tag="report_peer_lost", frozen=True):
    """Connection ``generation`` is gone, or never came up; the console should offer a new one."""

    command: Uuid
    case: Uuid
    generation: Annotated[int, Meta(ge=0, le=1_000_000)]
    reason: Short


class GiveFeedback(Message, tag="give_feedback", frozen=True):
    """One of five faces, 1 angry … 5 glad."""

    command: Uuid
    case: Uuid
    score: Annotated[int, Meta(ge=1, le=5)]
    text: Annotated[str, Meta(max_length=500)] = ""


class CloseCase(Message, tag="close_case", frozen=True):
    """``article`` is the help article that solved it, where the shopper said so."""

    command: Uuid
    case: Uuid
    cause: EndCause
    ended_at: Utc
    article: Annotated[str, Meta(max_length=60)] = ""


class AskHandoff(Message, tag="ask_handoff", frozen=True):
    """The shopper wants to go on by phone; answered by ``HandoffReady``.

    A code that was made before for the same case is worth nothing from then on.
    """

    command: Uuid
    case: Uuid


class WithdrawHandoff(Message, tag="withdraw_handoff", frozen=True):
    """The shopper went back: the code that was shown is worth nothing any more."""

    command: Uuid
    case: Uuid


class ReportHandoff(Message, tag="report_handoff", frozen=True):
    """After ``HandedOff``: what became of the cart. The kiosk's last word of the case."""

    command: Uuid
    case: Uuid
    cart: CartNow


class ResumeCase(Message, tag="resume_case", frozen=True):
    """After a restart or a long break: how does this case stand? Answered by ``CaseState``."""

    command: Uuid
    case: Uuid


FromKiosk = Union[  # noqa: UP007 -- one name for the schema, one type a line
    OpenCase,
    JoinQueue,
    LeaveCallback,
    ContextChanged,
    SendChat,
    AnswerScreenShare,
    ReportShareEnded,
    ReportCall,
    ReportTillOrder,
    AnswerPeer,
    ReportPeerLost,
    GiveFeedback,
    CloseCase,
    AskHandoff,
    WithdrawHandoff,
    ReportHandoff,
    ResumeCase,
]
