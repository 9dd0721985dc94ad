"""The vault against full disks, disks that may not be written, and kill -9."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk_app.vault.ports import VaultError, VaultFullError
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.vault import kept_visit

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")


def mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"this machine cannot mount: {done.stderr.strip()}")


def unmount(path: Path) -> None:
    subprocess.run(["umount", str(path)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    mount("-t", "tmpfs", "-o", "size=256k", "vault-test", str(tmp_path))
    yield tmp_path
    unmount(tmp_path)


@needs_root
async def test_a_full_disk_is_said_and_loses_nothing(small_disk: Path, expect_log: Any) -> None:
    expect_log("log was not emptied")  # there is no room to move it into the main file
    vault = SqliteVault(small_disk)
    await vault.keep_visit(kept_visit())
    await vault.put("a", b"body")
    with pytest.raises(VaultFullError, match="full"):
        for n in range(1000):
            await vault.put(f"more-{n}", bytes(4000))
    assert await vault.load_visit() == kept_visit()
    put = await vault.pending()
    assert put[0] == ("a", b"body")
    await vault.close()

    again = SqliteVault(small_disk)
    assert await again.load_visit() == kept_visit()
    assert await again.pending() == put
    await again.close()


@needs_root
async def test_a_disk_already_full_at_the_start_is_said_and_used_once_there_is_room(
    small_disk: Path,
) -> None:
    ballast = small_disk / "ballast"
    try:
        ballast.write_bytes(bytes(1 << 20))
    except OSError:
        assert ballast.stat().st_size > 200_000
    vault = SqliteVault(small_disk)
    with pytest.raises(VaultFullError, match="Free space"):
        await vault.keep_visit(kept_visit())
    ballast.unlink()
    await vault.keep_visit(kept_visit())
    assert await vault.load_visit() == kept_visit()
    await vault.close()


@needs_root
async def test_a_read_only_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    first = SqliteVault(tmp_path)
    await first.keep_visit(kept_visit())
    await first.close()
    mount("--bind", str(tmp_path), str(tmp_path))
    try:
        mount("-o", "remount,ro,bind", str(tmp_path))
        vault = SqliteVault(tmp_path)
        with pytest.raises(VaultError, match=r"Read-only file system.*untouched"):
            await vault.keep_visit(kept_visit(code="9"))
        await vault.close()
    finally:
        unmount(tmp_path)
    again = SqliteVault(tmp_path)
    assert await again.load_visit() == kept_visit()
    await again.close()


WRITER = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.vault import kept_visit

async def main():
    vault = SqliteVault(Path(sys.argv[1]))
    kept = await vault.load_visit()
    n = int(kept.code) if kept else 0
    while True:
        n += 1
        await vault.keep_visit(kept_visit(code=str(n), snapshot=b"%d," % n * 3000))
        await vault.put(f"m{n}", b"%d" % n)
        if n % 5 == 0:
            await vault.drop([f"m{k}" for k in range(n - 4, n + 1)])
        print(n, flush=True)

asyncio.run(main())
"""


async def test_kill_dash_9_leaves_the_old_or_the_new_and_nothing_in_between(
    tmp_path: Path,
) -> None:
    told = 0
    for round_ in range(8):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", WRITER, str(tmp_path), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        for _ in range(3 + round_):  # another moment each time
            told = int(await process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        rest = (await process.stdout.read()).split(b"\n")[:-1]
        told = int(rest[-1]) if rest else told
        await process.wait()

        vault = SqliteVault(tmp_path)
        kept = await vault.load_visit()
        assert kept is not None
        assert int(kept.code) in (told, told + 1)
        assert kept.snapshot == b"%d," % int(kept.code) * 3000
        pending = await vault.pending()
        assert pending == [(f"m{int(body)}", body) for _, body in pending]
        assert [int(body) for _, body in pending] == sorted(int(body) for _, body in pending)
        await vault.close()
    assert told >= 3 * 8


MOVER = """
import asyncio, itertools, sys
from pathlib import Path
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.vault import held_cart, kept_visit

async def main():
    vault = SqliteVault(Path(sys.argv[1]))
    others = [held_cart(snapshot=b"other-%d" % n * 1000, code=f"471{n}") for n in range(2)]
    kept = kept_visit(case=None, snapshot=b"moving" * 1000)
    await vault.keep_visit(kept, others)
    for n in itertools.count():
        print(n, flush=True)
        await vault.move_cart([*others, held_cart(snapshot=kept.snapshot)])
        await vault.keep_visit(kept, others)

asyncio.run(main())
"""


async def test_kill_dash_9_finds_a_cart_that_moves_in_one_place(tmp_path: Path) -> None:
    for round_ in range(8):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", MOVER, str(tmp_path), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        for _ in range(2 + round_):
            assert await process.stdout.readline()
        await asyncio.sleep(0.001 * round_)  # another moment of the two moves each time
        process.send_signal(signal.SIGKILL)
        await process.wait()
        vault = SqliteVault(tmp_path)
        kept, held = await vault.load_visit(), await vault.load_carts()
        carts = [cart.snapshot for cart in held] + ([kept.snapshot] if kept else [])
        assert carts == [b"other-0" * 1000, b"other-1" * 1000, b"moving" * 1000]
        await vault.close()
