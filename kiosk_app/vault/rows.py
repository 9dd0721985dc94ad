"""The vault's tables, and its values as their rows. Transactions are the caller's."""

import sqlite3
from datetime import datetime

from kiosk_app.vault.ports import HeldCart, KeptVisit

SCHEMA_VERSION = 2

# Version 1 had one place for both kinds of cart; what it kept is five minutes old at the most.
SCHEMA = """
DROP TABLE IF EXISTS visit;
CREATE TABLE visit (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    visit TEXT NOT NULL,
    open_case TEXT,
    snapshot BLOB NOT NULL,
    code TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    hold_until TEXT NOT NULL,
    boot_id TEXT NOT NULL,
    hold_until_boottime REAL NOT NULL
) STRICT;
CREATE TABLE held (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    visit TEXT NOT NULL,
    snapshot BLOB NOT NULL,
    code TEXT NOT NULL,
    hold_until TEXT NOT NULL,
    boot_id TEXT NOT NULL,
    hold_until_boottime REAL NOT NULL,
    tries INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL UNIQUE,
    body BLOB NOT NULL
) STRICT;
"""


def write_visit(db: sqlite3.Connection, visit: KeptVisit) -> None:
    """Put ``visit`` in the place of the visit that goes on."""
    db.execute(
        "INSERT OR REPLACE INTO visit VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            visit.visit,
            visit.case,
            visit.snapshot,
            visit.code,
            visit.saved_at.isoformat(),
            visit.hold_until.isoformat(),
            visit.boot_id,
            visit.hold_until_boottime,
        ),
    )


def empty_visit(db: sqlite3.Connection) -> None:
    """Take the cart out of the place of the visit that goes on; without a case nothing stays."""
    db.execute("UPDATE visit SET snapshot = zeroblob(0), code = ''")
    db.execute("DELETE FROM visit WHERE open_case IS NULL")


def write_cart(db: sqlite3.Connection, cart: HeldCart) -> None:
    """Put ``cart`` in the place of the held one."""
    db.execute(
        "INSERT OR REPLACE INTO held VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        (
            cart.visit,
            cart.snapshot,
            cart.code,
            cart.hold_until.isoformat(),
            cart.boot_id,
            cart.hold_until_boottime,
            cart.tries,
        ),
    )


def read_cart(db: sqlite3.Connection) -> HeldCart | None:
    """The held cart, if there is one."""
    row = db.execute(
        "SELECT visit, snapshot, code, hold_until, boot_id, hold_until_boottime, tries FROM held"
    ).fetchone()
    if row is None:
        return None
    visit, snapshot, code, hold_until, boot, boottime, tries = row
    return HeldCart(
        visit=visit,
        snapshot=bytes(snapshot),
        code=code,
        hold_until=datetime.fromisoformat(hold_until),
        boot_id=boot,
        hold_until_boottime=boottime,
        tries=tries,
    )


def read_visit(db: sqlite3.Connection) -> KeptVisit | None:
    """The visit that goes on, if one is kept."""
    row = db.execute(
        "SELECT visit, open_case, snapshot, code, saved_at, hold_until, boot_id, "
        "hold_until_boottime FROM visit"
    ).fetchone()
    if row is None:
        return None
    visit, case, snapshot, code, saved_at, hold_until, boot, boottime = row
    return KeptVisit(
        visit=visit,
        case=case,
        snapshot=bytes(snapshot),
        code=code,
        saved_at=datetime.fromisoformat(saved_at),
        hold_until=datetime.fromisoformat(hold_until),
        boot_id=boot,
        hold_until_boottime=boottime,
    )
