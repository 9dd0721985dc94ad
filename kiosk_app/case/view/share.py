"""The screen share: the question, and the banner while it runs."""

from dataclasses import dataclass

from kiosk_app.case.view.countdown import Countdown


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A yes before ``armed_at`` (monotonic) is taken for a press meant for something else."""

    ask: str
    agent_name: str
    answer_within: Countdown
    armed_at: float


@dataclass(frozen=True, slots=True)
class ShareView:
    """Shown as banner, frame and countdown for as long as a grant is in force.

    ``live`` is false while a lost connection is being made anew; ``renewable`` in the last minute.
    """

    agent_name: str
    left: Countdown
    live: bool
    renewable: bool
