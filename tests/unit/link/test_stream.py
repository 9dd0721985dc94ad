"""The stream over links that lose, repeat and cut, without a network."""

import random
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.base.ids import new_id
from kiosk_app.link.stream import ForgottenError, OutOfOrderError, Stream
from kiosk_app.protocol.frames import KioskNumbered
from kiosk_app.protocol.from_kiosk import ResumeCase
from kiosk_app.protocol.limits import IN_FLIGHT


def message() -> ResumeCase:
    return ResumeCase(command=new_id(), case=new_id())


def take_all(stream: Stream) -> list[KioskNumbered]:
    frames = []
    while (frame := stream.take()) is not None:
        frames.append(frame)
    return frames


def numbers(frames: list[KioskNumbered]) -> list[int]:
    return [frame.number for frame in frames]


def test_messages_are_numbered_from_1_and_sent_once_a_connection() -> None:
    stream = Stream()
    messages = [message() for _ in range(3)]
    for each in messages:
        stream.add(each)
    stream.connected(resumed=False, received=0)
    frames = take_all(stream)
    assert numbers(frames) == [1, 2, 3]
    assert [frame.body for frame in frames] == messages
    assert stream.take() is None
    assert stream.acknowledged(2) == [each.command for each in messages[:2]]
    assert stream.acknowledged(2) == []
    assert (len(stream), stream.in_flight) == (1, 1)


def test_after_a_resume_only_what_the_office_lacks_is_sent_under_its_old_number() -> None:
    stream = Stream()
    messages = [message() for _ in range(4)]
    for each in messages:
        stream.add(each)
    stream.connected(resumed=False, received=0)
    take_all(stream)
    arrived = stream.connected(resumed=True, received=3)
    assert arrived == [each.command for each in messages[:3]]
    assert numbers(take_all(stream)) == [4]


def test_an_office_that_forgot_gets_what_is_unacknowledged_from_1() -> None:
    stream = Stream()
    for _ in range(3):
        stream.add(message())
    stream.connected(resumed=False, received=0)
    take_all(stream)
    stream.acknowledged(1)
    stream.processed(1)
    assert stream.connected(resumed=False, received=0) == []
    assert stream.received == 0
    assert numbers(take_all(stream)) == [1, 2]
    assert stream.accept(1)


def test_what_an_earlier_run_left_comes_first_and_nothing_twice() -> None:
    stream = Stream()
    old, new = message(), message()
    stream.add(new)
    stream.add_first([old, new])
    stream.connected(resumed=False, received=0)
    assert [frame.body for frame in take_all(stream)] == [old, new]
    with pytest.raises(RuntimeError, match="numbered already"):
        stream.add_first([message()])


def test_no_more_than_the_limit_is_in_flight() -> None:
    stream = Stream()
    for _ in range(IN_FLIGHT + 10):
        stream.add(message())
    stream.connected(resumed=False, received=0)
    assert len(take_all(stream)) == IN_FLIGHT
    stream.acknowledged(4)
    assert numbers(take_all(stream)) == list(range(IN_FLIGHT + 1, IN_FLIGHT + 5))


def test_repeats_are_known_and_gaps_refused() -> None:
    stream = Stream()
    assert stream.accept(1)
    stream.processed(1)
    assert not stream.accept(1)
    for number in (3, 0):
        with pytest.raises(OutOfOrderError, match="made anew"):
            stream.accept(number)
    assert stream.accept(2)


def test_an_acknowledgement_of_what_was_never_sent_is_refused() -> None:
    stream = Stream()
    stream.add(message())
    stream.connected(resumed=False, received=0)
    with pytest.raises(OutOfOrderError, match="nothing is lost"):
        stream.acknowledged(1)
    take_all(stream)
    assert len(stream.acknowledged(1)) == 1


@pytest.mark.parametrize("claimed", [0, 3])
def test_an_office_whose_account_cannot_be_gets_a_new_stream(claimed: int) -> None:
    stream = Stream()
    for _ in range(2):
        stream.add(message())
    stream.connected(resumed=False, received=0)
    take_all(stream)
    stream.acknowledged(1)
    before = stream.id
    with pytest.raises(ForgottenError, match="new stream"):
        stream.connected(resumed=True, received=claimed)
    stream.begin_anew()
    assert stream.id != before
    stream.connected(resumed=False, received=0)
    assert numbers(take_all(stream)) == [1]


class _Office:
    """The other side, by the letter of ``frames``."""

    def __init__(self) -> None:
        self.received = 0
        self.heard: list[str] = []
        self.said: list[int] = []
        self.acknowledged = 0

    def take(self, frame: KioskNumbered) -> None:
        assert frame.number <= self.received + 1, "a message is missing"
        if frame.number == self.received + 1:
            self.received = frame.number
            self.heard.append(frame.body.command)


@given(seed=st.integers(0, 2**32), steps=st.integers(1, 300))
def test_over_any_link_each_message_arrives_once_and_in_order(seed: int, steps: int) -> None:
    chance = random.Random(seed)
    stream, office = Stream(), _Office()
    sent: list[str] = []
    delivered: list[str] = []
    spoken = 0
    heard: list[int] = []
    up: deque[KioskNumbered] = deque()
    acks: deque[int] = deque()
    down: deque[int] = deque()

    def connect(known: bool) -> None:
        # A cut loses whatever is on the way, from some point on, in both directions.
        for way in (up, acks, down):
            way.clear()
        delivered.extend(stream.connected(resumed=known, received=office.received))
        down.extend(range(stream.received + 1, spoken + 1))

    def deliver_up() -> None:
        if up:
            office.take(up.popleft())
            acks.append(office.received)

    def deliver_down() -> None:
        if down:
            number = down.popleft()
            if stream.accept(number):
                heard.append(number)
                stream.processed(number)

    connect(known=False)
    for _ in range(steps):
        match chance.randrange(8):
            case 0:
                sent.append((new := message()).command)
                stream.add(new)
            case 1:
                spoken += 1
                down.append(spoken)
            case 2 | 3:
                up.extend(take_all(stream))
            case 4:
                deliver_up()
            case 5:
                deliver_down()
            case 6 if acks:
                delivered.extend(stream.acknowledged(acks.popleft()))
            case 7 if chance.random() < 0.3:
                connect(known=True)
            case _ if up and chance.random() < 0.3:
                up.appendleft(up[0])  # a repeat
    connect(known=True)
    up.extend(take_all(stream))
    while up:
        deliver_up()
    while acks:
        delivered.extend(stream.acknowledged(acks.popleft()))
    while down:
        deliver_down()
    assert office.heard == sent
    assert delivered == sent
    assert heard == list(range(1, spoken + 1))
    assert len(stream) == 0


@given(seed=st.integers(0, 2**32))
def test_an_office_that_forgets_now_and_then_still_hears_everything_in_order(seed: int) -> None:
    chance = random.Random(seed)
    stream, office = Stream(), _Office()
    sent: list[str] = []
    heard: list[str] = []
    stream.connected(resumed=False, received=0)
    for _ in range(60):
        sent.append((new := message()).command)
        stream.add(new)
        for frame in take_all(stream):
            office.take(frame)
            heard.append(frame.body.command)
        if chance.random() < 0.6:
            stream.acknowledged(office.received)
        if chance.random() < 0.2:
            office = _Office()
            stream.connected(resumed=False, received=0)
    once = list(dict.fromkeys(heard))
    assert once == sent
