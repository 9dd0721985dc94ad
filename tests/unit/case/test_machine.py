"""Everything that can happen, and each deadline, has one owner."""

from typing import get_args

import pytest

from kiosk_app.case.events import Event
from kiosk_app.case.machine import take
from kiosk_app.case.timers import Timer
from tests.unit.case.story import Story


def nothing() -> None:
    """What a rule does about it."""


def test_each_event_and_each_timer_is_handled() -> None:
    machine = vars(Story().machine)
    assert set(machine["_handlers"]) == set(get_args(Event))
    assert set(machine["_deadlines"]) == set(Timer)


def test_nothing_has_two_owners() -> None:
    owned = {Timer.SHARE: nothing}
    take(owned, {Timer.CONSENT: nothing})
    assert set(owned) == {Timer.SHARE, Timer.CONSENT}
    with pytest.raises(ValueError, match="twice"):
        take(owned, {Timer.SHARE: nothing})
