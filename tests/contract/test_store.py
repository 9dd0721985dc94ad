"""What every store of the office's keeps to. A new store is one more fixture parameter."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk_app.base.ids import new_id
from kiosk_app.office.errors import StaleError, StoreError
from kiosk_app.office.record import (
    Agent,
    CaseRecord,
    Change,
    Event,
    Kiosk,
    Share,
    changed,
)
from kiosk_app.office.store.ports import Store
from kiosk_app.office.store.sqlite import SqliteStore
from kiosk_app.protocol.shared import Author, CasePhase, ChatMessage, EndCause, ShareEndCause
from tests.support.office import context

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
Opener = Callable[[], Store]


@pytest.fixture(params=["sqlite"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Makes a store on the same data, as after a restart."""
    assert request.param == "sqlite"
    return lambda: SqliteStore(tmp_path / "office.sqlite3")


@pytest.fixture
async def store(opener: Opener) -> AsyncIterator[Store]:
    store = opener()
    await store.open()
    yield store
    await store.close()


def record(**fields: object) -> CaseRecord:
    values: dict[str, object] = {
        "case": new_id(),
        "visit": new_id(),
        "kiosk": "k1",
        "phase": CasePhase.BROWSING,
        "context": context(),
        "pressed_at": NOW,
        "promised_seconds": 60,
    }
    return CaseRecord(**{**values, **fields})  # type: ignore[arg-type]  # checked by the tests


def said(text: str) -> ChatMessage:
    return ChatMessage(id=new_id(), author=Author.AGENT, name="Lisa", text=text, sent_at=NOW)


def happened(kind: str) -> Event:
    return Event(kind=kind, at=NOW, actor="k1", detail={"step": "cart"})


async def test_a_case_comes_back_as_it_was(opener: Opener) -> None:
    full = record(
        queued_at=NOW,
        place=-3,
        attempt=4,
        agent="lisa",
        agent_name="Lisa",
        answered_at=NOW + timedelta(seconds=9),
        first_text="Hjälp",
        share=Share("granted", new_id(), NOW, 300, ShareEndCause.DEADLINE),
        tags=("betalningsfråga",),
        generation=7,
        score=5,
        phase=CasePhase.ACTIVE,
    )
    first = opener()
    await first.open()
    lines = (said("ett"), said("två"))
    assert await first.commit(Change(full, (happened("a"), happened("b")), lines, new_id()))
    await first.close()
    second = opener()
    await second.open()
    assert await second.case(full.case) == full
    assert await second.open_cases() == [full]
    assert await second.chat(full.case) == list(lines)
    assert [event.kind for event in await second.events(full.case)] == ["a", "b"]
    assert (await second.events(full.case))[0] == happened("a")
    await second.close()


async def test_a_command_is_carried_out_once(store: Store) -> None:
    case, command = record(), new_id()
    assert not await store.knows(command)
    assert await store.commit(Change(case, (happened("opened"),), command=command))
    assert await store.knows(command)
    again = Change(changed(case, first_text="x"), (happened("opened"),), (said("x"),), command)
    assert not await store.commit(again)
    assert await store.case(case.case) == case
    assert len(await store.events(case.case)) == 1
    assert await store.chat(case.case) == []


async def test_two_who_changed_the_same_version(store: Store) -> None:
    case = record()
    await store.commit(Change(case))
    await store.commit(Change(changed(case, agent="lisa")))
    command = new_id()
    with pytest.raises(StaleError):
        await store.commit(Change(changed(case, agent="omar"), (happened("x"),), (), command))
    with pytest.raises(StaleError):
        await store.commit(Change(case))
    stored = await store.case(case.case)
    assert stored is not None
    assert stored.agent == "lisa"
    assert not await store.knows(command)
    assert await store.events(case.case) == []


async def test_a_message_said_twice_is_there_once(store: Store) -> None:
    case, line = record(), said("hej")
    await store.commit(Change(case, chat=(line,)))
    await store.commit(Change(changed(case), chat=(line, said("då"))))
    assert [each.text for each in await store.chat(case.case)] == ["hej", "då"]


async def test_an_ended_case_is_out_of_the_open_ones_and_its_chat_is_gone(store: Store) -> None:
    case = record()
    await store.commit(Change(case, chat=(said("hemligt"),)))
    ended = changed(case, phase=CasePhase.ENDED, cause=EndCause.RESOLVED, ended_at=NOW)
    await store.commit(Change(ended, forget_chat=True))
    assert await store.open_cases() == []
    assert await store.case(case.case) == ended
    assert await store.chat(case.case) == []


async def test_waits(store: Store) -> None:
    early = record(queued_at=NOW - timedelta(days=1))
    late = record(queued_at=NOW, answered_at=NOW + timedelta(seconds=30))
    practice = record(queued_at=NOW, context=replace(context(), practice=True))
    for case in (late, early, record(), practice):
        await store.commit(Change(case))
    waits = await store.waits_since(NOW - timedelta(days=2))
    assert [wait.case for wait in waits] == [early.case, late.case]
    (wait,) = await store.waits_since(NOW)
    assert wait.answered_at == late.answered_at
    assert wait.promised_seconds == 60


async def test_the_cases_of_a_visit_the_newest_first(store: Store) -> None:
    visit = new_id()
    first, other, second = record(visit=visit), record(), record(visit=visit)
    for case in (first, other, second):
        await store.commit(Change(case))
    ended = changed(first, phase=CasePhase.ENDED, ended_at=NOW)
    await store.commit(Change(ended))
    assert await store.cases_of_visit(visit) == [second, ended]
    assert await store.cases_of_visit(new_id()) == []


async def test_kiosks_and_agents(store: Store) -> None:
    kiosk = Kiosk("k1", "key", "Byabutiken", "Kassa 2", "till")
    assert await store.kiosk("k1") is None
    await store.put_kiosk(kiosk)
    newer = Kiosk("k1", "another key", "Byabutiken", "Kassa 2", "till")
    await store.put_kiosk(newer)
    assert await store.kiosk("k1") == newer
    assert await store.kiosks() == [newer]
    await store.put_agent(Agent("lisa", "Lisa"))
    await store.put_agent(Agent("lisa", "Lisa B"))
    assert await store.agent("lisa") == Agent("lisa", "Lisa B")
    assert await store.agent("nobody") is None


async def test_a_login_works_once_and_in_time(store: Store) -> None:
    await store.put_agent(Agent("lisa", "Lisa"))
    await store.put_login("good", "lisa", NOW + timedelta(minutes=10))
    await store.put_login("late", "lisa", NOW)
    assert await store.use_login("unknown", NOW) is None
    assert await store.use_login("late", NOW) is None
    assert await store.use_login("good", NOW) == "lisa"
    assert await store.use_login("good", NOW) is None


async def test_a_session_lasts_until_it_expires(store: Store) -> None:
    await store.put_agent(Agent("lisa", "Lisa"))
    await store.put_session("hash", "lisa", NOW + timedelta(hours=12))
    assert await store.session("hash", NOW) == Agent("lisa", "Lisa")
    assert await store.session("hash", NOW + timedelta(hours=12)) is None
    assert await store.session("other", NOW) is None


async def test_a_code_for_a_phone_works_once_and_in_time(store: Store) -> None:
    case = record()
    await store.commit(Change(case))
    await store.put_handoff("late", case.case, NOW)
    assert await store.use_handoff("late", NOW) is None
    await store.put_handoff("good", case.case, NOW + timedelta(minutes=5))
    assert await store.use_handoff("unknown", NOW) is None
    assert await store.use_handoff("good", NOW) == case.case
    assert await store.use_handoff("good", NOW) is None


async def test_only_the_newest_code_of_a_case_is_good(store: Store) -> None:
    case, other = record(), record()
    await store.commit(Change(case))
    await store.commit(Change(other))
    until = NOW + timedelta(minutes=5)
    await store.put_handoff("others", other.case, until)
    await store.put_handoff("older", case.case, until)
    await store.put_handoff("newer", case.case, until)
    assert await store.use_handoff("older", NOW) is None
    await store.withdraw_handoffs(case.case)
    assert await store.use_handoff("newer", NOW) is None
    assert await store.use_handoff("others", NOW) == other.case


async def test_a_phone_is_known_until_its_session_is_over(store: Store) -> None:
    case = record()
    await store.commit(Change(case))
    await store.put_phone("hash", case.case, NOW + timedelta(hours=12))
    assert await store.phone("hash", NOW) == case.case
    assert await store.phone("hash", NOW + timedelta(hours=12)) is None
    assert await store.phone("other", NOW) is None


async def test_old_codes_and_phones_are_forgotten(store: Store) -> None:
    case, other = record(), record()
    await store.commit(Change(case))
    await store.commit(Change(other))
    later = NOW + timedelta(hours=1)
    await store.put_handoff("old", case.case, NOW)
    await store.put_handoff("new", other.case, later)
    await store.put_phone("old", case.case, NOW)
    await store.put_phone("new", case.case, later)
    await store.forget_before(later)
    before = NOW - timedelta(hours=1)
    assert await store.use_handoff("old", before) is None
    assert await store.use_handoff("new", before) == other.case
    assert await store.phone("old", before) is None
    assert await store.phone("new", before) == case.case


async def test_what_is_old_is_forgotten_and_the_case_log_is_not(store: Store) -> None:
    case, old, new = record(), new_id(), new_id()
    await store.commit(Change(case, (happened("consent"),), command=old, at=NOW))
    later = NOW + timedelta(hours=1)
    await store.commit(Change(changed(case), (happened("closed"),), command=new, at=later))
    await store.put_agent(Agent("lisa", "Lisa"))
    for token, expires in (("old", NOW), ("new", later)):
        await store.put_login(token, "lisa", expires)
        await store.put_session(token, "lisa", expires)
    await store.forget_before(later)
    assert (await store.knows(old), await store.knows(new)) == (False, True)
    assert await store.session("new", NOW) == Agent("lisa", "Lisa")
    assert await store.session("old", NOW - timedelta(hours=1)) is None
    assert await store.use_login("old", NOW - timedelta(hours=1)) is None
    assert await store.use_login("new", NOW) == "lisa"
    assert [event.kind for event in await store.events(case.case)] == ["consent", "closed"]
    assert await store.open_cases() == [changed(case)]


async def test_a_login_for_nobody_is_an_error_in_words(store: Store) -> None:
    with pytest.raises(StoreError, match="not written"):
        await store.put_login("hash", "nobody", NOW)


async def test_the_case_log_cannot_be_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite3"
    store = SqliteStore(path)
    await store.open()
    await store.commit(Change(record(), (happened("consent"),)))
    await store.close()
    connection = sqlite3.connect(path)
    for sql in ("UPDATE events SET kind = 'x'", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(sql)
    connection.close()


async def test_a_database_of_the_first_version_is_brought_along(tmp_path: Path) -> None:
    path, command = tmp_path / "office.sqlite3", new_id()
    first = resources.files("kiosk_app.office.store") / "migrations" / "0001_start.sql"
    connection = sqlite3.connect(path)
    connection.executescript(first.read_text("utf-8") + "PRAGMA user_version = 1;")
    connection.execute("INSERT INTO commands VALUES (?, 'a case')", (command,))
    connection.commit()
    connection.close()
    store = SqliteStore(path)
    await store.open()
    # It counts as carried out now: a kiosk may be about to send it again.
    await store.forget_before(datetime.now(UTC) - timedelta(minutes=1))
    assert await store.knows(command)
    await store.commit(Change(record(), command=new_id()))
    await store.close()


async def test_a_database_from_the_future_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    store = SqliteStore(path)
    with pytest.raises(StoreError, match="newer version"):
        await store.open()
    await store.close()


async def test_what_is_no_database_is_an_error_in_words(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite3"
    path.write_bytes(b"not a database, but long enough to look like one" * 100)
    store = SqliteStore(path)
    with pytest.raises(StoreError, match="failed"):
        await store.open()
    await store.close()
