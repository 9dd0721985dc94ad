"""What the office keeps, and for how long."""

import sqlite3
from pathlib import Path

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.office.admin import DATABASE, SESSION_VALID
from kiosk_app.office.watch import RETENTION
from kiosk_app.protocol.from_console import ResolveCase
from kiosk_app.protocol.to_console import CaseGone
from tests.support.office import together, town


def rows(directory: Path, table: str) -> int:
    connection = sqlite3.connect(directory / DATABASE)
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 -- ours
    connection.close()
    return int(count)


async def test_an_ended_case_keeps_neither_words_nor_cart(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        _, tab, case = await together(place)
        assert b"Mj\xc3\xb6lk" in kept(tmp_path, case)
        await tab.send(ResolveCase(command=new_id(), case=case))
        await tab.hears(CaseGone)
        record = kept(tmp_path, case)
        assert b"Mj\xc3\xb6lk" not in record
        assert b"betala" not in record
        assert b"Byabutiken" in record


def kept(directory: Path, case: str) -> bytes:
    connection = sqlite3.connect(directory / DATABASE)
    sql = "SELECT record FROM cases WHERE case_id = ?"
    (record,) = connection.execute(sql, (case,)).fetchone()
    connection.close()
    return str(record).encode()


async def test_after_a_day_nothing_old_is_left_but_the_case_log(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        await together(place)
        tables = ("commands", "logins", "sessions")
        assert [rows(tmp_path, table) for table in tables] == [3, 1, 1]
        events = rows(tmp_path, "events")
        past = RETENTION + SESSION_VALID
        clock.set_wall(clock.wall() + past)
        await place.office.watch.tick()
        assert rows(tmp_path, "commands") == 3, "looked at once an hour"
        clock.advance(3601)
        await place.office.watch.tick()
        assert [rows(tmp_path, table) for table in tables] == [0, 0, 0]
        assert rows(tmp_path, "events") >= events
