"""When somebody answers, for those who find nobody."""

from datetime import datetime, timedelta

from kiosk_app.case.view.wait import OpeningView
from kiosk_app.protocol.hours import WeekHours, ends_of

_DAYS_AHEAD = 7  # further ahead nobody waits


def next_opening(hours: WeekHours, now: datetime) -> OpeningView | None:
    """The hours that hold now or come next, ``now`` being the kiosk's own time; None if unknown.

    Nothing is said beyond a day that nobody has said anything of.
    """
    for ahead in range(_DAYS_AHEAD + 1):
        day = now.date() + timedelta(days=ahead)
        span = hours.on(day)
        if span is None:
            return None
        ends = ends_of(span)
        if ends is not None and (ahead or now.time() < ends[1]):
            return OpeningView(*ends, day=day, days_ahead=ahead)
    return None
