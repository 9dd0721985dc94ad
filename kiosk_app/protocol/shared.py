"""The values that several messages carry."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from kiosk_app.protocol import limits

# Python's ``$`` also matches before a last newline; the length does not let one in.
Uuid = Annotated[
    str,
    Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", max_length=36),
]
Name = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS)]
Short = Annotated[str, Meta(max_length=limits.SHORT_CHARS)]
ChatText = Annotated[str, Meta(min_length=1, max_length=limits.CHAT_CHARS)]
Sdp = Annotated[str, Meta(min_length=1, max_length=limits.SDP_CHARS)]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}(-[A-Za-z]{2,4})?$(?!\\n)")]
Ore = Annotated[int, Meta(ge=-100_000_000, le=100_000_000)]
Seconds = Annotated[int, Meta(ge=0, le=86_400)]
Utc = Annotated[datetime, Meta(tz=True)]
Generation = Annotated[int, Meta(ge=1, le=1_000_000)]


LineId = Annotated[str, Meta(max_length=40)]


class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of what messages carry: frozen, unknown fields refused."""


class Message(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Base of every message; each subclass gives its ``tag``."""


class PaymentStep(StrEnum):
    """Where in the purchase the shopper is."""

    IDLE = "idle"
    CART = "cart"
    PAYMENT = "payment"
    CARD_ENTRY = "card_entry"
    DECLINED = "declined"
    PAID = "paid"
    RECEIPT = "receipt"

    @property
    def bought(self) -> bool:
        """Whether the purchase is done: nothing of it is to be paid, kept or lost."""
        return self in (PaymentStep.PAID, PaymentStep.RECEIPT)


class CartLine(Value, frozen=True):
    """One row of the cart. ``amount_ore`` is the row's sum."""

    line: Annotated[str, Meta(min_length=1, max_length=40)]
    name: Name
    quantity: Annotated[int, Meta(ge=1, le=999)]
    amount_ore: Ore
    age_restricted: bool = False
    unlocked: bool = False


class Cart(Value, frozen=True):
    """What the shopper is buying. The sum of the lines' amounts is the total, in öre."""

    lines: Annotated[tuple[CartLine, ...], Meta(max_length=limits.CART_LINES)] = ()

    @property
    def total_ore(self) -> int:
        return sum(line.amount_ore for line in self.lines)

    @property
    def empty(self) -> bool:
        return not self.lines


class NetworkKind(StrEnum):
    WIRED = "wired"
    WIFI = "wifi"
    MOBILE = "mobile"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class Network(Value, frozen=True):
    """How the kiosk is connected; ``signal_dbm`` only for wifi and mobile, where it is known."""

    kind: NetworkKind = NetworkKind.UNKNOWN
    signal_dbm: Annotated[int, Meta(ge=-150, le=0)] | None = None


class BatteryState(StrEnum):
    MAINS = "mains"
    CHARGING = "charging"
    DISCHARGING = "discharging"
    UNKNOWN = "unknown"


class Battery(Value, frozen=True):
    """``percent`` is None where there is no battery or it does not say."""

    state: BatteryState = BatteryState.UNKNOWN
    percent: Annotated[int, Meta(ge=0, le=100)] | None = None


class Device(Value, frozen=True):
    """The kiosk itself."""

    model: Short = "unknown"
    system: Short = "unknown"
    app_version: Short = "unknown"
    screen: Short = "unknown"


class Position(StrEnum):
    """Where in the shop the kiosk stands."""

    ENTRANCE = "entrance"
    TILL = "till"
    SHELF = "shelf"


class ReadArticle(Value, frozen=True):
    """A help article that was opened. ``title`` is as the shopper read it."""

    id: Annotated[str, Meta(max_length=60)]
    title: Name


class HelpReason(StrEnum):
    """What the till saw before help was offered unasked, and taken."""

    DECLINES = "declines"  # the card was declined twice
    PAYMENT_IDLE = "payment_idle"  # nothing has happened in the payment for a while
    SCANS = "scans"  # three scans in a row that found nothing
    AGE = "age"  # goods that wait for an age check


class Context(Value, frozen=True):
    """Everything the system knows of the visit, so that nothing of it is asked for.

    ``read``: the articles that the shopper opened in this visit, newest last; ``asked``: what
    they looked for there. ``reason``: why help was offered, where the shopper took the offer.
    ``practice``: no shopper stands there; agents train on it, and no
    figure counts it.
    """

    store: Name
    till_name: Name
    position: Position
    cart: Cart
    step: PaymentStep
    device: Device
    network: Network
    battery: Battery
    language: Language
    declines: Annotated[int, Meta(ge=0, le=999)] = 0
    channel: Literal["kiosk_screen", "phone"] = "kiosk_screen"
    practice: bool = False
    read: Annotated[tuple[ReadArticle, ...], Meta(max_length=limits.READ_ARTICLES)] = ()
    asked: Annotated[tuple[Short, ...], Meta(max_length=limits.ASKED_QUESTIONS)] = ()
    reason: HelpReason | None = None


class Author(StrEnum):
    SHOPPER = "shopper"
    AGENT = "agent"


class ChatMessage(Value, frozen=True):
    """One line of chat. It may arrive by data channel and by link; ``id`` tells they are one."""

    id: Uuid
    author: Author
    name: Short
    text: ChatText
    sent_at: Utc


PhoneNumber = Annotated[str, Meta(pattern="^(\\+[1-9][0-9]{6,14})?$", max_length=16)]
"""E.164, or empty where there is none."""


class CallbackWay(StrEnum):
    """How the shopper is called back."""

    PHONE = "phone"
    KIOSK = "kiosk"  # the kiosk's own screen: the case waits there


class EndCause(StrEnum):
    """Why a case ended."""

    RESOLVED = "resolved"  # the agent said so
    SELF_SOLVED = "self_solved"  # the shopper said that an article helped
    LEFT_MENU = "left_menu"  # closed the menu: no person was asked for, and no yes given
    LEFT_QUEUE = "left_queue"
    CALLBACK = "callback"  # the shopper waits for a call instead
    CALL_MISSED = "call_missed"  # nobody made that call in time, and its number is deleted
    SHOPPER_ENDED = "shopper_ended"
    NEW_CUSTOMER = "new_customer"
    PAUSED = "paused"  # the agent ended it, and help at this kiosk rests for a while
    FAILED = "failed"


class ShareEndCause(StrEnum):
    """Why a share ended."""

    SHOPPER_STOPPED = "shopper_stopped"
    AGENT_STOPPED = "agent_stopped"
    DEADLINE = "deadline"
    CARD_ENTRY = "card_entry"
    CASE_ENDED = "case_ended"
    MEDIA_LOST = "media_lost"
    PEER_LOST = "peer_lost"
    LINK_LOST = "link_lost"


class ShareAnswer(StrEnum):
    """What came of the question whether the screen may be seen."""

    GRANTED = "granted"
    REFUSED = "refused"  # the shopper's own no
    TIMED_OUT = "timed_out"  # nobody answered
    NOT_NOW = "not_now"  # the kiosk could not ask, or had to take the question away
    NOT_HERE = "not_here"  # what is sensitive on this till's screen is not known: never shown


class TillAction(StrEnum):
    """What an agent may do at the till, at the shopper's eyes."""

    UNLOCK_LINE = "unlock_line"  # let an age-restricted line be bought
    RESUME_PAYMENT = "resume_payment"
    VOID_LINE = "void_line"


class TillOutcome(StrEnum):
    """What came of an agent's action at the till; whatever is not ``done`` changed nothing."""

    DONE = "done"
    MOVED_ON = "moved_on"  # the line is gone, or the step is another one
    EXPIRED = "expired"  # it came too late, or one of the clocks is wrong
    USED = "used"  # it has been carried out once
    NOT_SIGNED = "not_signed"  # not by this kiosk's office, or the kiosk knows no office's key
    NOT_NOW = "not_now"  # no agent is in the case any more


class CasePhase(StrEnum):
    """Where a case is, as the office sees it."""

    BROWSING = "browsing"  # the overlay is open, no person asked for yet
    QUEUED = "queued"
    ACTIVE = "active"
    ENDED = "ended"
