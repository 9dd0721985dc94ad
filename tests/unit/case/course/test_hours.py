"""When somebody answers, told to those who find nobody."""

from datetime import date, datetime, time

import msgspec
import pytest

from kiosk_app.case import events
from kiosk_app.case.course.hours import next_opening
from kiosk_app.case.view.wait import OpeningView
from kiosk_app.protocol.hours import WEEKDAYS, WeekHours
from tests.unit.case.story import Story

MONDAY = date(2026, 11, 23)


def each(span: str, *days: str, **others: str) -> WeekHours:
    """The same on each of ``days``, of all seven if none is named."""
    return msgspec.convert({**dict.fromkeys(days or WEEKDAYS, span), **others}, WeekHours)


DAILY = each("06:00-23:00")
OFFICE = each("08:00-17:00", *WEEKDAYS[:5], saturday="closed")


@pytest.mark.parametrize(
    ("hours", "now", "day", "ahead"),
    [
        (DAILY, datetime(2026, 11, 23, 5), 23, 0),
        (DAILY, datetime(2026, 11, 23, 22, 59), 23, 0),
        (DAILY, datetime(2026, 11, 23, 23), 24, 1),
        (WeekHours(monday="00:00-24:00"), datetime(2026, 11, 23, 23, 59), 23, 0),
        (
            WeekHours(monday="closed", tuesday="closed", wednesday="10:00-12:00"),
            datetime(2026, 11, 23, 12),
            25,
            2,
        ),
    ],
)
def test_now_or_next(hours: WeekHours, now: datetime, day: int, ahead: int) -> None:
    opening = next_opening(hours, now)
    assert opening is not None
    assert (opening.day, opening.days_ahead) == (date(2026, 11, day), ahead)


@pytest.mark.parametrize(
    ("hours", "now"),
    [
        (WeekHours(), datetime(2026, 11, 23, 12)),
        (OFFICE, datetime(2026, 11, 28, 12)),  # nobody has spoken of the Sunday between
        (each("closed"), datetime(2026, 11, 23, 12)),
    ],
)
def test_nothing_is_said_of_what_is_not_known(hours: WeekHours, now: datetime) -> None:
    assert next_opening(hours, now) is None


def test_the_offices_hours_are_on_every_screen_from_then_on(story: Story) -> None:
    assert story.view.opening is None
    here = story.clock.wall().astimezone()
    story.feed(events.HoursChanged(each("00:00-24:00")))
    assert story.view.opening == OpeningView(time(0), time.max, here.date(), 0)
    story.feed(events.HoursChanged(WeekHours()))
    assert story.view.opening is None
