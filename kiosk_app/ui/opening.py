"""When somebody answers, in words: for a shopper whom nobody can answer now."""

from kiosk_app.base.language import Words
from kiosk_app.case.view.wait import OpeningView


def opening_text(opening: OpeningView | None, say: Words) -> str:
    """One sentence; empty where the office has not said when."""
    if opening is None:
        return ""
    hours = say.hours(opening.opens, opening.closes)
    if opening.days_ahead == 0:
        return say("We answer {hours}.", hours=hours)
    if opening.days_ahead == 1:
        return say("We answer tomorrow {hours}.", hours=hours)
    return say("We answer on {day} {hours}.", day=say.weekday(opening.day), hours=hours)
