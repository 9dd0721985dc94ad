"""When somebody answers: which rule wins, and what can be no hours."""

from datetime import date, time

import msgspec
import pytest

from kiosk_app.protocol.hours import CLOSED, HoursRules, WeekHours, ends_of

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
CHRISTMAS = date(2026, 12, 25)


def test_a_single_day_goes_before_its_weekday() -> None:
    hours = WeekHours(friday="06:00-23:00", days={"2026-12-25": CLOSED})
    assert hours.on(CHRISTMAS) == CLOSED
    assert hours.on(date(2026, 12, 18)) == "06:00-23:00"
    assert hours.on(MONDAY) is None


def test_the_store_goes_before_everyone_day_by_day() -> None:
    rules = HoursRules(
        every=WeekHours(monday="06:00-23:00", sunday="10:00-20:00", days={"2026-12-25": CLOSED}),
        store={"Byabutiken": WeekHours(sunday=CLOSED, days={"2026-12-24": "08:00-12:00"})},
    )
    here = rules.hours_for("Byabutiken")
    assert here.on(MONDAY) == "06:00-23:00"
    assert here.on(SUNDAY) == CLOSED
    assert here.on(CHRISTMAS) == CLOSED
    assert here.on(date(2026, 12, 24)) == "08:00-12:00"
    assert rules.hours_for("Annan").on(SUNDAY) == "10:00-20:00"


def test_all_day_ends_with_the_day() -> None:
    assert ends_of("00:00-24:00") == (time(0), time.max)
    assert ends_of("06:30-23:00") == (time(6, 30), time(23))
    assert ends_of(CLOSED) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"monday": "6-23"},
        {"monday": "06:00-25:00"},
        {"monday": "23:00-06:00"},
        {"monday": "08:00-08:00"},
        {"monday": "06:00-23:00\n"},
        {"days": {"2026-02-30": "closed"}},
        {"days": {"jul": "closed"}},
        {"montag": "06:00-23:00"},
    ],
)
def test_what_can_be_no_hours_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, WeekHours)
