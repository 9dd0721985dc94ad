"""How a case ends: with feedback, a failure, or a call that is promised."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk_app.case.view.countdown import Countdown


@dataclass(frozen=True, slots=True)
class FeedbackView:
    agent_name: str
    left: Countdown
    receipt_url: str | None = None


class CallbackStep(StrEnum):
    """How far a number has come."""

    ENTER = "enter"
    KEEPING = "keeping"  # on its way to disk
    UNSAFE = "unsafe"  # the disk did not take it: it is in memory until the office has it
    KEPT = "kept"  # on disk, and sent as soon as there is contact
    SENT = "sent"  # the office has it


@dataclass(frozen=True, slots=True)
class CallbackView:
    """``tail`` is the number's last two digits, all that is shown of it once it is left."""

    step: CallbackStep
    tail: str = ""


@dataclass(frozen=True, slots=True)
class FailureView:
    """``code`` and ``hold`` are None when the cart could not be saved: the notice then says so.

    ``empty_cart``: there was nothing to save. ``retry``: the office answers again.
    """

    code: str | None
    hold: Countdown | None
    empty_cart: bool
    retry: bool
    call: CallbackView | None = None
