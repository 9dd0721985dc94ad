"""Calls that shoppers wait for, as kiosks leave them and agents take them, on the wire."""

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.office.agents import AWAY_SECONDS
from kiosk_app.office.callbacks import MISSED_SHOWN, TAKEN_FOR
from kiosk_app.office.watch import UNATTENDED
from kiosk_app.protocol.from_console import (
    AgentChat,
    RequestScreenShare,
    ResolveCase,
    TagCase,
)
from kiosk_app.protocol.from_kiosk import CloseCase, JoinQueue, LeaveCallback, OpenCase
from kiosk_app.protocol.shared import CallbackWay, CasePhase, EndCause
from kiosk_app.protocol.to_console import CaseCard, CaseChanged, CaseGone, ConsoleRefused
from kiosk_app.protocol.to_kiosk import AgentJoined, CommandRefused, QueueChanged
from tests.support.office import Town, WireTab, context, opened, town, wrote

NUMBER = "+46701234567"
ASKED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def call_me(visit: str, *, number: str = NUMBER, about: str = "Kortet nekas") -> LeaveCallback:
    return LeaveCallback(
        command=new_id(),
        case=new_id(),
        visit=visit,
        asked_at=ASKED,
        way=CallbackWay.PHONE,
        context=context(),
        number=number,
        about=about,
    )


async def waiting(tab: WireTab, case: str) -> CaseCard:
    changed = await tab.hears(CaseChanged, lambda m: m.card.case == case)
    return changed.card


def closed(case: str, cause: EndCause = EndCause.FAILED) -> CloseCase:
    return CloseCase(command=new_id(), case=case, cause=cause, ended_at=ASKED)


async def failed_case(place: Town) -> tuple[OpenCase, WireTab]:
    """A case that was given up, and Lisa who is there."""
    kiosk = await place.kiosk()
    await kiosk.connect()
    first = opened(new_id())
    await kiosk.say(first)
    await kiosk.say(closed(first.case))
    tab, _ = await place.ready_tab()
    return first, tab


async def test_a_number_is_a_case_with_everything_known(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        first = opened(new_id())
        await kiosk.say(first)
        await kiosk.say(closed(first.case))
        left = call_me(first.visit)
        await kiosk.say(left)
        card = await waiting(tab, left.case)
        assert card.callback is not None
        assert (card.callback.number, card.callback.shown) == (NUMBER, "+46 70 123 45 67")
        assert card.callback.asked_at == card.pressed_at == ASKED
        assert (card.phase, card.queued_at, card.promised_seconds) == (
            CasePhase.QUEUED,
            None,
            None,
        )
        assert card.first_text == "Kortet nekas"
        assert card.context.store == "Byabutiken"
        assert card.earlier is not None
        assert (card.earlier.case, card.earlier.cause) == (first.case, EndCause.FAILED)
        # It stands in nobody's way, and no figure counts it as a wait.
        assert place.office.queue.waiting == []
        assert left.case not in [wait.case for wait in place.office.waits.known]
        # Both cases' logs know of the other.
        kinds = [event.kind for event in await place.office.store.events(first.case)]
        assert kinds[-1] == "callback"


async def test_one_agent_calls_and_the_number_is_forgotten(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        lisa, _ = await place.ready_tab()
        omar, _ = await place.ready_tab("Omar")
        left = call_me(new_id())
        await kiosk.say(left)
        await waiting(lisa, left.case)
        await lisa.accept(left.case)
        mine = await lisa.hears(CaseChanged, lambda m: m.card.mine)
        assert mine.card.phase is CasePhase.ACTIVE
        await omar.accept(left.case)
        assert (await omar.hears(ConsoleRefused)).code == "taken"
        await lisa.send(RequestScreenShare(command=new_id(), case=left.case))
        assert (await lisa.hears(ConsoleRefused)).code == "by_phone"
        said = AgentChat(command=new_id(), case=left.case, message=new_id(), text="Hej")
        await lisa.send(said)
        assert (await lisa.hears(ConsoleRefused)).code == "by_phone"
        await lisa.send(TagCase(command=new_id(), case=left.case, tags=("betalningsfråga",)))
        await lisa.hears(CaseChanged, lambda m: m.card.tags == ("betalningsfråga",))
        await lisa.send(ResolveCase(command=new_id(), case=left.case))
        assert (await lisa.hears(CaseGone)).cause is EndCause.RESOLVED
        assert not any(isinstance(heard, AgentJoined) for heard in kiosk.heard)
        record = await place.office.store.case(left.case)
        assert record is not None
        assert record.callback is not None
        assert record.callback.number == ""
        assert record.tags == ("betalningsfråga",)
        log = await place.office.store.events(left.case)
        told = json.dumps([[event.kind, event.detail] for event in log], default=str)
        assert "1234567" not in told
        assert [event.kind for event in log] == [
            "callback_asked",
            "accepted",
            "tagged",
            "resolved",
        ]


async def test_the_same_again_is_one_case(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        left = call_me(new_id())
        await kiosk.say(left)
        await kiosk.say(left)
        await place.restart()
        await kiosk.connect()
        await kiosk.say(left)
        # And once more when the office has forgotten the command itself.
        later = datetime.now(UTC) + timedelta(days=2)
        await place.office.store.forget_before(later)
        await kiosk.say(left)
        _tab, ready = await place.ready_tab()
        assert [card.case for card in ready.cases] == [left.case]
        assert ready.cases[0].attempt == 1


async def test_another_number_of_the_visit_takes_the_place_of_the_first(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        visit = new_id()
        first = call_me(visit)
        await kiosk.say(first)
        await waiting(tab, first.case)
        await kiosk.say(call_me(visit, number="+46812345678"))
        card = await waiting(tab, first.case)
        assert card.callback is not None
        assert card.callback.number == "+46812345678"
        assert len(place.office.cases.records) == 1
        # Once somebody calls, a further one is a call of its own.
        await tab.accept(first.case)
        await tab.hears(CaseChanged, lambda m: m.card.mine)
        another = call_me(visit)
        await kiosk.say(another)
        assert (await waiting(tab, another.case)).phase is CasePhase.QUEUED


async def test_whoever_helps_the_visit_next_knows_of_the_call(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        again = opened(new_id())
        left = call_me(again.visit)
        await kiosk.say(left)
        await kiosk.say(again)
        card = await waiting(tab, again.case)
        assert card.earlier is not None
        assert (card.earlier.case, card.earlier.waits_for_call) == (left.case, True)
        stranger = opened(new_id())
        await kiosk.say(stranger)
        assert (await waiting(tab, stranger.case)).earlier is None


async def test_neither_a_new_case_nor_an_empty_shop_ends_it(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        left = call_me(new_id())
        await kiosk.say(left)
        await kiosk.say(opened(new_id()))
        await kiosk.cut()
        clock.advance(2 * UNATTENDED.total_seconds())
        await place.office.watch.tick()
        assert left.case in place.office.cases.records
        await place.restart()
        assert left.case in place.office.cases.records
        assert place.office.queue.waiting == []


KEPT = timedelta(hours=24)


def on_disk(directory: Path) -> bytes:
    """Everything that the office has written there."""
    return b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


async def test_a_call_that_nobody_makes_is_missed_and_its_number_is_gone(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        left = call_me(new_id())
        await kiosk.say(left)
        await waiting(tab, left.case)
        assert NUMBER.encode() in on_disk(tmp_path)
        # The kiosk's own time is long past; what counts is when the office could have called.
        clock.set_wall(clock.wall() + KEPT - timedelta(seconds=1))
        await place.office.watch.tick()
        assert place.office.cases.records[left.case].callback is not None
        assert not place.office.cases.records[left.case].missed
        clock.set_wall(clock.wall() + timedelta(seconds=1))
        clock.advance(3601)  # the hourly sweep is due as well
        await place.office.watch.tick()
        changed = await tab.hears(
            CaseChanged, lambda m: bool(m.card.callback and m.card.callback.missed_at)
        )
        assert changed.card.callback is not None
        assert (changed.card.callback.number, changed.card.callback.shown) == ("", "")
        assert changed.card.first_text == ""
        assert changed.card.context.cart.lines == ()
        await place.office.watch.tick()
        kinds = [event.kind for event in await place.office.store.events(left.case)]
        assert kinds == ["callback_asked", "callback_missed"]
        assert NUMBER.encode() not in on_disk(tmp_path)
        # It outlives a restart, and whoever comes to work resolves it.
        await place.restart()
        omar, ready = await place.ready_tab("Omar")  # a new login: the first is long over
        assert [card.case for card in ready.cases] == [left.case]
        await omar.accept(left.case)
        await omar.hears(CaseChanged, lambda m: m.card.mine)
        await omar.send(ResolveCase(command=new_id(), case=left.case))
        assert (await omar.hears(CaseGone)).cause is EndCause.RESOLVED


async def test_a_number_is_not_taken_from_whoever_is_about_to_call(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        left = call_me(new_id())
        await kiosk.say(left)
        await waiting(tab, left.case)
        clock.set_wall(clock.wall() + KEPT - timedelta(seconds=1))
        await tab.accept(left.case)
        await tab.hears(CaseChanged, lambda m: m.card.mine)
        clock.set_wall(clock.wall() + timedelta(minutes=5))
        await place.office.watch.tick()
        record = place.office.cases.records[left.case]
        assert record.callback is not None
        assert record.callback.number == NUMBER
        clock.set_wall(clock.wall() + TAKEN_FOR)
        await place.office.watch.tick()
        record = place.office.cases.records[left.case]
        assert record.missed
        assert record.agent is not None


async def test_a_missed_call_goes_by_itself_after_a_week(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        visit = new_id()
        left = call_me(visit)
        await kiosk.say(left)
        clock.set_wall(clock.wall() + KEPT)
        await place.office.watch.tick()
        # A number that comes now is a call of its own, and the old one is nobody's news.
        again = call_me(visit)
        await kiosk.say(again)
        assert not place.office.cases.records[again.case].missed
        clock.set_wall(clock.wall() + MISSED_SHOWN)
        await place.office.watch.tick()
        assert left.case not in place.office.cases.records
        record = await place.office.store.case(left.case)
        assert record is not None
        assert record.cause is EndCause.CALL_MISSED


async def test_an_agent_who_stays_away_gives_the_call_back(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        lisa, _ = await place.ready_tab()
        left = call_me(new_id())
        await kiosk.say(left)
        await waiting(lisa, left.case)
        await lisa.accept(left.case)
        await lisa.hears(CaseChanged, lambda m: m.card.mine)
        await lisa.ws.close()
        omar, _ = await place.ready_tab("Omar")
        clock.advance(AWAY_SECONDS + 1)
        await place.office.watch.tick()
        card = await waiting(omar, left.case)
        assert (card.phase, card.attempt, card.agent_name) == (CasePhase.QUEUED, 2, None)
        await omar.accept(left.case, attempt=2)
        assert (await omar.hears(CaseChanged, lambda m: m.card.mine)).card.case == left.case


async def test_the_screen_is_called_through_the_queue(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        first, tab = await failed_case(place)
        kiosk = await place.kiosk("byabutiken-3")
        await kiosk.connect()
        again = opened(new_id())
        await kiosk.say(again)
        here = LeaveCallback(
            command=new_id(),
            case=again.case,
            visit=first.visit,
            asked_at=ASKED,
            way=CallbackWay.KIOSK,
            context=context(),
            about="Kortet nekas",
        )
        await kiosk.say(here)
        await kiosk.say(here)
        assert (await kiosk.hears(QueueChanged)).position == 1
        card = (await tab.hears(CaseChanged, lambda m: m.card.phase is CasePhase.QUEUED)).card
        assert card.callback is not None
        assert (card.callback.way, card.callback.asked_at) == (CallbackWay.KIOSK, ASKED)
        assert card.earlier is None, "another kiosk's visit is another's"
        await tab.accept(again.case)
        assert (await kiosk.hears(AgentJoined)).case == again.case


@pytest.mark.parametrize("way", CallbackWay)
async def test_what_cannot_be_carried_out_is_refused(tmp_path: Path, way: CallbackWay) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        wrong = LeaveCallback(
            command=new_id(),
            case=new_id(),
            visit=new_id(),
            asked_at=ASKED,
            way=way,
            context=context(),
        )
        await kiosk.say(wrong)
        code = "no_number" if way is CallbackWay.PHONE else "no_such_case"
        assert (await kiosk.hears(CommandRefused)).code == code
        assert not place.office.cases.records


async def test_what_became_of_the_promise_to_who_left(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        for waited, verdict in ((30, None), (61, False)):
            case = new_id()
            await kiosk.say(opened(case))
            join = JoinQueue(
                command=new_id(), case=case, message=wrote("Hej"), promised_seconds=60
            )
            await kiosk.say(join)
            clock.advance(waited)
            await kiosk.say(closed(case, EndCause.LEFT_QUEUE))
            (line,) = [
                event
                for event in await place.office.store.events(case)
                if event.kind == "unanswered"
            ]
            assert line.detail["promised_seconds"] == 60
            assert line.detail["promise_kept"] is verdict


async def test_no_number_is_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        left = call_me(new_id())
        await kiosk.say(left)
        await kiosk.say(call_me(new_id(), number=""))
        await tab.accept(left.case)
        await tab.hears(CaseChanged, lambda m: m.card.mine)
    assert "a call is wanted" in caplog.text
    assert "1234567" not in caplog.text
