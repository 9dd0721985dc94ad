"""A wall clock that is set an hour back or forth: no promise of minutes is moved by it."""

import asyncio
from copy import copy
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.case import events
from kiosk_app.protocol.from_console import RequestScreenShare
from kiosk_app.protocol.from_kiosk import AnswerScreenShare, ReportShareEnded
from kiosk_app.protocol.shared import CasePhase, ShareAnswer, ShareEndCause
from kiosk_app.protocol.to_console import CaseChanged, ConsoleReady, ConsoleRefused
from kiosk_app.protocol.to_kiosk import AgentJoined, AgentLeft, AskScreenShare, StopScreenShare
from tests.support.office import Town, together, town
from tests.unit.kiosk.bench import COFFEE, Bench

HOUR = timedelta(hours=1)
JUMPS = pytest.mark.parametrize("jump", [-HOUR, HOUR], ids=["back", "forth"])


@JUMPS
async def test_a_cart_is_held_for_five_minutes(jump: timedelta) -> None:
    bench = Bench()
    await bench.start(up=False)
    bench.link.go_down()
    bench.till.put(COFFEE)
    await bench.press(events.HelpPressed())
    await bench.press(events.TalkPressed())
    bench.clock.set_wall(bench.clock.wall() + jump)
    bench.clock.advance(299)
    bench.controller.feed(events.TimePassed())
    await bench.settle()
    assert bench.disk.visit is not None
    assert bench.disk.visit.code == "4821"
    bench.clock.advance(2)
    bench.controller.feed(events.TimePassed())
    await bench.settle()
    assert bench.disk.visit is None or not bench.disk.visit.code
    await bench.controller.close()


@JUMPS
async def test_a_cart_is_held_as_long_after_the_visit_and_a_restart(jump: timedelta) -> None:
    bench = Bench()
    await bench.start(up=False)
    bench.link.go_down()
    bench.till.put(COFFEE)
    await bench.press(events.HelpPressed())
    await bench.press(events.TalkPressed())
    bench.clock.advance(100)
    bench.clock.set_wall(bench.clock.wall() + jump)
    await bench.press(events.NewCustomerPressed())
    left = Bench(disk=copy(bench.disk), clock=bench.clock)  # as kill -9 leaves it
    await bench.controller.close()
    await left.start()
    restore = left.screen.view.restore
    assert restore is not None
    assert restore.hold.left(left.clock.monotonic()) == 200
    await left.controller.close()


@JUMPS
async def test_a_share_ends_after_five_minutes_and_not_before(jump: timedelta) -> None:
    bench = Bench()
    await bench.start()
    await bench.to_share()
    bench.clock.set_wall(bench.clock.wall() + jump)
    bench.clock.advance(299)
    bench.controller.feed(events.TimePassed())
    await bench.settle()
    assert bench.media.sharing
    assert bench.screen.view.share is not None
    bench.clock.advance(1)
    bench.controller.feed(events.TimePassed())
    await bench.settle()
    assert not bench.media.sharing
    assert bench.link.sent_of(ReportShareEnded)[-1].cause is ShareEndCause.DEADLINE
    await bench.controller.close()


def test_deadlines_are_not_read_off_the_wall() -> None:
    """The real clock: what goes on through suspend and never back (clock_gettime(2))."""
    clock = SystemClock()
    assert clock.monotonic() <= clock.monotonic()
    assert clock.wall().timestamp() - clock.monotonic() > HOUR.total_seconds()


# The office -----------------------------------------------------------------------------------


async def use(place: Town, token: str) -> int:
    async with place.session.get(
        f"{place.url}/login", params={"token": token}, allow_redirects=False
    ) as answer:
        return answer.status


async def test_a_login_link_is_used_once_whatever_the_clock_says(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        agent = await place.office.admin.add_agent("Lisa")
        first, second = [await place.office.admin.login_token(agent) for _ in range(2)]
        assert await use(place, first) == 303
        clock.set_wall(clock.wall() - HOUR)
        assert await use(place, first) == 410
        assert await use(place, second) == 303
        third = await place.office.admin.login_token(agent)
        clock.set_wall(clock.wall() + HOUR)
        assert await use(place, third) == 410


@JUMPS
async def test_an_agent_stays_logged_in(tmp_path: Path, jump: timedelta) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        _, ready = await place.ready_tab()
        clock.set_wall(clock.wall() + jump)
        _, after = await place.ready_tab()
        assert isinstance(after, ConsoleReady)
        assert after.agent_name == ready.agent_name
        assert after.now - ready.now == jump


@JUMPS
async def test_an_offer_and_who_is_here_do_not_change(tmp_path: Path, jump: timedelta) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk, tab, case = await together(place)
        waiting = await place.kiosk("granne")
        await waiting.connect()
        next_case = await waiting.queue_up()
        clock.set_wall(clock.wall() + jump)
        await place.office.watch.tick()
        # The offer of before the jump still stands, and nobody was taken for gone.
        await tab.accept(next_case, attempt=1)
        assert (await waiting.hears(AgentJoined)).case == next_case
        record = place.office.cases.records[case]
        assert (record.phase, record.agent_name) == (CasePhase.ACTIVE, "Lisa")
        assert not any(isinstance(message, AgentLeft) for message in kiosk.heard)
        assert not any(isinstance(message, ConsoleRefused) for message in tab.heard)


@JUMPS
async def test_a_share_nobody_reports_on_is_ended_in_its_own_time(
    tmp_path: Path, jump: timedelta
) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk, tab, case = await together(place)
        await tab.send(RequestScreenShare(command=new_id(), case=case))
        ask = (await kiosk.hears(AskScreenShare)).ask
        await kiosk.say(
            AnswerScreenShare(
                command=new_id(),
                case=case,
                ask=ask,
                answer=ShareAnswer.GRANTED,
                answered_at=clock.wall(),
                text_version="1",
                deadline_seconds=300,
                language="sv",
            )
        )
        await place.office.watch.tick()
        clock.set_wall(clock.wall() + jump)
        clock.advance(300)
        await place.office.watch.tick()
        assert place.office.cases.records[case].share.state == "granted"
        clock.advance(10)
        await place.office.watch.tick()
        ended = await tab.hears(CaseChanged, lambda m: m.card.share.state == "ended")
        assert ended.card.share.cause is ShareEndCause.DEADLINE
        async with asyncio.timeout(5):
            await kiosk.hears(StopScreenShare)
