"""T.140, both ends of it. ``support/t140.json`` holds the console to the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.protocol.t140 import (
    CHARS_A_SECOND,
    ERASE,
    INTERVAL_SECONDS,
    LINE_CHARS,
    NEW_LINE,
    START,
    T140Receiver,
    T140Sender,
)

CASES = json.loads((Path(__file__).parents[2] / "support" / "t140.json").read_text())
WINDOW_CHARS = CHARS_A_SECOND * 10


def named(cases: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(case["steps"], id=case["what"]) for case in cases]


@pytest.mark.parametrize("steps", named(CASES["receiver"]))
def test_what_is_received(steps: list[list[Any]]) -> None:
    receiver = T140Receiver()
    for step, *values in steps:
        match step:
            case "shown":
                assert receiver.shown == values[0]
            case "alerts":
                assert receiver.alerts == values[0]
            case _:
                getattr(receiver, step)(*values)


@pytest.mark.parametrize("steps", named(CASES["sender"]))
def test_what_is_sent(steps: list[list[Any]]) -> None:
    sender, now = T140Sender(), 100.0
    for step, *values in steps:
        now += 1
        match step:
            case "take":
                assert sender.take(now) == values[0]
            case "end":
                assert sender.end_line(now) == values[0]
            case _:
                getattr(sender, step)(*values)


def opened() -> T140Sender:
    sender = T140Sender()
    sender.open()
    assert sender.take(0.0) == START
    return sender


@pytest.mark.en301549("6.2.4")
def test_the_first_letter_goes_at_once_and_the_next_after_the_interval() -> None:
    sender = opened()
    sender.write("a")
    assert sender.due(5.0) == 5.0
    assert sender.take(5.0) == "a"
    sender.write("ab")
    sender.write("abc")
    due = sender.due(5.1)
    assert due is not None
    assert due == pytest.approx(5.0 + INTERVAL_SECONDS)
    assert sender.take(5.1) == ""
    assert sender.take(due) == "bc"
    assert sender.due(6.0) is None


def test_no_ten_seconds_carry_more_than_was_agreed() -> None:
    sender, now = opened(), 1.0
    text = "ordet " * 200
    sender.write(text)
    taken: list[tuple[float, int]] = []
    receiver = T140Receiver()
    while (due := sender.due(now)) is not None:
        now = due
        block = sender.take(now)
        assert block, "what is due is sent"
        receiver.receive(block)
        taken.append((now, len(block)))
    assert receiver.shown == text
    for start, _ in taken:
        assert sum(n for at, n in taken if start <= at < start + 10) <= WINDOW_CHARS


def test_a_line_cut_by_the_rate_ends_with_its_message() -> None:
    sender, receiver = opened(), T140Receiver()
    text = "x" * 500
    sender.write(text)
    receiver.receive(sender.take(1.0))
    receiver.receive(sender.end_line(1.5))
    assert receiver.shown == "x" * WINDOW_CHARS + "\n"
    receiver.settle(text)
    assert receiver.shown == ""


def test_a_flood_fills_no_memory() -> None:
    receiver = T140Receiver()
    for _ in range(50):
        receiver.receive("x" * 1000)
    assert len(receiver.shown) == LINE_CHARS


PIECES = st.sampled_from(
    "aö \n\r\u0301\u200d\U0001f469\U0001f3fd\U0001f1f8\U0001f1ea"
    "\u0915\u094d\ufffd\u1100\u1161\ufe0f"
)
DRAFTS = st.lists(st.text(PIECES, max_size=12), max_size=8)


@given(DRAFTS, st.integers(0, 8))
def test_the_other_end_shows_the_draft_also_after_a_break(drafts: list[str], broken: int) -> None:
    sender, receiver = T140Sender(), T140Receiver()
    sender.open()
    for at, draft in enumerate(drafts):
        if at == broken:
            receiver.lose()
            sender.open()
        sender.write(draft)
        receiver.receive(sender.take(float(at)))
        assert receiver.shown == sender.sent
        plain = draft.replace("\r\n", "\n").replace("\r", "\n")
        assert receiver.shown == plain


@given(DRAFTS, st.data())
def test_nothing_stands_there_twice_whichever_way_is_quicker(
    drafts: list[str], data: st.DataObject
) -> None:
    sender, receiver = opened(), T140Receiver()
    for at, draft in enumerate(drafts, start=1):
        message = draft.strip()
        sender.write(draft)
        blocks = [sender.take(float(at)), sender.end_line(at + 0.1), ""]
        overtakes = data.draw(st.integers(0, 2))
        for number, block in enumerate(blocks):
            if number == overtakes and message:
                receiver.settle(message)
            receiver.receive(block)
        # A message that came before any letter of it cannot be known for theirs.
        assert not receiver.shown.strip() or overtakes == 0
        receiver.clear()


@given(st.text(max_size=40))
def test_whatever_comes_is_read(text: str) -> None:
    receiver = T140Receiver()
    receiver.receive(text)
    assert ERASE not in receiver.shown
    assert NEW_LINE not in receiver.shown
    receiver.settle(text)
    receiver.lose()
