"""The wait for a person, and for one who has said that they come."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from kiosk_app.case.view.countdown import Countdown


class LateReason(StrEnum):
    """Why the wait is longer than promised, as far as it is known."""

    NOBODY = "nobody"  # no agent is there
    OTHERS = "others"  # others are before this shopper
    BUSY = "busy"  # the next one, and nobody has been free yet


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Somebody answers from ``opens`` to ``closes`` on ``day``, which is so many days ahead.

    In the kiosk's own time; the last moment of the day stands for its end.
    """

    opens: time
    closes: time
    day: date
    days_ahead: int


@dataclass(frozen=True, slots=True)
class QueueView:
    """``position`` is None until the office has answered.

    ``late``: why it takes longer than ``promised_seconds``; other ways are offered then.
    """

    position: int | None
    wait: Countdown | None
    text_sent: bool
    late: LateReason | None = None
    promised_seconds: int | None = None
    call_here: bool = False  # this screen is called when an agent is free; nobody needs to wait

    @property
    def nobody(self) -> bool:
        """No agent is there now."""
        return self.late is LateReason.NOBODY


@dataclass(frozen=True, slots=True)
class JoiningView:
    """``late``: the time in ``eta`` is over and nothing has been heard of the agent."""

    agent_name: str
    eta: Countdown
    late: bool = False
