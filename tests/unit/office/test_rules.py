"""Promise, waits and figures: the office's rules without its parts."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk_app.office.figures import figures
from kiosk_app.office.promise import gone_unanswered, kept, promise_seconds, wait_seconds
from kiosk_app.office.record import Wait

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


def wait(
    ago: float, *, answered: float | None = None, ended: float | None = None, promised: int = 60
) -> Wait:
    """Queued ``ago`` seconds before NOW, answered and ended so many seconds after that."""
    queued = NOW - timedelta(seconds=ago)
    return Wait(
        case=f"case-{ago}",
        queued_at=queued,
        answered_at=None if answered is None else queued + timedelta(seconds=answered),
        ended_at=None if ended is None else queued + timedelta(seconds=ended),
        promised_seconds=promised,
    )


@pytest.mark.parametrize(
    ("answered", "running", "agents", "promised"),
    [
        ([], [], 1, 60),
        ([], [], 0, None),
        ([5.0] * 20, [], 2, 60),
        ([5.0] * 20, [], 0, None),
        ([300.0], [], 1, 60),  # one slow answer among few moves nothing
        ([300.0, 300.0], [], 1, 300),
        ([30.0] * 9 + [200.0] * 2, [], 1, 240),
        ([61.0] * 10, [], 1, 120),
        ([20.0] * 10, [50.0] * 10, 1, 60),  # still within the promise: says nothing
        ([20.0] * 10, [170.0, 175.0], 1, 180),
    ],
)
def test_promise(
    answered: list[float], running: list[float], agents: int, promised: int | None
) -> None:
    assert promise_seconds(answered, running, agents=agents) == promised


def test_wait_grows_with_the_place_and_shrinks_with_agents() -> None:
    def at(position: int, agents: int = 1, free: int = 0) -> int:
        wait = wait_seconds(position, agents=agents, free=free, answer=None, handling=120.0)
        assert wait is not None
        return wait

    assert at(1, free=1) == 20
    assert at(1) == 140
    assert [at(n) for n in (1, 2, 3)] == sorted({at(n) for n in (1, 2, 3)})
    assert at(4, agents=2) < at(4, agents=1)


def test_no_wait_is_named_while_nobody_is_there() -> None:
    assert wait_seconds(1, agents=0, free=0, answer=12.0, handling=120.0) is None


def test_wait_follows_what_was_measured() -> None:
    assert wait_seconds(1, agents=1, free=1, answer=12.4, handling=None) == 12
    assert wait_seconds(1, agents=1, free=1, answer=900.0, handling=None) == 60
    assert wait_seconds(1, agents=1, free=1, answer=0.2, handling=None) == 5


def test_kept() -> None:
    assert kept(60.0, 60) is True
    assert kept(60.5, 60) is False
    assert kept(None, 60) is False
    assert kept(5.0, None) is None


def test_figures_of_the_day() -> None:
    waits = [
        wait(600, answered=20, ended=300),
        wait(500, answered=100, ended=300),
        wait(400, ended=10),  # left before the promise was due: neither kept nor broken
        wait(300, ended=90),  # left after it: broken
        wait(200),  # still waits, too long: broken already
        wait(30),  # still waits, in time
        wait(86_400 * 2, answered=9_000),  # another day
    ]
    found = figures(waits, queued=2, longest=200.4, now=NOW)
    assert found.queued == 2
    assert found.longest_wait_seconds == 200
    assert found.promise_kept_percent == 25
    assert found.answer_seconds == 60


def test_figures_of_a_day_that_has_not_begun() -> None:
    found = figures([], queued=0, longest=0.0, now=NOW)
    assert found.promise_kept_percent is None
    assert found.answer_seconds is None


def test_a_clock_that_jumped_back_gives_no_negative_figures() -> None:
    found = figures([wait(-3600, answered=-30)], queued=1, longest=-3600.0, now=NOW)
    assert found.longest_wait_seconds == 0
    assert found.answer_seconds == 0


def test_nobody_is_promised_to_stand_for_longer_than_ten_minutes() -> None:
    assert promise_seconds([590.0] * 10, [], agents=1) == 600
    assert promise_seconds([610.0] * 10, [], agents=1) is None


@pytest.mark.parametrize(
    ("waited", "promised", "verdict"), [(59, 60, None), (61, 60, False), (500, None, None)]
)
def test_a_promise_to_who_left_is_broken_or_was_not_put_to_the_test(
    waited: float, promised: int | None, verdict: bool | None
) -> None:
    assert gone_unanswered(waited, promised) is verdict
