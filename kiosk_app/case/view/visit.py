"""Shown of a visit beside its case: a kept cart, an offer, a countdown, a rest, a danger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk_app.case.view.countdown import Countdown
from kiosk_app.protocol.shared import HelpReason


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
