"""What the screen shows of a case: one frozen value, made anew after each event.

The screens draw it and ask nobody anything. Times are :class:`Countdown`s on the monotonic clock;
the ring that shows one ticks by itself.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk_app.case.countdown import Countdown as Countdown
from kiosk_app.case.visit_view import LeavingView, OfferView, RestView, SafetyView
from kiosk_app.protocol.call import CallEndCause, CallKind, CallPhase, CallReason
from kiosk_app.protocol.handoff import LeftCart
from kiosk_app.protocol.knowledge import Block
from kiosk_app.protocol.policy import ButtonVariant
from kiosk_app.protocol.shared import Author, ShareEndCause, TillAction


class Sheet(StrEnum):
    """Which screen the overlay shows."""

    NONE = "none"
    MENU = "menu"
    QUEUE = "queue"  # waiting for a person
    JOINING = "joining"  # a named person is on the way
    CHAT = "chat"
    SAFETY = "safety"  # somebody is in danger
    CONSENT = "consent"
    HANDOFF = "handoff"  # the code for the phone
    MOVED = "moved"  # "Fortsätter i mobilen"
    FEEDBACK = "feedback"
    SAVING = "saving"  # something failed, which is said; the cart goes to disk before its promise
    FAILURE = "failure"
    CALLBACK = "callback"  # the pad for a number, and that a call is promised


class HelpState(StrEnum):
    """What the Hjälp button says under its name."""

    PROMISE = "promise"  # "Svar inom 60 sek", or what is true now
    OPEN = "open"  # "Dölj": the menu is open
    QUEUED = "queued"  # "Nummer 1 i kön"
    JOINING = "joining"  # "Lisa ansluter…"
    AGENT = "agent"  # "Lisa är här", with the number of unread lines while folded
    RECONNECTING = "reconnecting"  # "Försöker nå Lisa igen": a case is open, the link is away
    MOVED = "moved"  # "Fortsätter i mobilen"
    FEEDBACK = "feedback"  # "Klart"
    FAILED = "failed"  # "Vi ringer upp"
    CALLING = "calling"  # "Vi ringer den här skärmen"
    OFFLINE = "offline"  # "Utan kontakt just nu"
    RESTING = "resting"  # "Pausad till 14:35"


@dataclass(frozen=True, slots=True)
class HelpView:
    """``promised`` is false where no time may be promised: the office has switched it off."""

    state: HelpState = HelpState.PROMISE
    promise_seconds: int | None = 60
    agent_name: str = ""
    position: int | None = None
    unread: int = 0
    promised: bool = True
    rests_until: datetime | None = None
    button: ButtonVariant = "full"
    offline: bool = False  # the office is known to be away, whatever the button says
    late: bool = False  # who is joining should be here by now


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A key of the menu: a topic, or an article."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class MenuView:
    """``article`` covers the list. ``searched``: ``items`` is what was found, perhaps nothing.

    ``title`` is the topic that is open, empty at the top; ``depth`` how many steps lead back.
    """

    title: str = ""
    items: tuple[MenuItem, ...] = ()
    article: ArticleView | None = None
    searched: bool = False
    depth: int = 0


class LateReason(StrEnum):
    """Why the wait is longer than promised, as far as it is known."""

    NOBODY = "nobody"  # no agent is there
    OTHERS = "others"  # others are before this shopper
    BUSY = "busy"  # the next one, and nobody has been free yet


@dataclass(frozen=True, slots=True)
class QueueView:
    """``position`` is None until the office has answered.

    ``late``: why it takes longer than ``promised_seconds``; other ways are offered then.
    """

    position: int | None
    wait: Countdown | None
    text_sent: bool
    late: LateReason | None = None
    promised_seconds: int | None = None
    call_here: bool = False  # this screen is called when an agent is free; nobody needs to wait

    @property
    def nobody(self) -> bool:
        """No agent is there now."""
        return self.late is LateReason.NOBODY


@dataclass(frozen=True, slots=True)
class JoiningView:
    """``late``: the time in ``eta`` is over and nothing has been heard of the agent."""

    agent_name: str
    eta: Countdown
    late: bool = False


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


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A yes before ``armed_at`` (monotonic) is taken for a press meant for something else."""

    ask: str
    agent_name: str
    answer_within: Countdown
    armed_at: float


@dataclass(frozen=True, slots=True)
class ShareView:
    """Shown as banner, frame and countdown for as long as a grant is in force.

    ``live`` is false while a lost connection is being made anew; ``renewable`` in the last minute.
    """

    agent_name: str
    left: Countdown
    live: bool
    renewable: bool


@dataclass(frozen=True, slots=True)
class CallOfferView:
    """A yes before ``armed_at`` (monotonic) is taken for a press meant for something else.

    ``by_agent`` is false where the kiosk itself suggests it; then nothing runs out.
    """

    ask: str
    kind: CallKind
    reason: CallReason
    by_agent: bool
    armed_at: float
    answer_within: Countdown | None


@dataclass(frozen=True, slots=True)
class CallView:
    """``phase`` is never OFFERED: ``offer`` says it, in a call and outside one.

    ``camera``: the shopper's is open. ``voice`` and ``video``: what may be pressed for now.
    ``cause`` is why the last call ended.
    """

    agent_name: str
    phase: CallPhase = CallPhase.NONE
    kind: CallKind | None = None
    muted: bool = False
    camera: bool = False
    voice: bool = True
    video: bool = True
    offer: CallOfferView | None = None
    cause: CallEndCause | None = None

    @property
    def running(self) -> bool:
        """Whether both have agreed to it."""
        return self.phase in (CallPhase.CONNECTING, CallPhase.LIVE)


class HandoffState(StrEnum):
    """How it stands with the code for the phone."""

    ASKING = "asking"  # the office makes one
    READY = "ready"
    EXPIRED = "expired"
    FAILED = "failed"  # none came


@dataclass(frozen=True, slots=True)
class HandoffView:
    """``url`` is what the code holds; empty, and ``left`` None, while there is none to show."""

    state: HandoffState
    url: str = ""
    left: Countdown | None = None


@dataclass(frozen=True, slots=True)
class MovedView:
    """``cart`` is None until it is known what becomes of the cart."""

    agent_name: str
    cart: LeftCart | None = None


@dataclass(frozen=True, slots=True)
class FeedbackView:
    agent_name: str
    left: Countdown
    receipt_url: str | None = None


@dataclass(frozen=True, slots=True)
class FailureView:
    """``code`` and ``hold`` are None when the cart could not be saved: the notice then says so.

    ``empty_cart``: there was nothing to save. ``retry``: the office answers again.
    """

    code: str | None
    hold: Countdown | None
    empty_cart: bool
    retry: bool
    call: "CallbackView | None" = None


class CallbackStep(StrEnum):
    """How far a number has come."""

    ENTER = "enter"
    KEEPING = "keeping"  # on its way to disk
    UNSAFE = "unsafe"  # the disk did not take it: it is in memory until the office has it
    KEPT = "kept"  # on disk, and sent as soon as there is contact
    SENT = "sent"  # the office has it


@dataclass(frozen=True, slots=True)
class CallbackView:
    """``tail`` is the number's last two digits, all that is shown of it once it is left."""

    step: CallbackStep
    tail: str = ""


class Loss(StrEnum):
    """What "Ny kund" would take from whoever stands here."""

    NONE = "none"
    CART = "cart"
    HELP = "help"


class RestoreWay(StrEnum):
    ONE_TAP = "one_tap"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class RestoreView:
    """ "Hämta din korg": how, for how long, and how many wrong codes may still be tried."""

    way: RestoreWay
    hold: Countdown
    tries_left: int


@dataclass(frozen=True, slots=True)
class PointerView:
    """Where the agent points, from 0 to 1 of the window's width and height."""

    agent_name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TillActView:
    """What the agent has just done at the till; ``item`` is the goods it was about, if any."""

    agent_name: str
    action: TillAction
    item: str


class Notice(StrEnum):
    """One line that tells what just changed, shown until the next thing happens or 8 s."""

    SHARE_ENDED = "share_ended"  # with View.share_ended
    CONSENT_TIMED_OUT = "consent_timed_out"
    LINK_LOST = "link_lost"  # stays while the link is away
    LINK_BACK = "link_back"
    AGENT_AWAY = "agent_away"  # back in the queue, at its head
    WAIT_GREW = "wait_grew"  # more seconds than were left, and that is not done silently
    PLACE_LATER = "place_later"  # somebody was let in before
    CODE_WRONG = "code_wrong"
    CART_RESTORED = "cart_restored"
    TILL_AWAY = "till_away"  # the kept cart could not be put back just now, and is still kept
    CART_LOST = "cart_lost"  # what was kept cannot be read, and is deleted
    CALL_ENDED = "call_ended"  # not by the shopper; View.call has the cause
    CAMERA_CLOSED = "camera_closed"  # for the card-entry step
    CAMERA_MISSING = "camera_missing"  # it goes on as voice
    TILL_ACT = "till_act"  # with View.till_act
    CALL_COMES = "call_comes"  # to this screen, when an agent is free
    SLOW_DOWN = "slow_down"  # a line waits its turn
    HELP_PAUSED = "help_paused"  # with View.rest
    MEDIA_LOST = "media_lost"  # picture and sound are gone, the chat goes on


@dataclass(frozen=True, slots=True)
class View:
    """All of it. Parts that do not belong to ``sheet`` may still be set (a share goes on while the
    sheet is folded)."""

    sheet: Sheet = Sheet.NONE
    folded: bool = False
    language: str = "sv"
    help: HelpView = field(default_factory=HelpView)
    menu: MenuView | None = None
    queue: QueueView | None = None
    joining: JoiningView | None = None
    chat: ChatView | None = None
    letters: LettersView | None = None
    consent: ConsentView | None = None
    share: ShareView | None = None
    call: CallView | None = None
    handoff: HandoffView | None = None
    moved: MovedView | None = None
    feedback: FeedbackView | None = None
    failure: FailureView | None = None
    callback: CallbackView | None = None
    safety: SafetyView | None = None
    offer: OfferView | None = None
    leaving: LeavingView | None = None
    rest: RestView | None = None
    restore: RestoreView | None = None
    notice: Notice | None = None
    share_ended: ShareEndCause | None = None
    till_act: TillActView | None = None
    pointer: PointerView | None = None
    loss: Loss = Loss.NONE
    paid: bool = False
    phone: bool = False  # the shopper may go on by phone now
