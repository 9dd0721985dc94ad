"""What the screen shows of a visit beside its case: an offer, a countdown, a rest, a danger."""

from dataclasses import dataclass
from datetime import datetime

from kiosk_app.case.countdown import Countdown
from kiosk_app.protocol.shared import HelpReason


@dataclass(frozen=True, slots=True)
class OfferView:
    """Help is offered, and why."""

    reason: HelpReason


@dataclass(frozen=True, slots=True)
class LeavingView:
    """Is anyone there? If not, the visit ends when ``left`` is over, and the ``cart`` with it."""

    left: Countdown
    cart: bool


@dataclass(frozen=True, slots=True)
class RestView:
    """No person may be asked for before ``until`` (wall time); the safety lane goes on."""

    until: datetime
    by_agent: bool


@dataclass(frozen=True, slots=True)
class SafetyView:
    """``reached``: the office has it and somebody is there. ``number`` is the shop's, or empty."""

    reached: bool
    number: str
