"""What can happen to a case. Past tense; where a message of the office is the event, it is itself.

What comes from the shopper's hand stands in ``presses`` and can be had from here as well.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from kiosk_app.case.presses import ArticlesPressed as ArticlesPressed
from kiosk_app.case.presses import CallbackNumberEntered as CallbackNumberEntered
from kiosk_app.case.presses import CallbackPressed as CallbackPressed
from kiosk_app.case.presses import CallEndPressed as CallEndPressed
from kiosk_app.case.presses import CallKioskPressed as CallKioskPressed
from kiosk_app.case.presses import CallMutePressed as CallMutePressed
from kiosk_app.case.presses import CallOfferAccepted as CallOfferAccepted
from kiosk_app.case.presses import CallOfferRefused as CallOfferRefused
from kiosk_app.case.presses import CallPressed as CallPressed
from kiosk_app.case.presses import CameraStopPressed as CameraStopPressed
from kiosk_app.case.presses import CartCodeEntered as CartCodeEntered
from kiosk_app.case.presses import CartRestorePressed as CartRestorePressed
from kiosk_app.case.presses import ChatSubmitted as ChatSubmitted
from kiosk_app.case.presses import ClosePressed as ClosePressed
from kiosk_app.case.presses import ConsentApproved as ConsentApproved
from kiosk_app.case.presses import ConsentRefused as ConsentRefused
from kiosk_app.case.presses import FeedbackGiven as FeedbackGiven
from kiosk_app.case.presses import FeedbackSkipped as FeedbackSkipped
from kiosk_app.case.presses import FeedbackTouched as FeedbackTouched
from kiosk_app.case.presses import HandoffPressed as HandoffPressed
from kiosk_app.case.presses import HelpPressed as HelpPressed
from kiosk_app.case.presses import LanguageChosen as LanguageChosen
from kiosk_app.case.presses import LeavePressed as LeavePressed
from kiosk_app.case.presses import LettersSwitched as LettersSwitched
from kiosk_app.case.presses import MenuBackPressed as MenuBackPressed
from kiosk_app.case.presses import MenuItemPressed as MenuItemPressed
from kiosk_app.case.presses import NewCustomerPressed as NewCustomerPressed
from kiosk_app.case.presses import OfferAccepted as OfferAccepted
from kiosk_app.case.presses import OfferDismissed as OfferDismissed
from kiosk_app.case.presses import Press
from kiosk_app.case.presses import QuestionTyped as QuestionTyped
from kiosk_app.case.presses import RetryPressed as RetryPressed
from kiosk_app.case.presses import SafetyPressed as SafetyPressed
from kiosk_app.case.presses import ScanFailed as ScanFailed
from kiosk_app.case.presses import ShareRenewPressed as ShareRenewPressed
from kiosk_app.case.presses import ShareStopPressed as ShareStopPressed
from kiosk_app.case.presses import ShopperTyped as ShopperTyped
from kiosk_app.case.presses import ShopperWrote as ShopperWrote
from kiosk_app.case.presses import SolvedPressed as SolvedPressed
from kiosk_app.case.presses import StayPressed as StayPressed
from kiosk_app.case.presses import TalkPressed as TalkPressed
from kiosk_app.case.presses import Touched as Touched
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.hours import WeekHours
from kiosk_app.protocol.knowledge import Bundle
from kiosk_app.protocol.policy import KioskPolicy
from kiosk_app.protocol.shared import (
    Battery,
    Cart,
    ChatMessage,
    Device,
    Network,
    PaymentStep,
    TillOutcome,
)


@dataclass(frozen=True, slots=True)
class Now:
    """The two times at which an event is handled; see :mod:`kiosk_app.base.clock`."""

    monotonic: float
    wall: datetime


# Self-service ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArticlesFound:
    """What search number ``search`` found, as ids, best first."""

    search: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnowledgeLoaded:
    """The newest help that this kiosk has and trusts."""

    bundle: Bundle


@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """What the office has switched on here, at the start and when that changes."""

    policy: KioskPolicy


@dataclass(frozen=True, slots=True)
class HoursChanged:
    """When somebody answers here, at the start and when the office changes that."""

    hours: WeekHours


# The till ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TillChanged:
    """Cart or step moved on. ``snapshot`` is the till's own form of its cart, to restore it by."""

    cart: Cart
    step: PaymentStep
    declines: int
    snapshot: bytes


# The kiosk's own parts --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TillOrderDone:
    """What came of the office's ``order``; ``item`` names the goods it was about, if any."""

    order: to_kiosk.OrderAtTill
    outcome: TillOutcome
    item: str


@dataclass(frozen=True, slots=True)
class DeviceSensed:
    device: Device
    network: Network
    battery: Battery


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The office answers. ``resumed`` is false when it (or we) forgot what was on the way."""

    resumed: bool
    promise_seconds: int | None


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The office does not answer; the link keeps trying."""


@dataclass(frozen=True, slots=True)
class CommandDelivered:
    """The office has the message with this command id."""

    command: str


@dataclass(frozen=True, slots=True)
class CallbackKept:
    """The message with this command id is on disk, or is not and is in memory only."""

    command: str
    on_disk: bool


@dataclass(frozen=True, slots=True)
class MediaReady:
    """The media process is up and waits for an offer."""


@dataclass(frozen=True, slots=True)
class MediaDied:
    """The media process is gone without being asked to."""

    reason: str


@dataclass(frozen=True, slots=True)
class PeerAnswerMade:
    """The answer to offer ``generation``, with the signature of the kiosk's key over it."""

    generation: int
    sdp: str
    signature: str


@dataclass(frozen=True, slots=True)
class PeerConnected:
    generation: int


@dataclass(frozen=True, slots=True)
class PeerLost:
    generation: int
    reason: str


@dataclass(frozen=True, slots=True)
class ShareWentLive:
    """Whether the screen track sends frames just now."""

    live: bool


@dataclass(frozen=True, slots=True)
class DeviceFailed:
    """``device`` cannot be opened, or is gone; ``reason`` is a sentence for the log."""

    device: CallDevice
    reason: str


@dataclass(frozen=True, slots=True)
class PeerChatReceived:
    """A chat message by data channel; the link may bring the same one."""

    message: ChatMessage


@dataclass(frozen=True, slots=True)
class AgentTyped:
    typing: bool


@dataclass(frozen=True, slots=True)
class T140Opened:
    """Connection ``generation`` carries real-time text from now on."""

    generation: int


@dataclass(frozen=True, slots=True)
class T140Received:
    """A T140block of whoever is at the other end of connection ``generation``."""

    generation: int
    text: str


@dataclass(frozen=True, slots=True)
class AgentPointed:
    """At a place on the shared screen, from 0 to 1 of its width and height."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class CartSaved:
    """The cart is on disk, synced."""


@dataclass(frozen=True, slots=True)
class CartSaveFailed:
    """It is not; ``reason`` is a sentence for the log."""

    reason: str


@dataclass(frozen=True, slots=True)
class CartRestoreUnanswered:
    """The till did not answer: the cart still waits to be fetched."""


@dataclass(frozen=True, slots=True)
class CartRestoreFailed:
    """The till cannot read the saved cart; ``reason`` is a sentence for the log."""

    reason: str


@dataclass(frozen=True, slots=True)
class VisitRecovered:
    """At start: the visit that went on when the last run ended, with the cart that stood in the
    till. Sent once, before any press.

    ``hold_seconds`` is how long the cart may still be kept, by the rule in ``cart_hold``.
    """

    visit: str
    case: str | None
    snapshot: bytes
    code: str
    code_shown: bool
    hold_seconds: float


@dataclass(frozen=True, slots=True)
class RecoveredCart:
    """One that was waiting, as ``effects.WaitingCart`` has it."""

    visit: str
    snapshot: bytes
    code: str
    code_shown: bool
    hold_seconds: float
    one_tap: bool
    tries: int


@dataclass(frozen=True, slots=True)
class CartsRecovered:
    """At start: the carts that were waiting when the last run ended, oldest first. Sent once,
    before ``VisitRecovered``."""

    carts: tuple[RecoveredCart, ...]


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Nothing but the clock: some deadline may have come."""


Event: TypeAlias = (
    Press
    | CallbackKept
    | ArticlesFound
    | KnowledgeLoaded
    | PolicyChanged
    | HoursChanged
    | TillChanged
    | TillOrderDone
    | DeviceSensed
    | LinkUp
    | LinkLost
    | CommandDelivered
    | MediaReady
    | MediaDied
    | PeerAnswerMade
    | PeerConnected
    | PeerLost
    | ShareWentLive
    | DeviceFailed
    | PeerChatReceived
    | AgentTyped
    | AgentPointed
    | T140Opened
    | T140Received
    | CartSaved
    | CartSaveFailed
    | CartRestoreFailed
    | CartRestoreUnanswered
    | VisitRecovered
    | CartsRecovered
    | TimePassed
    | to_kiosk.ToKiosk
)
