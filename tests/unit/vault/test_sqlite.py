"""What only the vault on disk has: files, threads, damage, power cuts."""

import asyncio
import logging
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk_app.vault.ports import VaultError, VaultFullError
from kiosk_app.vault.rows import MIGRATIONS
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.vault import held_cart, kept_visit
from tests.support.waiting import eventually

CANARY = b"canary-oatmilk-1x-2990"


def everything_in(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file())


def modes_in(directory: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}


async def test_what_was_kept_is_there_for_the_next_run(tmp_path: Path) -> None:
    first = SqliteVault(tmp_path)
    await first.keep_visit(kept_visit())
    await first.put("a", b"body")
    await first.close()
    second = SqliteVault(tmp_path)
    assert await second.load_visit() == kept_visit()
    assert await second.pending() == [("a", b"body")]
    await second.close()


async def test_the_settings_that_the_promises_rest_on(tmp_path: Path) -> None:
    vault = SqliteVault(tmp_path)

    def ask(db: sqlite3.Connection) -> list[Any]:
        names = ("journal_mode", "synchronous", "secure_delete", "locking_mode", "user_version")
        return [db.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert await vault._do(ask) == ["wal", 2, 1, "exclusive", 3]
    await vault.close()


async def test_files_are_for_this_user_only(tmp_path: Path) -> None:
    vault = SqliteVault(tmp_path)
    await vault.keep_visit(kept_visit())
    assert modes_in(tmp_path) == {"vault.db": 0o600, "vault.db-wal": 0o600}
    await vault.close()


async def test_a_forgotten_cart_is_in_no_file(tmp_path: Path) -> None:
    vault = SqliteVault(tmp_path)
    for n in range(30):  # long enough for overflow pages, often enough for several of them
        await vault.keep_visit(kept_visit(snapshot=CANARY * (n * 40 + 1), code="9157"))
    assert CANARY in everything_in(tmp_path)
    await vault.forget_cart()
    assert CANARY not in everything_in(tmp_path)
    assert b"9157" not in everything_in(tmp_path)
    await vault.close()
    assert CANARY not in everything_in(tmp_path)


async def test_a_forgotten_held_cart_is_in_no_file(tmp_path: Path) -> None:
    vault = SqliteVault(tmp_path)
    await vault.keep_visit(kept_visit(snapshot=CANARY * 400, code="9157"))
    other = held_cart()
    await vault.move_cart([held_cart(snapshot=CANARY * 400, code="9157"), other])
    assert CANARY in everything_in(tmp_path)
    await vault.hold_carts([other])
    assert CANARY not in everything_in(tmp_path)
    assert b"9157" not in everything_in(tmp_path)
    assert await vault.load_carts() == [other]
    await vault.close()


async def test_a_file_of_version_1_keeps_its_messages(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "vault.db")
    db.executescript(
        "CREATE TABLE visit (one INTEGER PRIMARY KEY, tries INTEGER) STRICT;"
        "CREATE TABLE outbox (position INTEGER PRIMARY KEY AUTOINCREMENT,"
        " command TEXT NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;"
        "INSERT INTO visit VALUES (1, 0);"
        "INSERT INTO outbox (command, body) VALUES ('a', x'61');"
        "PRAGMA user_version=1;"
    )
    db.close()
    vault = SqliteVault(tmp_path)
    assert await vault.load_visit() is None
    assert await vault.pending() == [("a", b"a")]
    await vault.keep_visit(kept_visit())
    await vault.move_cart([held_cart()])
    assert await vault.load_carts() == [held_cart()]
    await vault.close()


@pytest.mark.parametrize("held", [True, False])
async def test_a_file_of_version_2_keeps_everything(tmp_path: Path, held: bool) -> None:
    db = sqlite3.connect(tmp_path / "vault.db")
    db.executescript(MIGRATIONS[2] + "PRAGMA user_version=2;")
    times = ("2026-01-15T12:05:00.123456+00:00", "b1", 1234.5)
    saved = "2026-01-15T12:00:00.123456+00:00"
    db.execute(
        "INSERT INTO visit VALUES (1, 'v1', 'c1', ?, '4711', ?, ?, ?, ?)", (b"cart", saved, *times)
    )
    if held:
        db.execute(
            "INSERT INTO held VALUES (1, 'v0', ?, '4712', ?, 'b0', 1174.5, 1)",
            (CANARY * 400, "2026-01-15T12:04:00.123456+00:00"),
        )
    db.execute("INSERT INTO outbox (command, body) VALUES ('a', x'61')")
    db.commit()
    db.close()
    vault = SqliteVault(tmp_path)
    assert await vault.load_visit() == kept_visit()
    assert await vault.load_carts() == [held_cart(snapshot=CANARY * 400)] * held
    assert await vault.pending() == [("a", b"a")]
    await vault.hold_carts([])
    assert CANARY not in everything_in(tmp_path)
    await vault.close()


async def test_a_dropped_message_leaves_the_files_once_the_vault_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_app.vault.sqlite.SCRUB_AFTER_SECONDS", 0.05)
    vault = SqliteVault(tmp_path)
    await vault.put("a", CANARY)
    await vault.drop(["a"])
    await asyncio.to_thread(eventually, lambda: CANARY not in everything_in(tmp_path), "gone")
    await vault.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """An ext4 file system: its mount point and the image of its disk."""
    image, mount = tmp_path / "image", tmp_path / "mount"
    mount.mkdir()
    image.write_bytes(bytes(8 << 20))
    try:
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True, capture_output=True)
        subprocess.run(["mount", "-o", "loop", image, mount], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine cannot mount an image")
    yield mount, image
    subprocess.run(["umount", mount], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to mount a file system of its own")
async def test_a_forgotten_cart_is_not_in_freed_blocks_either(disk: tuple[Path, Path]) -> None:
    mount, image = disk
    vault = SqliteVault(mount)
    for n in range(20):
        await vault.keep_visit(kept_visit(snapshot=CANARY * (n * 40 + 1)))
    os.sync()
    assert CANARY in image.read_bytes()
    await vault.forget_cart()
    await vault.close()
    os.sync()
    assert CANARY not in image.read_bytes()


DAMAGE: list[Callable[[bytes], bytes]] = [
    lambda whole: b"this is not a database" * 400,
    lambda whole: whole[: len(whole) // 2],
    lambda whole: whole[:4096] + os.urandom(len(whole) - 4096),
    lambda whole: os.urandom(100) + whole[100:],
]


@pytest.mark.parametrize("damage", range(len(DAMAGE)))
async def test_a_damaged_file_is_set_aside_and_a_fresh_one_made(
    tmp_path: Path, damage: int, expect_log: Any
) -> None:
    expect_log(r"could not be read: .* set aside as vault.db.broken", level=logging.ERROR)
    first = SqliteVault(tmp_path)
    await first.keep_visit(kept_visit(snapshot=CANARY * 1000))
    await first.close()
    file = tmp_path / "vault.db"
    file.write_bytes(DAMAGE[damage](file.read_bytes()))
    damaged = file.read_bytes()

    second = SqliteVault(tmp_path)
    assert await second.load_visit() is None
    assert (tmp_path / "vault.db.broken").read_bytes() == damaged
    await second.keep_visit(kept_visit())
    assert await second.load_visit() == kept_visit()
    await second.forget_cart()
    assert not (tmp_path / "vault.db.broken").exists()
    assert CANARY not in everything_in(tmp_path)
    await second.close()


async def test_a_file_of_a_newer_version_is_set_aside(tmp_path: Path, expect_log: Any) -> None:
    expect_log("it is of a newer version, 99")
    db = sqlite3.connect(tmp_path / "vault.db")
    db.execute("PRAGMA user_version=99")
    db.close()
    vault = SqliteVault(tmp_path)
    assert await vault.load_visit() is None
    await vault.close()


async def test_a_second_program_on_the_same_directory_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_app.vault.sqlite.BUSY_SECONDS", 0.05)
    first, second = SqliteVault(tmp_path), SqliteVault(tmp_path)
    await first.keep_visit(kept_visit())
    with pytest.raises(VaultError, match="Another kiosk program is using"):
        await second.load_visit()
    await first.close()
    assert await second.load_visit() == kept_visit()
    await second.close()


async def test_a_directory_that_is_gone_is_an_error_in_words(tmp_path: Path) -> None:
    vault = SqliteVault(tmp_path / "missing")
    with pytest.raises(VaultError, match=r"No such file or directory.*untouched"):
        await vault.keep_visit(kept_visit())
    (tmp_path / "missing").mkdir()
    await vault.keep_visit(kept_visit())
    assert await vault.load_visit() == kept_visit()
    await vault.close()


async def test_a_closed_vault_says_so(tmp_path: Path) -> None:
    vault = SqliteVault(tmp_path)
    await vault.close()
    with pytest.raises(VaultError, match="closed"):
        await vault.load_visit()


async def test_a_full_file_keeps_what_was_there(tmp_path: Path) -> None:
    vault = SqliteVault(tmp_path)
    await vault.keep_visit(kept_visit())
    await vault._do(lambda db: db.execute("PRAGMA max_page_count=10"))
    with pytest.raises(VaultFullError, match=r"full.*still there.*Free space"):
        await vault.keep_visit(kept_visit(snapshot=bytes(200_000)))
    assert await vault.load_visit() == kept_visit()
    await vault._do(lambda db: db.execute("PRAGMA max_page_count=1000"))
    await vault.keep_visit(kept_visit(snapshot=bytes(200_000)))
    await vault.close()


def test_importing_the_vault_loads_no_network_and_no_screen() -> None:
    code = (
        "import sys, kiosk_app.vault.sqlite;"
        "print([m for m in ('aiohttp', 'PySide6', 'keyring', 'psutil') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
