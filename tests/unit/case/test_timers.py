from kiosk_app.case.timers import Timer, Timers


def test_the_earliest_comes_first_and_each_once() -> None:
    timers = Timers()
    timers.set(Timer.SHARE, 30.0)
    timers.set(Timer.CONSENT, 10.0)
    assert timers.next == 10.0
    assert timers.pop_due(9.9) is None
    assert timers.pop_due(40.0) is Timer.CONSENT
    assert timers.pop_due(40.0) is Timer.SHARE
    assert timers.pop_due(40.0) is None
    assert timers.next is None


def test_what_is_cancelled_never_comes() -> None:
    timers = Timers()
    timers.set(Timer.SHARE, 1.0)
    timers.cancel(Timer.SHARE, Timer.CART_CODE)
    assert timers.pop_due(2.0) is None


def test_setting_again_moves_it() -> None:
    timers = Timers()
    timers.set(Timer.FEEDBACK, 1.0)
    timers.set(Timer.FEEDBACK, 5.0)
    assert timers.pop_due(2.0) is None
    assert timers.pop_due(5.0) is Timer.FEEDBACK
