"""What a closed case leaves to be sent, and on the kiosk's disk."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.ids import new_id
from kiosk_app.identity.fake import FakeIdentity
from kiosk_app.link.client import WebSocketLink
from kiosk_app.link.kept import LIVES, Kept, encode, fresh
from kiosk_app.link.stream import Stream
from kiosk_app.office.admin import open_store
from kiosk_app.protocol.from_kiosk import (
    AnswerPeer,
    AnswerScreenShare,
    CloseCase,
    ContextChanged,
    FromKiosk,
    GiveFeedback,
    JoinQueue,
    LeaveCallback,
    OpenCase,
    ReportPeerLost,
    ReportShareEnded,
    SendChat,
)
from kiosk_app.protocol.shared import (
    CallbackWay,
    CasePhase,
    EndCause,
    ShareAnswer,
    ShareEndCause,
)
from kiosk_app.protocol.to_console import CaseChanged
from kiosk_app.vault.fake import FakeDisk, FakeVault
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.mini_office import Ear, MiniOffice
from tests.support.office import context, opened, town, wrote
from tests.support.waiting import until

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
CANARY = "kanariefågel-7310"

pytestmark = pytest.mark.expect_log("Tried again in", required=False)


def closed(case: str) -> CloseCase:
    return CloseCase(command=new_id(), case=case, cause=EndCause.FAILED, ended_at=NOW)


def said(case: str) -> SendChat:
    return SendChat(command=new_id(), case=case, message=wrote(CANARY))


def joined(case: str) -> JoinQueue:
    return JoinQueue(command=new_id(), case=case, message=wrote(CANARY))


def called(way: CallbackWay) -> LeaveCallback:
    return LeaveCallback(
        command=new_id(),
        case=new_id(),
        visit=new_id(),
        asked_at=NOW,
        way=way,
        context=context(),
        number="+46701234567" if way is CallbackWay.PHONE else "",
    )


def peer_answer(case: str) -> AnswerPeer:
    return AnswerPeer(command=new_id(), case=case, generation=1, sdp=CANARY, signature="")


def for_the_record(case: str) -> list[FromKiosk]:
    ask = new_id()
    return [
        AnswerScreenShare(
            command=new_id(),
            case=case,
            ask=ask,
            answer=ShareAnswer.GRANTED,
            answered_at=NOW,
            text_version="1",
            language="sv",
            deadline_seconds=300,
        ),
        ReportShareEnded(
            command=new_id(),
            case=case,
            ask=ask,
            cause=ShareEndCause.LINK_LOST,
            shared_seconds=3,
        ),
        GiveFeedback(command=new_id(), case=case, score=4),
    ]


def of_an_open_case(case: str) -> list[FromKiosk]:
    return [
        joined(case),
        said(case),
        ContextChanged(command=new_id(), case=case, context=context()),
        peer_answer(case),
        ReportPeerLost(command=new_id(), case=case, generation=1, reason="gone"),
    ]


def everything(stream: Stream) -> list[FromKiosk]:
    bodies = []
    while (frame := stream.take()) is not None:
        bodies.append(frame.body)
    return bodies


def on_disk(directory: Path) -> bool:
    files = [path for path in directory.rglob("*") if path.is_file()]
    return any(CANARY.encode() in path.read_bytes() for path in files)


def test_what_has_no_number_is_not_sent_once_its_case_is_closed() -> None:
    stream, case, other = Stream(), new_id(), said(new_id())
    record, words = for_the_record(case), of_an_open_case(case)
    for each in (opening := opened(case), *words, other, *record):
        stream.add(each)
    withdrawn = stream.withdraw(case)
    assert withdrawn.commands == [each.command for each in words]
    stream.connected(resumed=False, received=0)
    assert isinstance(withdrawn.opening, OpenCase)
    assert withdrawn.opening.command == opening.command
    assert withdrawn.opening.over
    assert withdrawn.opening.context.cart.empty
    assert everything(stream) == [withdrawn.opening, other, *record]


def test_what_has_a_number_keeps_it_as_long_as_the_office_knows_the_stream() -> None:
    stream, case = Stream(), new_id()
    opening, chat, end = opened(case), said(case), closed(case)
    for each in (opening, chat):
        stream.add(each)
    stream.connected(resumed=False, received=0)
    everything(stream)
    assert stream.withdraw(case).commands == [chat.command]
    stream.add(end)
    stream.connected(resumed=True, received=1)
    assert everything(stream) == [chat, end]
    stream.connected(resumed=False, received=0)
    assert everything(stream) == [end]


def test_of_an_earlier_run_only_what_is_for_the_record_lasts() -> None:
    case, waits = new_id(), new_id()
    old, new = NOW - LIVES - timedelta(seconds=1), NOW - LIVES
    record, end, opening = for_the_record(case), closed(case), opened(case)
    ahead = Kept(NOW + timedelta(hours=1), said(waits))
    young = joined(waits)
    kept = [
        *(Kept(old, each) for each in (end, opening, *record, *of_an_open_case(waits))),
        Kept(old, opened(waits)),
        ahead,
        Kept(new, young),
    ]
    assert fresh(kept, NOW) == [opening, end, *record, young]


def test_a_number_to_call_lasts_and_a_screen_that_nobody_stands_at_does_not() -> None:
    old = NOW - timedelta(days=3)
    number = called(CallbackWay.PHONE)
    assert fresh([Kept(old, number), Kept(old, called(CallbackWay.KIOSK))], NOW) == [number]


def test_the_end_of_the_case_takes_back_the_call_to_its_screen_and_no_number() -> None:
    stream = Stream()
    here, number = called(CallbackWay.KIOSK), called(CallbackWay.PHONE)
    for each in (here, number):
        stream.add(each)
    assert stream.withdraw(here.case).commands == [here.command]
    stream.connected(resumed=False, received=0)
    assert everything(stream) == [number]


async def test_nothing_a_shopper_wrote_stays_on_disk_after_the_case(tmp_path: Path) -> None:
    office = MiniOffice(FakeIdentity().public_key)
    await office.start()
    await office.stop()
    vault, case = SqliteVault(tmp_path), new_id()
    link = WebSocketLink(office.url, FakeIdentity(), vault, SystemClock())
    ear = Ear()
    link.start(ear)
    opening, words, record = opened(case), of_an_open_case(case), for_the_record(case)
    for each in (opening, *words, *record):
        link.send(each)
    async with asyncio.timeout(20):
        while len(await vault.pending()) < 7:  # noqa: ASYNC110 -- a disk has no event for it
            await asyncio.sleep(0.01)
    assert on_disk(tmp_path)
    end = closed(case)
    link.send(end)
    await vault.forget_cart()
    await until(lambda: not on_disk(tmp_path))
    await link.close()
    await vault.close()
    assert not on_disk(tmp_path)

    # After a restart the office hears of the rest, each once.
    await office.start()
    link = WebSocketLink(office.url, FakeIdentity(), vault := SqliteVault(tmp_path), SystemClock())
    link.start(ear := Ear())
    await ear.hears("delivered", 5)
    expected = [opening.command, *(each.command for each in record), end.command]
    assert sorted(each.command for each in office.heard) == sorted(expected)
    assert office.heard[0].command == opening.command
    await link.close()
    assert await vault.pending() == []
    await vault.close()
    await office.stop()


async def test_a_case_closed_by_the_next_run_takes_its_words_along() -> None:
    case = new_id()
    left: list[FromKiosk] = [opened(case), joined(case), said(case)]
    now = datetime.now(UTC)
    disk = FakeDisk(outbox={each.command: encode(each, now) for each in left})
    office = MiniOffice(FakeIdentity().public_key)
    await office.start()
    link, ear = WebSocketLink(office.url, FakeIdentity(), FakeVault(disk), SystemClock()), Ear()
    link.start(ear)
    link.send(end := closed(case))
    await ear.hears("delivered", 2)
    assert [each.command for each in office.heard] == [left[0].command, end.command]
    await link.close()
    assert disk.outbox == {}
    await office.stop()


async def test_addresses_of_the_network_are_never_written() -> None:
    disk = FakeDisk()
    office = MiniOffice(FakeIdentity().public_key)
    await office.start()
    await office.stop()
    link = WebSocketLink(office.url, FakeIdentity(), FakeVault(disk), SystemClock())
    link.start(Ear())
    link.send(peer_answer(case := new_id()))
    link.send(ReportPeerLost(command=new_id(), case=case, generation=1, reason="gone"))
    link.send(kept := said(case))
    await link.close()
    assert list(disk.outbox) == [kept.command]


async def test_a_case_over_before_the_office_heard_of_it_rings_for_nobody(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        identity = FakeIdentity()
        await place.office.admin.admit_kiosk(identity.kiosk, public_key=identity.public_key)
        tab, _ = await place.ready_tab()
        url = f"ws://127.0.0.1:{place.port}/kiosk"
        link, ear = WebSocketLink(url, identity, FakeVault(), SystemClock()), Ear()
        ghost, real = new_id(), new_id()
        for each in (opened(ghost), joined(ghost), said(ghost), closed(ghost), opened(real)):
            link.send(each)
        link.start(ear)
        await ear.hears("delivered", 3)
        shown = await tab.hears(CaseChanged)
        assert shown.card.case == real
        await link.close()
        await place.office.stop()
        store = open_store(place.office._settings)
        await store.open()
        record = await store.case(ghost)
        events = await store.events(ghost)
        await store.close()
        assert record is not None
        assert (record.phase, record.cause) == (CasePhase.ENDED, EndCause.FAILED)
        assert [event.kind for event in events] == ["opened", "closed"]


def test_a_question_looked_for_goes_with_the_words() -> None:
    stream, case = Stream(), new_id()
    opening = opened(case)
    asked = msgspec.structs.replace(opening.context, asked=(CANARY,))
    stream.add(msgspec.structs.replace(opening, context=asked))

    withdrawn = stream.withdraw(case)

    assert withdrawn.opening is not None
    assert withdrawn.opening.context.asked == ()
