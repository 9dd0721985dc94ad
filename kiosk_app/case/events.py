"""What can happen to a case. Past tense; where a message of the office is the event, it is itself.

Presses come from the shopper's hand only: nothing but the screen makes one of those.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from kiosk_app.case.visit_events import (
    OfferAccepted,
    OfferDismissed,
    SafetyPressed,
    ScanFailed,
    StayPressed,
    Touched,
)
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallDevice, CallKind
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


# The shopper's hand -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HelpPressed:
    """Hjälp: opens the sheet, folds it, brings it back."""


@dataclass(frozen=True, slots=True)
class ClosePressed:
    """ "Stäng" or Escape: back to the till. Before a person is asked for this ends the case,
    afterwards it folds the sheet and the case goes on."""


@dataclass(frozen=True, slots=True)
class LeavePressed:
    """The shopper ends it: leaves the queue, or says goodbye to the agent."""


@dataclass(frozen=True, slots=True)
class TalkPressed:
    """ "Prata med en person", with what was written before it, if anything."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class ArticlesPressed:
    """Read the help articles while waiting; the place in the queue stays."""


@dataclass(frozen=True, slots=True)
class ChatSubmitted:
    text: str


@dataclass(frozen=True, slots=True)
class ShopperTyped:
    """A key in the chat line. ``typing`` is false when the line is empty again."""

    typing: bool


@dataclass(frozen=True, slots=True)
class ShopperWrote:
    """What stands in the chat line now, less figures that may turn out to be a scan."""

    draft: str


@dataclass(frozen=True, slots=True)
class LettersSwitched:
    """Whether the agent sees what the shopper writes before it is sent, for this visit."""

    on: bool


@dataclass(frozen=True, slots=True)
class ConsentApproved:
    """The press on "Godkänn". Only the consent screen makes one; ``ask`` names which."""

    ask: str


@dataclass(frozen=True, slots=True)
class ConsentRefused:
    ask: str


@dataclass(frozen=True, slots=True)
class ShareStopPressed:
    """ "Sluta dela"."""


@dataclass(frozen=True, slots=True)
class ShareRenewPressed:
    """ "Dela 5 min till": shows the consent screen again, and nothing more."""


@dataclass(frozen=True, slots=True)
class CallPressed:
    """ "Prata" or "Video": the shopper wants it; asked of the agent, or at once in a call."""

    kind: CallKind


@dataclass(frozen=True, slots=True)
class CallOfferAccepted:
    """Yes to the question ``ask``. Only its card on this screen makes one."""

    ask: str


@dataclass(frozen=True, slots=True)
class CallOfferRefused:
    ask: str


@dataclass(frozen=True, slots=True)
class CallMutePressed:
    """Closes the microphone, or opens it again."""


@dataclass(frozen=True, slots=True)
class CameraStopPressed:
    """Back from video to voice."""


@dataclass(frozen=True, slots=True)
class CallEndPressed:
    """Ends the call, or takes the wish for one back. The chat goes on."""


@dataclass(frozen=True, slots=True)
class HandoffPressed:
    """ "Fortsätt i mobilen", also for another code when one has run out."""


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    score: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackTouched:
    """The shopper is busy with the feedback: its time starts over."""


@dataclass(frozen=True, slots=True)
class FeedbackSkipped:
    pass


@dataclass(frozen=True, slots=True)
class NewCustomerPressed:
    """ "Ny kund": the visit ends and everything of it is wiped."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True, slots=True)
class CartRestorePressed:
    """ "Hämta din korg", in the visit that the cart belongs to."""


@dataclass(frozen=True, slots=True)
class CartCodeEntered:
    """The four digits, where the visit is another one."""

    code: str


@dataclass(frozen=True, slots=True)
class RetryPressed:
    """ "Försök igen" on the failure notice, offered once the office answers again."""


# Self-service -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MenuItemPressed:
    """A topic or an article of the menu, or an article that was found; ``item`` is its id."""

    item: str


@dataclass(frozen=True, slots=True)
class MenuBackPressed:
    """ "Tillbaka": from the article to its list, from a level to the one above."""


@dataclass(frozen=True, slots=True)
class QuestionTyped:
    """Each change of the line under "Skriv din fråga", with all that stands in it now."""

    text: str


@dataclass(frozen=True, slots=True)
class SolvedPressed:
    """ "Löste det sig?" "Ja", under an article."""


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
class CallbackPressed:
    """ "Bli uppringd": shows the pad for a number. Nothing of the case changes by it."""


@dataclass(frozen=True, slots=True)
class CallbackNumberEntered:
    """A number to call, in E.164, and the press that leaves it."""

    number: str


@dataclass(frozen=True, slots=True)
class CallKioskPressed:
    """ "Ring kioskskärmen": wait for a person at the till, and be called on this screen."""


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
    HelpPressed
    | ClosePressed
    | LeavePressed
    | TalkPressed
    | ArticlesPressed
    | CallbackPressed
    | CallbackNumberEntered
    | CallKioskPressed
    | CallbackKept
    | ChatSubmitted
    | ShopperTyped
    | ShopperWrote
    | LettersSwitched
    | ConsentApproved
    | ConsentRefused
    | ShareStopPressed
    | ShareRenewPressed
    | CallPressed
    | CallOfferAccepted
    | CallOfferRefused
    | CallMutePressed
    | CameraStopPressed
    | CallEndPressed
    | HandoffPressed
    | FeedbackGiven
    | FeedbackTouched
    | FeedbackSkipped
    | NewCustomerPressed
    | LanguageChosen
    | CartRestorePressed
    | CartCodeEntered
    | RetryPressed
    | Touched
    | ScanFailed
    | OfferAccepted
    | OfferDismissed
    | StayPressed
    | SafetyPressed
    | MenuItemPressed
    | MenuBackPressed
    | QuestionTyped
    | SolvedPressed
    | ArticlesFound
    | KnowledgeLoaded
    | PolicyChanged
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
