"""When somebody answers: set by the office, by weekday and for single days, for each store."""

from datetime import date, time
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from kiosk_app.protocol.shared import Value

CLOSED = "closed"
_DAYS_AHEAD = 400  # single days; those that are over may stay in the file

Span = Annotated[
    str,
    Meta(
        pattern=r"^(closed|([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00))$",
        max_length=11,
    ),
]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", max_length=10)]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class WeekHours(Value, frozen=True):
    """A span as ``06:00-23:00`` or ``closed`` for each weekday; what is unset stays as it was.

    ``days`` are single days that are not as their weekday. All of it is in the kiosk's own time.
    """

    monday: Span | UnsetType = UNSET
    tuesday: Span | UnsetType = UNSET
    wednesday: Span | UnsetType = UNSET
    thursday: Span | UnsetType = UNSET
    friday: Span | UnsetType = UNSET
    saturday: Span | UnsetType = UNSET
    sunday: Span | UnsetType = UNSET
    days: Annotated[dict[Day, Span], Meta(max_length=_DAYS_AHEAD)] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """ValueError for a day that no calendar has, or an end before its beginning."""
        for day in self.days:
            try:
                date.fromisoformat(day)
            except ValueError:
                raise ValueError(f"there is no day {day}") from None
        for span in (*self.days.values(), *(getattr(self, name) for name in WEEKDAYS)):
            if span is not UNSET and span != CLOSED:
                opens, _, closes = span.partition("-")
                if closes <= opens:
                    raise ValueError(
                        f"{span} ends before it begins; write 00:00-24:00 for all day"
                    )

    def on(self, day: date) -> Span | None:
        """The span of ``day``, or ``closed``; None where nobody has said."""
        single = self.days.get(day.isoformat())
        span = getattr(self, WEEKDAYS[day.weekday()]) if single is None else single
        return None if span is UNSET else span


class HoursRules(Value, frozen=True):
    """The hours of everyone, then by store: the narrower one wins, day by day."""

    every: WeekHours = WeekHours()
    store: dict[str, WeekHours] = field(default_factory=dict)

    def hours_for(self, store: str) -> WeekHours:
        """What holds in ``store``, as its kiosks' settings spell it."""
        own = self.store.get(store)
        if own is None:
            return self.every
        week = {name: getattr(own, name) for name in WEEKDAYS}
        week = {
            name: getattr(self.every, name) if span is UNSET else span
            for name, span in week.items()
        }
        return WeekHours(days={**self.every.days, **own.days}, **week)


def ends_of(span: str) -> tuple[time, time] | None:
    """When ``span`` begins and ends, 24:00 as the last moment of the day; None when closed."""
    if span == CLOSED:
        return None
    opens, _, closes = span.partition("-")
    return time.fromisoformat(opens), time.max if closes == "24:00" else time.fromisoformat(closes)
