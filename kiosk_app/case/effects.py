"""What the machine wants done. Imperative; the controller carries each out through a port."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from kiosk_app.case.consent import ConsentGrant
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.from_kiosk import FromKiosk, LeaveCallback
from kiosk_app.protocol.shared import ChatMessage, ShareEndCause
from kiosk_app.protocol.to_kiosk import OfferPeer, OrderAtTill


@dataclass(frozen=True, slots=True)
class Send:
    """Give ``message`` to the link, which sees it through breaks."""

    message: FromKiosk


@dataclass(frozen=True, slots=True)
class KeepCallback:
    """As Send, and on disk first; ``CallbackKept`` follows."""

    message: LeaveCallback


@dataclass(frozen=True, slots=True)
class StartMedia:
    """Start the media process for ``case``; ``MediaReady`` or ``MediaDied`` follows."""

    case: str


@dataclass(frozen=True, slots=True)
class StopMedia:
    """End the media process and wait for it; nothing follows."""


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """Make a peer connection for ``offer``; ``PeerAnswerMade`` or ``PeerLost`` follows."""

    offer: OfferPeer


@dataclass(frozen=True, slots=True)
class DropPeer:
    """End the peer connection that there is, if any: who is at its other end has left the case.
    Nothing follows."""


@dataclass(frozen=True, slots=True)
class SendPeerChat:
    """Send by data channel too, if one is open; the link carries it in any case."""

    message: ChatMessage


@dataclass(frozen=True, slots=True)
class SendPeerTyping:
    typing: bool


@dataclass(frozen=True, slots=True)
class SendT140:
    """One T140block of the shopper's letters, by data channel or not at all."""

    text: str


@dataclass(frozen=True, slots=True)
class StartShare:
    """Let the screen track run under ``grant``, and no longer than it lives."""

    grant: ConsentGrant


@dataclass(frozen=True, slots=True)
class StopShare:
    """Stop the screen track now."""

    cause: ShareEndCause


@dataclass(frozen=True, slots=True)
class OpenDevice:
    """Open ``device`` for the call that goes on; ``DeviceFailed`` follows if it cannot be."""

    device: CallDevice


@dataclass(frozen=True, slots=True)
class CloseDevice:
    """Close ``device``: its file is closed and nothing of it is sent any more."""

    device: CallDevice


@dataclass(frozen=True, slots=True)
class WaitingCart:
    """A cart that is not in the till, as the disk has it until ``hold_until`` (wall time).

    ``one_tap``: its visit goes on. ``code_shown``: somebody may have read the code. ``tries`` is
    what has been tried of all waiting codes together.
    """

    visit: str
    snapshot: bytes
    code: str
    code_shown: bool
    hold_until: datetime
    one_tap: bool
    tries: int


@dataclass(frozen=True, slots=True)
class KeepVisit:
    """Write down what a restart needs: the visit, its open case and the cart in the till. Nothing
    follows.

    ``snapshot`` is empty where there is no cart, ``code`` where none has been or will be shown.
    ``waiting``, where given, takes the place of all waiting carts in the same moment.
    """

    visit: str
    case: str | None
    snapshot: bytes
    code: str
    code_shown: bool
    saved_at: datetime
    hold_until: datetime
    waiting: tuple[WaitingCart, ...] | None = None


@dataclass(frozen=True, slots=True)
class SaveCart:
    """Write and sync ``visit`` with the code that will be shown; ``CartSaved`` or
    ``CartSaveFailed`` follows, and ``CartSaved`` after that if the disk takes it late.
    """

    visit: KeepVisit


@dataclass(frozen=True, slots=True)
class HoldCarts:
    """Write down the waiting carts; one that is no longer among them is deleted for good."""

    carts: tuple[WaitingCart, ...]


@dataclass(frozen=True, slots=True)
class MoveCart:
    """The cart leaves the place of the one in the till and is among the waiting ``carts``, or
    nowhere any more; in one moment."""

    carts: tuple[WaitingCart, ...]


@dataclass(frozen=True, slots=True)
class ForgetCart:
    """Delete the cart of the till from disk, for good."""


@dataclass(frozen=True, slots=True)
class ForgetCase:
    """The case is over: a restart has nothing to resume."""


@dataclass(frozen=True, slots=True)
class CarryOutOrder:
    """Carry ``order`` out if the office has signed it; ``TillOrderDone`` follows."""

    order: OrderAtTill


@dataclass(frozen=True, slots=True)
class RestoreCart:
    """Put the kept cart back into the till."""

    snapshot: bytes


@dataclass(frozen=True, slots=True)
class SearchArticles:
    """Look for ``question``; ``ArticlesFound`` with the same number follows, unless a newer
    search has come."""

    search: int
    question: str
    language: str


@dataclass(frozen=True, slots=True)
class FetchKnowledge:
    """Get the bundle that the office has announced; ``KnowledgeLoaded`` follows if it is good."""

    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class WipeTill:
    """Empty the till and everything typed in it, for the next shopper."""


@dataclass(frozen=True, slots=True)
class StartAnew:
    """End this run of the program and begin another, so that nothing of what shoppers wrote and
    said is left in its memory. Nobody is at the till."""


Effect: TypeAlias = (
    Send
    | KeepCallback
    | StartMedia
    | StopMedia
    | AnswerOffer
    | DropPeer
    | SendPeerChat
    | SendPeerTyping
    | SendT140
    | StartShare
    | StopShare
    | OpenDevice
    | CloseDevice
    | SaveCart
    | KeepVisit
    | MoveCart
    | HoldCarts
    | ForgetCart
    | ForgetCase
    | CarryOutOrder
    | RestoreCart
    | SearchArticles
    | FetchKnowledge
    | WipeTill
    | StartAnew
)

BEGINNINGS = (StartMedia, AnswerOffer, StartShare, OpenDevice)
# Carried out before the screen is drawn, and of a broken turn too.
ENDINGS = (StopShare, CloseDevice, DropPeer, StopMedia)


def endings_first(wanted: tuple[Effect, ...]) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
    """What of ``wanted`` is done before the screen is drawn, and what after it.

    An ending that follows a beginning stays behind it: it may be what ends that one.
    """
    begun = next((at for at, each in enumerate(wanted) if isinstance(each, BEGINNINGS)), None)
    early = tuple(each for each in wanted[:begun] if isinstance(each, ENDINGS))
    late = tuple(
        each
        for at, each in enumerate(wanted)
        if not isinstance(each, ENDINGS) or (begun is not None and at > begun)
    )
    return early, late
