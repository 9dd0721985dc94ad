"""The store on one machine: SQLite, one file, one thread that owns the connection.

WAL with ``synchronous=FULL``: a commit that has returned survives a power cut.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kiosk_app.office.errors import StaleError, StoreError
from kiosk_app.office.record import Agent, CaseRecord, Change, Event, Kiosk, Wait
from kiosk_app.office.store import handoffs
from kiosk_app.protocol.shared import ChatMessage

T = TypeVar("T")

_BUSY_SECONDS = 5.0  # an administrator's command in another process commits in milliseconds


class SqliteStore:
    """See :class:`kiosk_app.office.store.ports.Store`. ``path`` is the database file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="office-store")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        await self._run(self._open)

    async def close(self) -> None:
        def close(connection: sqlite3.Connection) -> None:
            connection.close()
            self._connection = None

        if self._connection is not None:
            await self._run(lambda: close(self._ready()))
        self._thread.shutdown(wait=True)

    async def commit(self, change: Change) -> bool:
        return await self._write(lambda connection: _commit(connection, change))

    async def forget_before(self, moment: datetime) -> None:
        def forget(connection: sqlite3.Connection) -> None:
            before = (moment.timestamp(),)
            connection.execute("DELETE FROM commands WHERE at < ?", before)
            connection.execute("DELETE FROM logins WHERE expires < ?", before)
            connection.execute("DELETE FROM sessions WHERE expires < ?", before)
            handoffs.forget_before(connection, moment)

        await self._write(forget)
        # What was deleted and overwritten leaves the log beside the file too.
        await self._run(
            lambda: self._ready().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        )

    async def knows(self, command: str) -> bool:
        rows = await self._read("SELECT 1 FROM commands WHERE command = ?", command)
        return bool(rows)

    async def case(self, case: str) -> CaseRecord | None:
        rows = await self._read("SELECT record FROM cases WHERE case_id = ?", case)
        return msgspec.json.decode(rows[0][0], type=CaseRecord) if rows else None

    async def open_cases(self) -> list[CaseRecord]:
        rows = await self._read("SELECT record FROM cases WHERE phase <> 'ended'")
        return [msgspec.json.decode(row[0], type=CaseRecord) for row in rows]

    async def cases_of_visit(self, visit: str) -> list[CaseRecord]:
        rows = await self._read(
            "SELECT record FROM cases WHERE json_extract(record, '$.visit') = ? "
            "ORDER BY rowid DESC",
            visit,
        )
        return [msgspec.json.decode(row[0], type=CaseRecord) for row in rows]

    async def paused_since(self, moment: datetime) -> list[CaseRecord]:
        rows = await self._read(
            "SELECT record FROM cases WHERE ended_at >= ? "
            "AND json_extract(record, '$.paused_until') IS NOT NULL",
            moment.timestamp(),
        )
        return [msgspec.json.decode(row[0], type=CaseRecord) for row in rows]

    async def chat(self, case: str) -> list[ChatMessage]:
        rows = await self._read(
            "SELECT message FROM chat WHERE case_id = ? ORDER BY chat_id", case
        )
        return [msgspec.json.decode(row[0], type=ChatMessage) for row in rows]

    async def events(self, case: str) -> list[Event]:
        rows = await self._read(
            "SELECT kind, at, actor, detail FROM events WHERE case_id = ? ORDER BY event_id", case
        )
        return [
            Event(kind=kind, at=_moment(at), actor=actor, detail=msgspec.json.decode(detail))
            for kind, at, actor, detail in rows
        ]

    async def waits_since(self, moment: datetime) -> list[Wait]:
        rows = await self._read(
            "SELECT case_id, queued_at, answered_at, ended_at, promised_seconds FROM cases "
            "WHERE queued_at >= ? AND json_extract(record, '$.context.practice') IS NOT 1 "
            "ORDER BY queued_at",
            moment.timestamp(),
        )
        return [
            Wait(
                case=case,
                queued_at=_moment(queued),
                answered_at=None if answered is None else _moment(answered),
                ended_at=None if ended is None else _moment(ended),
                promised_seconds=promised,
            )
            for case, queued, answered, ended, promised in rows
        ]

    async def put_kiosk(self, kiosk: Kiosk) -> None:
        await self._execute(
            "INSERT INTO kiosks (kiosk, record) VALUES (?, ?) "
            "ON CONFLICT (kiosk) DO UPDATE SET record = excluded.record",
            kiosk.kiosk,
            msgspec.json.encode(kiosk).decode(),
        )

    async def kiosk(self, kiosk: str) -> Kiosk | None:
        rows = await self._read("SELECT record FROM kiosks WHERE kiosk = ?", kiosk)
        return msgspec.json.decode(rows[0][0], type=Kiosk) if rows else None

    async def kiosks(self) -> list[Kiosk]:
        rows = await self._read("SELECT record FROM kiosks ORDER BY kiosk")
        return [msgspec.json.decode(row[0], type=Kiosk) for row in rows]

    async def put_agent(self, agent: Agent) -> None:
        await self._execute(
            "INSERT INTO agents (agent, name) VALUES (?, ?) "
            "ON CONFLICT (agent) DO UPDATE SET name = excluded.name",
            agent.agent,
            agent.name,
        )

    async def agent(self, agent: str) -> Agent | None:
        rows = await self._read("SELECT agent, name FROM agents WHERE agent = ?", agent)
        return Agent(*rows[0]) if rows else None

    async def put_login(self, token_hash: str, agent: str, expires: datetime) -> None:
        await self._execute(
            "INSERT INTO logins (token_hash, agent, expires) VALUES (?, ?, ?)",
            token_hash,
            agent,
            expires.timestamp(),
        )

    async def use_login(self, token_hash: str, now: datetime) -> str | None:
        def use(connection: sqlite3.Connection) -> str | None:
            rows = connection.execute(
                "UPDATE logins SET used_at = :now WHERE token_hash = :token AND used_at IS NULL "
                "AND expires > :now RETURNING agent",
                {"token": token_hash, "now": now.timestamp()},
            ).fetchall()
            return rows[0][0] if rows else None

        return await self._write(use)

    async def put_session(self, token_hash: str, agent: str, expires: datetime) -> None:
        await self._execute(
            "INSERT INTO sessions (token_hash, agent, expires) VALUES (?, ?, ?)",
            token_hash,
            agent,
            expires.timestamp(),
        )

    async def session(self, token_hash: str, now: datetime) -> Agent | None:
        rows = await self._read(
            "SELECT agents.agent, agents.name FROM sessions JOIN agents USING (agent) "
            "WHERE token_hash = ? AND expires > ?",
            token_hash,
            now.timestamp(),
        )
        return Agent(*rows[0]) if rows else None

    async def put_handoff(self, token_hash: str, case: str, expires: datetime) -> None:
        await self._write(lambda connection: handoffs.put(connection, token_hash, case, expires))

    async def withdraw_handoffs(self, case: str) -> None:
        await self._write(lambda connection: handoffs.withdraw(connection, case))

    async def use_handoff(self, token_hash: str, now: datetime) -> str | None:
        return await self._write(lambda connection: handoffs.use(connection, token_hash, now))

    async def put_phone(self, token_hash: str, case: str, expires: datetime) -> None:
        await self._write(
            lambda connection: handoffs.put_phone(connection, token_hash, case, expires)
        )

    async def phone(self, token_hash: str, now: datetime) -> str | None:
        return await self._run(lambda: handoffs.phone(self._ready(), token_hash, now))

    # The thread ----------------------------------------------------------------------------------

    def _open(self) -> None:
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        self._connection = connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Deleted chat is overwritten, not merely unlinked from its page.
        connection.execute("PRAGMA secure_delete = ON")
        _migrate(connection)

    def _ready(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StoreError("The store is not open. Nothing was written; start the office first.")
        return self._connection

    async def _read(self, sql: str, *values: Any) -> list[Any]:
        return await self._run(lambda: self._ready().execute(sql, values).fetchall())

    async def _execute(self, sql: str, *values: Any) -> None:
        await self._write(lambda connection: connection.execute(sql, values).fetchall())

    async def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def transaction() -> T:
            connection = self._ready()
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back by itself already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return result

        return await self._run(transaction)

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except (sqlite3.Error, msgspec.MsgspecError) as error:
            raise StoreError(
                f"The office's database {self._path} failed ({error}). This change was not "
                f"written, everything before it is safe. Check the disk's space and rights."
            ) from error


def _moment(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)


def _stamp(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


def _migrate(connection: sqlite3.Connection) -> None:
    """Run every migration above ``user_version``, each whole or not at all."""
    files = resources.files("kiosk_app.office.store") / "migrations"
    done = connection.execute("PRAGMA user_version").fetchone()[0]
    steps = sorted(
        (file for file in files.iterdir() if file.name.endswith(".sql")),
        key=lambda file: file.name,
    )
    newest = int(steps[-1].name[:4])
    if done > newest:
        raise StoreError(
            f"The office's database was written by a newer version (migration {done}, this one "
            f"knows {newest}). Nothing was changed; install the newer version again."
        )
    for step in steps:
        number = int(step.name[:4])
        if number > done:
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{step.read_text('utf-8')}\n"
                f"PRAGMA user_version = {number};\nCOMMIT;"
            )


def _commit(connection: sqlite3.Connection, change: Change) -> bool:
    record = change.record
    if change.command is not None:
        fresh = connection.execute(
            "INSERT INTO commands (command, case_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING "
            "RETURNING 1",
            (change.command, record.case, change.at.timestamp()),
        ).fetchall()
        if not fresh:
            return False
    columns = (
        record.version,
        record.kiosk,
        record.phase.value,
        _stamp(record.queued_at),
        _stamp(record.answered_at),
        _stamp(record.ended_at),
        record.promised_seconds,
        msgspec.json.encode(record).decode(),
        record.case,
    )
    if record.version == 1:
        sql = (
            "INSERT INTO cases (version, kiosk, phase, queued_at, answered_at, ended_at, "
            "promised_seconds, record, case_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING RETURNING 1"
        )
        written = connection.execute(sql, columns).fetchall()
    else:
        sql = (
            "UPDATE cases SET version = ?, kiosk = ?, phase = ?, queued_at = ?, answered_at = ?, "
            "ended_at = ?, promised_seconds = ?, record = ? WHERE case_id = ? AND version = ? "
            "RETURNING 1"
        )
        written = connection.execute(sql, (*columns, record.version - 1)).fetchall()
    if not written:
        raise StaleError(
            "The case was changed by someone else at the same moment. "
            "Nothing was written; try again."
        )
    connection.executemany(
        "INSERT INTO events (case_id, at, kind, actor, command, detail) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                record.case,
                event.at.timestamp(),
                event.kind,
                event.actor,
                change.command,
                msgspec.json.encode(event.detail).decode(),
            )
            for event in change.events
        ],
    )
    connection.executemany(
        "INSERT INTO chat (case_id, message_id, message) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(record.case, said.id, msgspec.json.encode(said).decode()) for said in change.chat],
    )
    if change.forget_chat:
        connection.execute("DELETE FROM chat WHERE case_id = ?", (record.case,))
    return True
