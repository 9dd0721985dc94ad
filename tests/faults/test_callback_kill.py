"""kill -9 of a kiosk that was just given a number to call: none is lost, none is called twice.

The kiosk's link and vault and the office are the real ones. Whatever the kill meets, what was said
to be kept comes to the office once, with the time at which it was asked for, and leaves the disk.
"""

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk_app.base.ids import new_id
from kiosk_app.identity.fake import FakeIdentity
from tests.support.office import Town, town
from tests.support.waiting import PATIENCE

KIOSK = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
from kiosk_app.base.clock import SystemClock
from kiosk_app.base.ids import new_id
from kiosk_app.identity.fake import FakeIdentity
from kiosk_app.link.client import WebSocketLink
from kiosk_app.protocol.from_kiosk import LeaveCallback
from kiosk_app.protocol.shared import CallbackWay
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.mini_office import Ear
from tests.support.office import context

def say(*words):
    print(*words, flush=True)

async def main():
    vault = SqliteVault(Path(sys.argv[1]))
    url = f"ws://127.0.0.1:{sys.argv[2]}/kiosk"
    link = WebSocketLink(url, FakeIdentity(), vault, SystemClock())
    link.start(Ear())
    say("ready")
    while line := await asyncio.to_thread(sys.stdin.readline):
        word, *rest = line.split()
        if word == "call":
            visit, number, asked_at = rest
            await link.keep(
                LeaveCallback(
                    command=new_id(),
                    case=new_id(),
                    visit=visit,
                    asked_at=datetime.fromisoformat(asked_at),
                    way=CallbackWay.PHONE,
                    context=context(),
                    number=number,
                )
            )
            say("kept")
        elif word == "left":
            say("left", len(await vault.pending()))
        elif word == "end":
            await link.close()
            await vault.close()
            say("ended")
            return

asyncio.run(main())
"""
ROUNDS = 9


class Kiosk:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def line(self) -> str:
        """What it says next; empty where it says nothing any more."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            return (await self._process.stdout.readline()).decode().strip()

    def ask(self, what: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n".encode())

    async def kill(self) -> str:
        """Kill it; what it had said by then."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        assert self._process.stdout is not None
        said = (await self._process.stdout.read()).decode()
        await self._process.wait()
        return said


@asynccontextmanager
async def kiosk(directory: Path, port: int) -> AsyncIterator[Kiosk]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KIOSK,
        str(directory),
        str(port),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    running = Kiosk(process)
    try:
        assert await running.line() == "ready"
        yield running
    finally:
        await running.kill()


async def everything_delivered(directory: Path, place: Town) -> None:
    async with kiosk(directory, place.port) as running:
        async with asyncio.timeout(PATIENCE):
            while True:
                running.ask("left")
                if await running.line() == "left 0":
                    break
                await asyncio.sleep(0.05)
        running.ask("end")
        assert await running.line() == "ended"


async def test_each_number_comes_once_whatever_the_kill_meets(tmp_path: Path) -> None:
    chance = random.Random(7)
    directory = tmp_path / "kiosk"
    directory.mkdir()
    kept: dict[str, tuple[str, datetime]] = {}
    asked: dict[str, tuple[str, datetime]] = {}
    async with town(tmp_path / "office") as place:
        await place.office.admin.admit_kiosk(
            FakeIdentity().kiosk, public_key=FakeIdentity().public_key
        )
        for each in range(ROUNDS):
            visit, number = new_id(), f"+467012345{each:02d}"
            # The time at which it was asked for, however late it arrives.
            at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC) + timedelta(minutes=each)
            asked[visit] = number, at
            away = each % 3 == 0
            async with kiosk(directory, 1 if away else place.port) as running:
                running.ask(f"call {visit} {number} {at.isoformat()}")
                if each % 2:
                    assert await running.line() == "kept"
                    kept[visit] = number, at
                # Between disk, wire and acknowledgement, wherever that falls.
                await asyncio.sleep(chance.uniform(0.0, 0.4 if each % 2 else 0.01))
                if "kept" in await running.kill():
                    kept[visit] = number, at
        await everything_delivered(directory, place)
        found: dict[str, list[tuple[str, datetime]]] = {}
        for record in place.office.cases.records.values():
            assert record.callback is not None
            found.setdefault(record.visit, []).append(
                (record.callback.number, record.callback.asked_at)
            )
    assert kept, "nothing was ever kept: nothing was tried"
    for visit, calls in found.items():
        assert calls == [asked[visit]]
    assert kept.items() <= {visit: calls[0] for visit, calls in found.items()}.items()
    held = b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())
    assert b"+467012345" not in held
