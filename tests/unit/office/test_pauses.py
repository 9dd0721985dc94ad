"""Danger before everyone, and kiosks at which help rests."""

from datetime import timedelta
from pathlib import Path

from kiosk_app.base.ids import new_id
from kiosk_app.office.queue import Queue
from kiosk_app.protocol.from_console import PauseHelp
from kiosk_app.protocol.from_kiosk import JoinQueue
from kiosk_app.protocol.shared import CasePhase, EndCause
from kiosk_app.protocol.to_console import CaseChanged, CaseGone
from kiosk_app.protocol.to_kiosk import AgentJoined, HelpPaused, QueueChanged
from tests.support.office import opened, town


def test_first_is_before_all_who_wait_and_keeps_its_offer() -> None:
    queue = Queue()
    for case in ("a", "b", "c"):
        queue.join(case)
    queue.join("d", first=True)
    queue.join("b", first=True)
    assert queue.waiting == ["b", "d", "a", "c"]
    assert queue.attempt("b") == 1


async def test_danger_goes_before_those_who_wait(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        tab, _ = await place.ready_tab()
        first, second = await place.kiosk("first"), await place.kiosk("second")
        await first.connect()
        await second.connect()
        await first.queue_up()
        assert (await first.hears(QueueChanged)).position == 1
        case = new_id()
        await second.say(opened(case))
        await second.say(JoinQueue(command=new_id(), case=case, safety=True))
        assert (await second.hears(QueueChanged)).position == 1
        assert (await first.hears(QueueChanged, lambda m: m.position == 2)).position == 2
        card = (await tab.hears(CaseChanged, lambda m: m.card.safety)).card
        assert (card.case, card.phase) == (case, CasePhase.QUEUED)


async def test_who_waits_already_is_moved_up(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        await place.ready_tab()
        first, second = await place.kiosk("first"), await place.kiosk("second")
        await first.connect()
        await second.connect()
        await first.queue_up()
        case = await second.queue_up()
        assert (await second.hears(QueueChanged)).position == 2
        await second.say(JoinQueue(command=new_id(), case=case, safety=True))
        assert (await second.hears(QueueChanged, lambda m: m.position == 1)).position == 1
        assert place.office.cases.records[case].safety


async def test_a_pause_ends_the_case_and_outlives_the_office(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        case = await kiosk.queue_up()
        await tab.accept(case)
        await kiosk.hears(AgentJoined)
        await tab.send(PauseHelp(command=new_id(), case=case, minutes=15))
        assert (await kiosk.hears(HelpPaused)).seconds == 900
        assert (await tab.hears(CaseGone)).cause is EndCause.PAUSED
        written = await place.office.store.case(case)
        assert written is not None
        assert written.paused_until is not None
        log = await place.office.store.events(case)
        assert {"minutes": 15} in [event.detail for event in log if event.kind == "paused"]
        until = await place.office.store.paused_since(written.paused_until - timedelta(hours=1))
        assert [record.case for record in until] == [case]
        await place.restart()
        await kiosk.connect()
        assert 0 < (await kiosk.hears(HelpPaused)).seconds <= 900
