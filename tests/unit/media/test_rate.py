"""The bitrate target: down on real congestion, up again by itself, unmoved by a resting screen."""

from kiosk_app.media.rate import MAX_BITS, MIN_BITS, RateControl


def send(rate: RateControl, bits_a_second: float, start: float, seconds: float) -> float:
    now = start
    while now < start + seconds:
        rate.sent(int(bits_a_second / 8 / 10), now)
        now += 0.1
    return now


def test_begins_at_the_cap() -> None:
    assert RateControl(0.0).target == MAX_BITS


def test_low_estimate_while_little_is_sent_changes_nothing() -> None:
    rate = RateControl(0.0)
    now = send(rate, 100_000, 0.0, 2.0)
    rate.estimated(350_000, now)
    assert rate.target == MAX_BITS


def test_estimate_below_what_is_sent_lowers_the_target_under_it() -> None:
    rate = RateControl(0.0)
    now = send(rate, 3_000_000, 0.0, 2.0)
    rate.estimated(1_000_000, now)
    assert rate.target == 900_000


def test_target_never_falls_below_the_floor() -> None:
    rate = RateControl(0.0)
    now = send(rate, 3_000_000, 0.0, 2.0)
    rate.estimated(1, now)
    assert rate.target == MIN_BITS


def test_little_loss_is_left_alone_and_much_lowers_the_target() -> None:
    rate = RateControl(0.0)
    rate.lost(0.05, 1.0)
    assert rate.target == MAX_BITS
    rate.lost(0.5, 2.0)
    assert rate.target == MAX_BITS * 3 // 4


def test_target_climbs_back_to_the_cap() -> None:
    rate = RateControl(0.0)
    now = send(rate, 3_000_000, 0.0, 2.0)
    rate.estimated(1_000_000, now)
    send(rate, 500_000, now, 30.0)
    assert rate.target == MAX_BITS


def test_encoder_is_told_of_steps_not_of_every_grain() -> None:
    rate = RateControl(0.0)
    now = send(rate, 3_000_000, 0.0, 2.0)
    rate.estimated(1_000_000, now)
    told = {rate.target}
    for step in range(100):
        rate.sent(1000, now + step * 0.05)
        told.add(rate.target)
    assert len(told) < 20
