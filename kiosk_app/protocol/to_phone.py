"""What the office says to a phone that a case has gone on to.

``PhoneReady`` comes first on every connection and makes up for all that was missed; what follows
is what a kiosk would hear.
"""

from typing import Annotated, Union

from msgspec import Meta

from kiosk_app.protocol import limits
from kiosk_app.protocol.handoff import CartNow
from kiosk_app.protocol.shared import (
    Cart,
    CasePhase,
    ChatMessage,
    Language,
    Message,
    Name,
    Seconds,
    Utc,
    Uuid,
)
from kiosk_app.protocol.to_kiosk import (
    AgentJoined,
    AgentLeft,
    AskCall,
    CaseResolved,
    CommandRefused,
    DeliverChat,
    EndCall,
    OfferPeer,
    Position,
    QueueChanged,
)


class PhoneReady(Message, tag="phone_ready", frozen=True):
    """The case as it stands. ``phase`` ended: it is over, and nothing else of it is said.

    ``now`` is the office's time, for what runs out at a time of day. ``cart_now`` is None until
    the kiosk has said what became of the cart.
    """

    case: Uuid
    now: Utc
    language: Language
    store: Name
    phase: CasePhase
    agent_name: Name | None = None
    position: Position | None = None
    wait_seconds: Seconds | None = None
    cart: Cart = Cart()
    cart_now: CartNow | None = None
    chat: Annotated[tuple[ChatMessage, ...], Meta(max_length=limits.CHAT_LOG_MESSAGES)] = ()


class CartLeft(Message, tag="cart_left", frozen=True):
    """The kiosk has said what became of the cart."""

    case: Uuid
    cart_now: CartNow


class CommandDone(Message, tag="command_done", frozen=True):
    """The office has carried the command out, now or before."""

    command: Uuid


ToPhone = Union[  # noqa: UP007 -- one name for the schema, one type a line
    PhoneReady,
    CartLeft,
    QueueChanged,
    AgentJoined,
    AgentLeft,
    DeliverChat,
    AskCall,
    EndCall,
    OfferPeer,
    CaseResolved,
    CommandDone,
    CommandRefused,
]
