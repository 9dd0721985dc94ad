"""What the machine wants done. Imperative; the controller carries each out through a port."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from kiosk_app.case.consent import ConsentGrant
from kiosk_app.protocol.from_kiosk import FromKiosk
from kiosk_app.protocol.shared import ChatMessage, ShareEndCause
from kiosk_app.protocol.to_kiosk import OfferPeer


@dataclass(frozen=True, slots=True)
class Send:
    """Give ``message`` to the link, which sees it through breaks."""

    message: FromKiosk


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
class StartShare:
    """Let the screen track run under ``grant``, and no longer than it lives."""

    grant: ConsentGrant


@dataclass(frozen=True, slots=True)
class StopShare:
    """Stop the screen track now."""

    cause: ShareEndCause


@dataclass(frozen=True, slots=True)
class SaveCart:
    """Write and sync the cart with the code that will be shown; ``CartSaved`` or
    ``CartSaveFailed`` follows. ``hold_until`` is wall time.
    """

    visit: str
    snapshot: bytes
    code: str
    saved_at: datetime
    hold_until: datetime


@dataclass(frozen=True, slots=True)
class KeepVisit:
    """Write down what a restart needs: the visit, its open case and the cart. Nothing follows.

    ``snapshot`` is empty where there is no cart, ``code`` where none has been shown.
    """

    visit: str
    case: str | None
    snapshot: bytes
    code: str
    saved_at: datetime
    hold_until: datetime


@dataclass(frozen=True, slots=True)
class EndVisit:
    """The visit is over: its cart moves from its place on disk to that of the held cart."""

    cart: "HoldCart"


@dataclass(frozen=True, slots=True)
class HoldCart:
    """Write down the cart of an ended visit. It needs its code, of which ``tries`` wrong ones
    have been entered."""

    visit: str
    snapshot: bytes
    code: str
    hold_until: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class ForgetHeldCart:
    """Delete the held cart from disk, for good."""


@dataclass(frozen=True, slots=True)
class ForgetCart:
    """Delete the cart of the visit that goes on from disk, for good."""


@dataclass(frozen=True, slots=True)
class ForgetCase:
    """The case is over: a restart has nothing to resume."""


@dataclass(frozen=True, slots=True)
class RestoreCart:
    """Put the kept cart back into the till."""

    snapshot: bytes


@dataclass(frozen=True, slots=True)
class WipeTill:
    """Empty the till and everything typed in it, for the next shopper."""


Effect: TypeAlias = (
    Send
    | StartMedia
    | StopMedia
    | AnswerOffer
    | DropPeer
    | SendPeerChat
    | SendPeerTyping
    | StartShare
    | StopShare
    | SaveCart
    | KeepVisit
    | EndVisit
    | HoldCart
    | ForgetHeldCart
    | ForgetCart
    | ForgetCase
    | RestoreCart
    | WipeTill
)
