"""What only time does: offers lapse, agents stay away, kiosks stay gone, clocks jump."""

from datetime import timedelta
from pathlib import Path

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.office.agents import AWAY_SECONDS
from kiosk_app.office.queue import LEASE_SECONDS
from kiosk_app.office.watch import UNATTENDED
from kiosk_app.protocol.from_console import (
    AgentOfferPeer,
)
from kiosk_app.protocol.from_kiosk import ResumeCase
from kiosk_app.protocol.shared import (
    CasePhase,
    EndCause,
)
from kiosk_app.protocol.to_console import (
    CaseChanged,
    CaseGone,
    ChatLog,
    ConsoleReady,
    ConsoleRefused,
    PeerWanted,
)
from kiosk_app.protocol.to_kiosk import (
    AgentJoined,
    AgentLeft,
    CaseState,
    OfferPeer,
    PromiseChanged,
    QueueChanged,
)
from tests.support.office import Town, together, town
from tests.support.waiting import until


async def test_an_agent_who_reloads_keeps_the_case(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk, tab, case = await together(place)
        await tab.send(
            AgentOfferPeer(command=new_id(), case=case, generation=3, nonce=new_id(), sdp="v=0")
        )
        await kiosk.hears(OfferPeer)
        await tab.ws.close()
        clock.advance(AWAY_SECONDS - 1)
        again, ready = await place.ready_tab()
        assert ready.cases[0].mine
        await again.hears(ChatLog)

        def offer(generation: int) -> AgentOfferPeer:
            nonce = new_id()
            return AgentOfferPeer(
                command=new_id(), case=case, generation=generation, nonce=nonce, sdp="v=0"
            )

        # The new window has counted from the start; it is told how far the old one was.
        await again.send(offer(1))
        assert (await again.hears(PeerWanted)).lost_generation == 3
        await again.send(offer(4))
        assert (await kiosk.hears(OfferPeer)).generation == 4


async def test_an_agent_who_stays_away_gives_the_case_back(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk, tab, case = await together(place)
        later = await place.kiosk("later")
        await later.connect()
        await later.queue_up()
        await later.hears(QueueChanged, lambda m: m.position == 1)
        watcher, _ = await place.ready_tab("Omar")
        kiosk.heard.clear()
        await tab.ws.close()
        await _until_away(place)
        clock.advance(AWAY_SECONDS)
        assert (await kiosk.hears(AgentLeft)).case == case
        assert (await kiosk.hears(QueueChanged, lambda m: m.position == 1)).case == case
        await later.hears(QueueChanged, lambda m: m.position == 2)
        back = await watcher.hears(
            CaseChanged, lambda m: m.card.case == case and m.card.phase is CasePhase.QUEUED
        )
        assert back.card.attempt == 2
        await watcher.accept(case, attempt=1)
        assert (await watcher.hears(ConsoleRefused)).code == "lapsed"
        await watcher.accept(case, attempt=2)
        assert (await kiosk.hears(AgentJoined)).agent_name == "Omar"


async def _until_away(place: Town) -> None:
    """Lisa's last window is gone from the office's list."""
    agents = place.office.agents
    await until(lambda: "lisa" not in agents.connected, "her window is gone")


async def test_an_offer_that_nobody_takes_is_offered_again(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        case = await kiosk.queue_up()
        await place.office.watch.tick()
        clock.advance(LEASE_SECONDS)
        renewed = await tab.hears(CaseChanged, lambda m: m.card.attempt == 2)
        assert renewed.card.case == case
        await tab.accept(case, attempt=1)
        assert (await tab.hears(ConsoleRefused)).code == "lapsed"
        await tab.accept(case, attempt=2)
        await kiosk.hears(AgentJoined)


async def test_nobody_there_is_no_promise(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        assert (await kiosk.hears(PromiseChanged)).seconds == 60
        await tab.ws.close()
        await _until_away(place)
        clock.advance(AWAY_SECONDS)
        assert (await kiosk.hears(PromiseChanged)).seconds is None


async def test_a_kiosk_that_never_comes_back_leaves_the_queue(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        case = await kiosk.queue_up()
        await kiosk.cut()
        await tab.hears(CaseChanged, lambda m: m.card.kiosk_gone_since is not None)
        clock.advance(UNATTENDED.total_seconds())
        gone = await tab.hears(CaseGone)
        assert (gone.case, gone.cause) == (case, EndCause.FAILED)


async def test_a_clock_that_jumps_back_an_hour(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        case = await kiosk.queue_up()
        clock.set_wall(clock.wall() - timedelta(hours=1))
        tab, ready = await place.ready_tab()
        assert ready.figures.longest_wait_seconds == 0
        await tab.accept(case)
        await kiosk.hears(AgentJoined)
        card = (await tab.hears(CaseChanged, lambda m: m.card.mine)).card
        assert card.answered_seconds == 0


async def test_a_ready_console_knows_the_time(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        _, ready = await place.ready_tab()
        assert isinstance(ready, ConsoleReady)
        assert ready.now == clock.wall()


async def test_no_wait_is_counted_down_before_somebody_has_logged_in(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        case = await kiosk.queue_up()
        alone = await kiosk.hears(QueueChanged)
        assert (alone.position, alone.wait_seconds) == (1, None)
        await kiosk.say(ResumeCase(command=new_id(), case=case))
        assert (await kiosk.hears(CaseState)).wait_seconds is None
        _tab = await place.ready_tab()  # held: a window that is let go is closed
        there = await kiosk.hears(QueueChanged)
        assert there.position == 1
        assert there.wait_seconds is not None
