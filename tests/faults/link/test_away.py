"""The link while the office is away, silent or forgetful: nothing is lost, nothing doubled."""

import asyncio
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kiosk_app.base.fake import FakeClock
from kiosk_app.protocol import limits
from kiosk_app.protocol.frames import Ack, OfficeNumbered, Ping, Pong
from kiosk_app.protocol.to_kiosk import PromiseChanged
from kiosk_app.vault.fake import FakeDisk, FakeVault
from kiosk_app.vault.sqlite import SqliteVault
from tests.faults.link.conftest import MakeLink, connected, message, works
from tests.support.mini_office import Ear, MiniOffice
from tests.support.waiting import until

pytestmark = pytest.mark.expect_log("Tried again in", required=False)


async def test_a_killed_office_is_found_again_and_the_stream_goes_on(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link = make_link()
    ear = await connected(link)
    await works(link, ear, office)
    for round_ in range(3):
        await office.stop()
        await ear.hears("lost", round_ + 1)
        meanwhile = [message() for _ in range(20)]
        for each in meanwhile:
            link.send(each)
        await office.start()
        await ear.hears("up", round_ + 2)
        await until(lambda sent=meanwhile: (sent[-1].command,) in ear.of("delivered"))  # type: ignore[misc]  # a lambda's default has no type
    assert [resumed for resumed, _ in ear.of("up")] == [False, True, True, True]
    assert len(office.heard) == 61
    assert len({hello.stream for hello in office.hellos}) == 1
    await works(link, ear, office)


class Unlucky(Random):
    """Always the longest wait."""

    def uniform(self, a: float, b: float) -> float:
        return b


async def test_with_a_case_open_the_longest_wait_for_an_office_is_two_seconds(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log(r"Tried again in 2\.0 s")
    link, ear = make_link(randomness=Unlucky()), Ear()
    link._backoff.failures = 30  # as after a long outage
    await office.stop()
    link.send(message())
    link.start(ear)
    await ear.hears("lost")
    await office.start()
    await ear.hears("up")


async def test_help_pressed_while_waiting_calmly_is_tried_at_once(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log(r"Tried again in 15\.0 s")
    link, ear = make_link(randomness=Unlucky()), Ear()
    link._backoff.failures = 30
    await office.stop()
    link.start(ear)
    await ear.hears("lost")
    await office.start()
    link.send(message())
    async with asyncio.timeout(10):  # well before the 15 s are over
        await ear.hears("up")


async def test_an_office_that_forgot_gets_everything_again(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link = make_link()
    ear = await connected(link)
    office.acknowledge = False
    lost = [message() for _ in range(3)]
    for each in lost:
        link.send(each)
    await until(lambda: len(office.heard) == 3)
    office.forget()
    office.acknowledge = True
    office.heard.clear()
    office.cut()
    await ear.hears("up", 2)
    assert await ear.hears("delivered", 3) == [(each.command,) for each in lost]
    assert office.heard == lost
    assert ear.of("up")[1][0] is False


@pytest.mark.parametrize("after", range(1, 12, 2))
async def test_cuts_in_the_middle_lose_and_double_nothing(
    office: MiniOffice, make_link: MakeLink, after: int
) -> None:
    link = make_link()
    ear = await connected(link)
    sent = [message() for _ in range(40)]
    for n, each in enumerate(sent):
        link.send(each)
        if n % 13 == after:
            await until(lambda: len(office.heard) > 0)
            await office.say(PromiseChanged(seconds=n))
            office.cut()
    await until(lambda: len(ear.of("delivered")) == 40)
    assert office.heard == sent
    assert ear.of("delivered") == [(each.command,) for each in sent]
    await ear.hears("message", 3)
    assert len(ear.of("message")) == 3


async def test_an_earlier_runs_messages_are_sent_first(
    office: MiniOffice, make_link: MakeLink, tmp_path: Path
) -> None:
    await office.stop()
    first, ear = make_link(outbox=(vault := SqliteVault(tmp_path))), Ear()
    left = [message() for _ in range(3)]
    first.start(ear)
    for each in left:
        first.send(each)
    await first.close()
    await vault.close()

    await office.start()
    again, ear = make_link(outbox=(vault := SqliteVault(tmp_path))), Ear()
    new = message()
    again.send(new)
    again.start(ear)
    await ear.hears("delivered", 4)
    assert office.heard == [*left, new]
    await again.close()
    assert await vault.pending() == []
    await vault.close()


async def test_messages_of_another_version_in_the_outbox_do_not_stop_the_rest(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log("1 messages of an earlier version")
    disk = FakeDisk(outbox={"old": b'{"type":"unknown"}'})
    link = make_link(outbox=FakeVault(disk))
    ear = await connected(link)
    await works(link, ear, office)
    await link.close()
    assert disk.outbox == {}


async def test_a_full_disk_does_not_keep_messages_from_the_office(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log("kept in memory only.*disk is full")
    link = make_link(outbox=FakeVault(FakeDisk(full=True)))
    ear = await connected(link)
    await works(link, ear, office)


async def test_a_silent_office_is_given_up_and_found_again(
    office: MiniOffice, make_link: MakeLink
) -> None:
    clock = FakeClock()
    ear = await connected(make_link(clock=clock))
    office.answer_pings = False
    clock.advance(limits.PING_SECONDS)
    await until(lambda: Ping() in office.frames)
    assert ear.of("lost") == []
    clock.advance(limits.LINK_GONE_SECONDS)
    assert await ear.hears("lost") == [("The office has been silent for 12 s.",)]
    await ear.hears("up", 2)


async def test_an_office_that_acknowledges_nothing_is_given_up(
    office: MiniOffice, make_link: MakeLink
) -> None:
    clock = FakeClock()
    link = make_link(clock=clock)
    ear = await connected(link)
    office.acknowledge = False
    sent = [message() for _ in range(limits.IN_FLIGHT + 20)]
    for each in sent:
        link.send(each)
    await until(lambda: len(office.heard) == limits.IN_FLIGHT)
    clock.advance(limits.LINK_GONE_SECONDS - 1)
    await office.frame(Ping())
    await until(lambda: Pong() in office.frames)
    clock.advance(2)
    ((reason,),) = await ear.hears("lost")
    assert "acknowledged nothing" in str(reason)
    office.acknowledge = True
    await ear.hears("delivered", len(sent))
    assert office.heard == sent


async def test_pings_are_answered_and_acknowledgements_sent_for_all_at_once(
    office: MiniOffice, make_link: MakeLink
) -> None:
    await connected(make_link())
    for n in range(50):
        await office.say(PromiseChanged(seconds=n))
    await until(lambda: Ack(received=50) in office.frames)
    await office.frame(Ping())
    await until(lambda: Pong() in office.frames)


async def test_repeats_are_dropped_and_acknowledged_again(
    office: MiniOffice, make_link: MakeLink
) -> None:
    ear = await connected(make_link())
    await office.say(PromiseChanged(seconds=1))
    await until(lambda: Ack(received=1) in office.frames)
    office.frames.clear()
    await office.frame(OfficeNumbered(number=1, body=PromiseChanged(seconds=1)))
    await until(lambda: Ack(received=1) in office.frames)
    assert len(ear.of("message")) == 1
    assert ear.of("lost") == []


async def test_closing_says_goodbye_and_leaves_the_unacknowledged_in_the_outbox(
    office: MiniOffice, make_link: MakeLink
) -> None:
    disk = FakeDisk()
    link = make_link(outbox=FakeVault(disk))
    await connected(link)
    office.acknowledge = False
    last = message()
    link.send(last)
    await link.close()
    await until(lambda: office.close_codes == [1000])
    assert office.heard == [last]
    assert list(disk.outbox) == [last.command]
