from datetime import UTC, datetime, timedelta

import pytest

from kiosk_app.case.cart_hold import (
    CODE_TRIES,
    HOLD_SECONDS,
    CartHold,
    HoldKind,
    seconds_left,
)

SAVED = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
UNTIL = SAVED + timedelta(seconds=HOLD_SECONDS)


def left(*, wall: datetime, boottime: float, boot: str = "b1", kept_boot: str = "b1") -> float:
    return seconds_left(
        hold_until=UNTIL,
        hold_until_boottime=1300.0,
        boot_id=kept_boot,
        wall=wall,
        boottime=boottime,
        boot_id_now=boot,
    )


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(), timedelta(hours=1)])
def test_within_a_boot_the_wall_clock_may_jump(jump: timedelta) -> None:
    assert left(wall=SAVED + jump, boottime=1100.0) == 200.0
    assert left(wall=SAVED + jump, boottime=1300.0) == 0.0


def test_after_a_reboot_the_wall_clock_tells() -> None:
    assert left(wall=SAVED + timedelta(seconds=60), boottime=5.0, boot="b2") == 240.0
    assert left(wall=UNTIL, boottime=5.0, boot="b2") == 0.0
    assert left(wall=UNTIL + timedelta(days=1), boottime=5.0, boot="b2") == 0.0


def test_after_a_reboot_a_clock_that_went_back_keeps_it_no_longer_than_promised() -> None:
    assert left(wall=SAVED - timedelta(hours=1), boottime=5.0, boot="b2") == HOLD_SECONDS


def test_a_boot_without_a_name_is_no_known_boot() -> None:
    assert left(wall=UNTIL, boottime=1100.0, boot="", kept_boot="") == 0.0


def hold(code: str = "4821", tries: int = 0) -> CartHold:
    return CartHold("v1", b"cart", code, 1300.0, HoldKind.IN_TILL, tries)


def test_only_the_shown_code_fits() -> None:
    assert hold().fits("4821")
    assert not hold().fits("4822")
    assert not hold().fits("")
    assert not hold().fits("48\udc80")
    assert not hold(code="").fits("")


def test_the_last_wrong_code_ends_it() -> None:
    held: CartHold | None = hold()
    for tries in range(1, CODE_TRIES):
        assert held is not None
        held = held.wrong_code()
        assert held is not None
        assert held.tries_left == CODE_TRIES - tries
    assert held is not None
    assert held.wrong_code() is None


def test_when_the_shopper_leaves_only_a_shown_code_is_worth_anything() -> None:
    ended = hold().visit_ended()
    assert ended is not None
    assert ended.kind is HoldKind.CODE
    assert hold(code="").visit_ended() is None
