"""The rows of hand-offs: codes that work once, and the phones that used one."""

import sqlite3
from datetime import datetime


def put(connection: sqlite3.Connection, token_hash: str, case: str, expires: datetime) -> None:
    """The newest code of a case is the only one that is worth anything."""
    withdraw(connection, case)
    connection.execute(
        "INSERT INTO handoffs (token_hash, case_id, expires) VALUES (?, ?, ?)",
        (token_hash, case, expires.timestamp()),
    )


def withdraw(connection: sqlite3.Connection, case: str) -> None:
    connection.execute("DELETE FROM handoffs WHERE case_id = ? AND used_at IS NULL", (case,))


def use(connection: sqlite3.Connection, token_hash: str, now: datetime) -> str | None:
    rows = connection.execute(
        "UPDATE handoffs SET used_at = :now WHERE token_hash = :token AND used_at IS NULL "
        "AND expires > :now RETURNING case_id",
        {"token": token_hash, "now": now.timestamp()},
    ).fetchall()
    return rows[0][0] if rows else None


def put_phone(
    connection: sqlite3.Connection, token_hash: str, case: str, expires: datetime
) -> None:
    connection.execute(
        "INSERT INTO phones (token_hash, case_id, expires) VALUES (?, ?, ?)",
        (token_hash, case, expires.timestamp()),
    )


def phone(connection: sqlite3.Connection, token_hash: str, now: datetime) -> str | None:
    rows = connection.execute(
        "SELECT case_id FROM phones WHERE token_hash = ? AND expires > ?",
        (token_hash, now.timestamp()),
    ).fetchall()
    return rows[0][0] if rows else None


def forget_before(connection: sqlite3.Connection, moment: datetime) -> None:
    before = (moment.timestamp(),)
    connection.execute("DELETE FROM handoffs WHERE expires < ?", before)
    connection.execute("DELETE FROM phones WHERE expires < ?", before)
