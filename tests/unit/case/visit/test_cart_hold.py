from datetime import UTC, datetime, timedelta

import pytest

from kiosk_app.case.visit.cart_hold import HOLD_SECONDS, CartHold, seconds_left

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


@pytest.mark.parametrize(
    ("shown", "entered", "fits"),
    [
        ("4821", "4821", True),
        ("4821", "4822", False),
        ("4821", "", False),
        ("4821", "48\udc80", False),
        ("", "", False),
    ],
)
def test_only_the_shown_code_fits(shown: str, entered: str, fits: bool) -> None:
    assert CartHold("v1", b"cart", shown, True, 1300.0, one_tap=False).fits(entered) is fits
