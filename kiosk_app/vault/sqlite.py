"""The vault on disk: one small SQLite file, one thread that writes it.

When a method returns, what it did is synced; after kill -9 or a power cut either the old or the
new state is there, never something between. The event loop never waits for the disk.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from kiosk_app.base.whole_file import sync_directory
from kiosk_app.base.worker import Worker
from kiosk_app.vault.ports import HeldCart, KeptVisit, VaultError, VaultFullError
from kiosk_app.vault.rows import (
    MIGRATIONS,
    SCHEMA_VERSION,
    drop_needless_visit,
    empty_visit,
    read_carts,
    read_visit,
    write_carts,
    write_visit,
)

logger = logging.getLogger(__name__)

T = TypeVar("T")

FILE_NAME = "vault.db"
BROKEN_SUFFIX = ".broken"
BUSY_SECONDS = 2.0  # a kiosk that was just killed lets go of its lock at once; a living one never
SCRUB_AFTER_SECONDS = 2.0  # what was dropped leaves the log file too, once the shopper's rush ends

_PRAGMAS = (
    # Only this connection: no shared-memory file, and a second kiosk program on the same
    # directory is refused instead of mixing two shoppers' visits.
    "PRAGMA locking_mode=EXCLUSIVE",
    # A write is appended and synced once; a cut in the middle leaves the last commit.
    "PRAGMA journal_mode=WAL",
    # Sync at every commit; NORMAL would lose the last commits in a power cut.
    "PRAGMA synchronous=FULL",
    # What is deleted or overwritten is zeroed in the file, not only unlinked.
    "PRAGMA secure_delete=ON",
    # Sorting never spills a cart into a file in /tmp.
    "PRAGMA temp_store=MEMORY",
)


class SqliteVault:
    """A :class:`~kiosk_app.vault.ports.Vault`, and the link's outbox, in ``directory``.

    Opening happens on the writing thread and is tried again with each call until it succeeds, so
    a disk that comes back is used again. A file that is not whole is set aside as
    ``vault.db.broken`` with a line in the log, and a fresh one is made.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        self._db: sqlite3.Connection | None = None
        self._unscrubbed = False
        self._worker = Worker(
            "vault", idle=self._scrub_when_idle, idle_seconds=SCRUB_AFTER_SECONDS
        )

    async def keep_visit(self, visit: KeptVisit, held: Sequence[HeldCart] | None = None) -> None:
        def write(db: sqlite3.Connection) -> None:
            with _transaction(db):
                write_visit(db, visit)

        def write_both(db: sqlite3.Connection) -> None:
            write_visit(db, visit)
            write_carts(db, held or ())

        await (self._do(write) if held is None else self._forget(write_both))

    async def move_cart(self, held: Sequence[HeldCart]) -> None:
        def move(db: sqlite3.Connection) -> None:
            write_carts(db, held)
            empty_visit(db)

        await self._forget(move)

    async def hold_carts(self, held: Sequence[HeldCart]) -> None:
        await self._forget(lambda db: write_carts(db, held))

    async def load_carts(self) -> list[HeldCart]:
        return await self._do(read_carts)

    async def load_visit(self) -> KeptVisit | None:
        return await self._do(read_visit)

    async def forget_cart(self) -> None:
        await self._forget(empty_visit)

    async def _forget(self, delete: Callable[[sqlite3.Connection], object]) -> None:
        """Do ``delete`` in one transaction, and leave no copy of what it deletes anywhere."""

        def forget(db: sqlite3.Connection) -> None:
            with _transaction(db):
                delete(db)
            self._scrub(db)
            _destroy(self._broken)

        await self._do(forget)

    async def forget_case(self) -> None:
        def forget(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.execute("UPDATE visit SET open_case = NULL")
                drop_needless_visit(db)

        await self._do(forget)

    async def put(self, command: str, body: bytes) -> None:
        def write(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.execute(
                    "INSERT OR IGNORE INTO outbox (command, body) VALUES (?, ?)", (command, body)
                )

        await self._do(write)

    async def pending(self) -> list[tuple[str, bytes]]:
        def read(db: sqlite3.Connection) -> list[tuple[str, bytes]]:
            rows = db.execute("SELECT command, body FROM outbox ORDER BY position")
            return [(str(command), bytes(body)) for command, body in rows]

        return await self._do(read)

    async def drop(self, commands: list[str]) -> None:
        def delete(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.executemany("DELETE FROM outbox WHERE command = ?", [(c,) for c in commands])

        await self._do(delete)

    async def close(self) -> None:
        await self._worker.close(self._close)

    # On the writing thread from here on ---------------------------------------------------------

    @property
    def _broken(self) -> Path:
        return self._path.with_name(FILE_NAME + BROKEN_SUFFIX)

    @property
    def _log_file(self) -> Path:
        return self._path.with_name(FILE_NAME + "-wal")

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def run() -> T:
            try:
                if self._db is None:
                    self._db = self._open()
                result = work(self._db)
                self._unscrubbed = True
                return result
            except sqlite3.Error as error:
                raise self._said(error) from error
            except OSError as error:
                raise VaultError(
                    f"The vault in {self._path.parent} cannot be used ({error.strerror}). "
                    f"What it held is untouched. Give the directory back to this user."
                ) from error

        try:
            return await self._worker.call(run)
        except RuntimeError as error:
            raise VaultError(
                "The vault is closed. What it held is on disk. Open a new one."
            ) from error

    def _said(self, error: sqlite3.Error) -> VaultError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        where = self._path.parent
        if code == sqlite3.SQLITE_FULL:
            return VaultFullError(
                f"The disk under {where} is full. What was kept before is still there; the new "
                f"is not. Free space on that disk."
            )
        if code == sqlite3.SQLITE_BUSY:
            return VaultError(
                f"Another kiosk program is using {where}. Nothing was changed. "
                f"Stop the other one or give this one a directory of its own."
            )
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return VaultError(
                f"The vault in {where} cannot be written. What it held is untouched. "
                f"Give this user the right to write that directory and its files."
            )
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            # Found while running: the next call opens again, checks, and sets the file aside.
            self._let_go()
            return VaultError(
                f"The vault in {where} is damaged. It is set aside at the next use. "
                f"Check that disk."
            )
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        return VaultError(
            f"The vault in {where} could not be used ({name}). What was kept before is untouched. "
            f"Check that disk."
        )

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except _NotWholeError as error:
            self._set_aside(str(error))
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        """An open, checked database. _NotWholeError when the file cannot be one."""
        # Made here and private: SQLite would follow the umask. It copies the mode to its log.
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        db = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=True
        )
        try:
            for pragma in _PRAGMAS:
                db.execute(pragma)
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA_VERSION:
                raise _NotWholeError(f"it is of a newer version, {version}")
            found = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if found != "ok":
                raise _NotWholeError("its integrity check fails")
            if version < SCHEMA_VERSION:
                steps = "".join(MIGRATIONS[step] for step in MIGRATIONS if step > version)
                db.executescript(f"BEGIN;{steps}PRAGMA user_version={SCHEMA_VERSION};COMMIT;")
            # The new file's name must be on disk as well, or a power cut takes file and all.
            sync_directory(self._path.parent)
        except sqlite3.DatabaseError as error:
            db.close()
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (
                sqlite3.SQLITE_CORRUPT,
                sqlite3.SQLITE_NOTADB,
            ):
                raise _NotWholeError("it is not a whole SQLite file") from error
            raise
        except BaseException:
            db.close()
            raise
        return db

    def _set_aside(self, why: str) -> None:
        _destroy(self._broken)
        self._path.rename(self._broken)
        _destroy(self._log_file)
        logger.error(
            "The vault %s could not be read: %s. It is set aside as %s and a fresh one is made; "
            "a cart and messages kept in it are lost. Check that disk.",
            self._path,
            why,
            self._broken.name,
        )

    def _scrub(self, db: sqlite3.Connection) -> None:
        """Leave no copy of deleted content in the write-ahead log, nor in the blocks it frees."""
        busy, frames, moved = db.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
        if busy or frames != moved:
            raise VaultError(
                "The vault's log could not be emptied, so deleted content may still be in it. "
                "It is tried again at the next use."
            )
        # Everything is in the main file now and the log is not read again: cutting it off alone
        # would leave the cart in blocks that the file system calls free.
        _zero(self._log_file)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._unscrubbed = False

    def _scrub_when_idle(self) -> None:
        if self._db is None or not self._unscrubbed:
            return
        try:
            self._scrub(self._db)
        except (sqlite3.Error, OSError, VaultError) as error:
            self._unscrubbed = False
            logger.warning("The vault's log was not emptied: %s", type(error).__name__)

    def _close(self) -> None:
        self._scrub_when_idle()
        self._let_go()

    def _let_go(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None


class _NotWholeError(Exception):
    """The file is not a vault that this program can read."""


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _zero(path: Path) -> None:
    """Overwrite ``path`` with zeros, in place, and sync it. Nothing if it is not there."""
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        return
    with file:
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 16)))
        file.flush()
        os.fsync(file.fileno())


def _destroy(path: Path) -> None:
    """Overwrite and delete ``path``, if it is there."""
    _zero(path)
    path.unlink(missing_ok=True)
