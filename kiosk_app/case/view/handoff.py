"""On to the shopper's phone: the code, and what is said once it is used."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk_app.case.view.countdown import Countdown
from kiosk_app.protocol.handoff import LeftCart


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
