"""The vault's tables, and its values as their rows. Transactions are the caller's."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from kiosk_app.vault.ports import HeldCart, KeptVisit

# What takes a file to that version from the one before.
MIGRATIONS = {
    # Version 1 had one place for both kinds of cart; what it kept is five minutes old at the most.
    2: """
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
""",
    # Version 2 held one cart, of a visit that was over.
    3: """
ALTER TABLE visit ADD COLUMN code_shown INTEGER NOT NULL DEFAULT 0;
UPDATE visit SET code_shown = (code <> '');
ALTER TABLE held RENAME TO held_one;
CREATE TABLE held (
    position INTEGER PRIMARY KEY,
    visit TEXT NOT NULL,
    snapshot BLOB NOT NULL,
    code TEXT NOT NULL,
    code_shown INTEGER NOT NULL,
    hold_until TEXT NOT NULL,
    boot_id TEXT NOT NULL,
    hold_until_boottime REAL NOT NULL,
    one_tap INTEGER NOT NULL,
    tries INTEGER NOT NULL
) STRICT;
INSERT INTO held
    SELECT one, visit, snapshot, code, 1, hold_until, boot_id, hold_until_boottime, 0, tries
    FROM held_one;
DROP TABLE held_one;
""",
}
SCHEMA_VERSION = max(MIGRATIONS)


def write_visit(db: sqlite3.Connection, visit: KeptVisit) -> None:
    """Put ``visit`` in the place of the visit that goes on."""
    db.execute(
        "INSERT OR REPLACE INTO visit VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            visit.visit,
            visit.case,
            visit.snapshot,
            visit.code,
            visit.saved_at.isoformat(),
            visit.hold_until.isoformat(),
            visit.boot_id,
            visit.hold_until_boottime,
            visit.code_shown,
        ),
    )
    drop_needless_visit(db)


def empty_visit(db: sqlite3.Connection) -> None:
    """Take the cart out of the place of the visit that goes on."""
    db.execute("UPDATE visit SET snapshot = zeroblob(0), code = '', code_shown = 0")
    drop_needless_visit(db)


def drop_needless_visit(db: sqlite3.Connection) -> None:
    """A visit with neither case nor cart is not kept."""
    db.execute("DELETE FROM visit WHERE open_case IS NULL AND length(snapshot) = 0")


def write_carts(db: sqlite3.Connection, carts: Sequence[HeldCart]) -> None:
    """Put ``carts`` in the place of all held ones."""
    db.execute("DELETE FROM held")
    db.executemany(
        "INSERT INTO held VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                position,
                cart.visit,
                cart.snapshot,
                cart.code,
                cart.code_shown,
                cart.hold_until.isoformat(),
                cart.boot_id,
                cart.hold_until_boottime,
                cart.one_tap,
                cart.tries,
            )
            for position, cart in enumerate(carts)
        ],
    )


def read_carts(db: sqlite3.Connection) -> list[HeldCart]:
    """The held carts, in order."""
    rows = db.execute(
        "SELECT visit, snapshot, code, code_shown, hold_until, boot_id, hold_until_boottime, "
        "one_tap, tries FROM held ORDER BY position"
    )
    return [
        HeldCart(
            visit=visit,
            snapshot=bytes(snapshot),
            code=code,
            code_shown=bool(shown),
            hold_until=datetime.fromisoformat(hold_until),
            boot_id=boot,
            hold_until_boottime=boottime,
            one_tap=bool(one_tap),
            tries=tries,
        )
        for visit, snapshot, code, shown, hold_until, boot, boottime, one_tap, tries in rows
    ]


def read_visit(db: sqlite3.Connection) -> KeptVisit | None:
    """The visit that goes on, if one is kept."""
    row = db.execute(
        "SELECT visit, open_case, snapshot, code, saved_at, hold_until, boot_id, "
        "hold_until_boottime, code_shown FROM visit"
    ).fetchone()
    if row is None:
        return None
    visit, case, snapshot, code, saved_at, hold_until, boot, boottime, shown = row
    return KeptVisit(
        visit=visit,
        case=case,
        snapshot=bytes(snapshot),
        code=code,
        code_shown=bool(shown),
        saved_at=datetime.fromisoformat(saved_at),
        hold_until=datetime.fromisoformat(hold_until),
        boot_id=boot,
        hold_until_boottime=boottime,
    )
