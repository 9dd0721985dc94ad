from kiosk_app.media.allowance import Allowance


def taken(allowance: Allowance, now: float, tries: int) -> int:
    return sum(allowance.take(now) for _ in range(tries))


def test_a_burst_and_then_the_rate() -> None:
    allowance = Allowance(rate=10, burst=30, now=100.0)
    assert taken(allowance, 100.0, 40) == 30
    assert taken(allowance, 100.5, 40) == 5
    assert taken(allowance, 101.5, 40) == 10


def test_what_is_not_taken_does_not_grow_beyond_the_burst() -> None:
    allowance = Allowance(rate=10, burst=30, now=0.0)
    assert taken(allowance, 3600.0, 40) == 30


def test_many_at_once() -> None:
    allowance = Allowance(rate=10, burst=30, now=0.0)
    assert allowance.take(0.0, 25)
    assert not allowance.take(0.0, 6)
    assert allowance.take(0.0, 5)
    assert not allowance.take(0.0)
