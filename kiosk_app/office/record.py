"""What the office keeps of a case, a kiosk, an agent: frozen values, as the store holds them."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from kiosk_app.protocol.call import CallNow
from kiosk_app.protocol.handoff import CartNow
from kiosk_app.protocol.shared import (
    CallbackWay,
    CasePhase,
    ChatMessage,
    Context,
    EndCause,
    ShareAnswer,
    ShareEndCause,
)


class Share(Struct, frozen=True):
    """How the screen share of a case stands. ``ask`` names the question that it is about.

    ``since`` is when the state began, ``seconds`` for how long the shopper granted it,
    ``answer`` what came of the question where it was no yes.
    """

    state: Annotated[str, Meta(pattern="^(none|asked|granted|denied|ended)$")] = "none"
    ask: str | None = None
    since: datetime | None = None
    seconds: int = 0
    cause: ShareEndCause | None = None
    answer: ShareAnswer | None = None

    @property
    def live(self) -> bool:
        return self.state in ("asked", "granted")

    def over(self, cause: ShareEndCause) -> "Share":
        """The same share, ended for ``cause``."""
        return msgspec.structs.replace(self, state="ended", cause=cause)


class Callback(Struct, frozen=True):
    """Somebody waits for a call. ``number`` is E.164, and empty once the case is over.

    ``asked_at`` is the kiosk's time; ``left_at``, when the office had it, ``taken_at``, when an
    agent last took it on, and ``missed_at``, when it was given up, are the office's.
    """

    way: CallbackWay
    asked_at: datetime
    number: str = ""
    left_at: datetime | None = None
    taken_at: datetime | None = None
    missed_at: datetime | None = None


class Earlier(Struct, frozen=True):
    """The same visit's case before this one, as it was when this one came."""

    case: str
    pressed_at: datetime
    cause: EndCause | None


class CaseRecord(Struct, frozen=True):
    """A case as it stands. ``version`` grows by one with each change and guards it.

    ``place`` orders the queue, lowest first; ``attempt`` is the offer that an accept must name;
    ``safety``: somebody is in danger. ``paused_until`` is for how long the agent who ended it let
    help at the kiosk rest. ``generation`` is the last peer connection that was offered. SDP and
    chat are not in here.
    """

    case: str
    visit: str
    kiosk: str
    phase: CasePhase
    context: Context
    pressed_at: datetime
    promised_seconds: int | None
    version: int = 1
    queued_at: datetime | None = None
    place: int = 0
    attempt: int = 1
    agent: str | None = None
    agent_name: str | None = None
    answered_at: datetime | None = None
    first_text: str = ""
    share: Share = Share()
    call: CallNow = CallNow()
    tags: tuple[str, ...] = ()
    generation: int = 0
    ended_at: datetime | None = None
    cause: EndCause | None = None
    score: int | None = None
    feedback: str = ""
    callback: Callback | None = None
    earlier: Earlier | None = None
    cart_now: CartNow | None = None  # after a hand-off, what the kiosk did with the cart
    safety: bool = False
    paused_until: datetime | None = None

    @property
    def by_phone(self) -> bool:
        """Whether this is a number to call: no kiosk waits for it, and no queue."""
        return self.callback is not None and self.callback.way is CallbackWay.PHONE

    @property
    def missed(self) -> bool:
        """Whether this is a call that nobody made in time; its number is gone."""
        return self.callback is not None and self.callback.missed_at is not None

    @property
    def on_phone(self) -> bool:
        """Whether it has gone on in the shopper's phone; ``kiosk`` is where it began."""
        return self.context.channel == "phone"

    @property
    def shopper_at(self) -> str:
        """Who acts for the shopper, for the case log."""
        return "phone" if self.on_phone else self.kiosk

    @property
    def open(self) -> bool:
        return self.phase is not CasePhase.ENDED

    @property
    def answered_seconds(self) -> float | None:
        """From joining the queue to the first agent; time with the menu does not count."""
        if self.queued_at is None or self.answered_at is None:
            return None
        return max(0.0, (self.answered_at - self.queued_at).total_seconds())


class Event(Struct, frozen=True):
    """One line of the case log: written once, never changed. ``detail`` holds no chat text."""

    kind: str
    at: datetime
    actor: str
    detail: dict[str, Any] = {}


class Change(Struct, frozen=True):
    """What one command does at ``at``, written in one transaction or not at all.

    ``command`` makes it exactly once; ``chat`` is appended, ``forget_chat`` deletes what was said.
    """

    record: CaseRecord
    events: tuple[Event, ...] = ()
    chat: tuple[ChatMessage, ...] = ()
    command: str | None = None
    forget_chat: bool = False
    at: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))


class Wait(Struct, frozen=True):
    """How long a shopper waited for a person, for the figures."""

    case: str
    queued_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    promised_seconds: int | None


class Kiosk(Struct, frozen=True):
    """A kiosk that may connect. ``public_key`` is the raw Ed25519 key in base64."""

    kiosk: str
    public_key: str
    store: str
    till_name: str
    position: str


class Agent(Struct, frozen=True):
    agent: str
    name: str


def wait_of(record: CaseRecord) -> Wait | None:
    """The wait of ``record``, or None where no person was asked for, or only for practice."""
    if record.queued_at is None or record.context.practice:
        return None
    return Wait(
        case=record.case,
        queued_at=record.queued_at,
        answered_at=record.answered_at,
        ended_at=record.ended_at,
        promised_seconds=record.promised_seconds,
    )


def changed(record: CaseRecord, **fields: Any) -> CaseRecord:
    """``record`` with ``fields`` replaced, as its next version."""
    return msgspec.structs.replace(record, version=record.version + 1, **fields)
