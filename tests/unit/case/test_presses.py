"""Whatever the hand does tells that somebody is there."""

import inspect
from typing import get_args

from kiosk_app.case import events, presses
from kiosk_app.case.presses import ByHand, Press


def test_each_press_is_made_by_hand_and_is_an_event() -> None:
    made = {
        kind
        for _, kind in inspect.getmembers(presses, inspect.isclass)
        if kind.__module__ == presses.__name__ and kind is not ByHand
    }
    assert set(get_args(Press)) == made
    assert all(issubclass(press, ByHand) for press in made)
    assert made <= set(get_args(events.Event))


def test_nothing_else_is() -> None:
    others = set(get_args(events.Event)) - set(get_args(Press))
    assert not any(issubclass(event, ByHand) for event in others)
