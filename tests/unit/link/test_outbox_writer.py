"""What is written into the outbox, and when, with a disk that a test holds up."""

import asyncio
from typing import Any

from kiosk_app.base.pauses import GrowingPauses
from kiosk_app.link.outbox_writer import OutboxWriter
from kiosk_app.vault.fake import FakeDisk, FakeVault
from kiosk_app.vault.ports import VaultError
from tests.support.waiting import until


class SlowDisk(FakeVault):
    """Writes wait for :attr:`go`; ``broken`` ones fail then. Everything asked is noted."""

    def __init__(self, disk: FakeDisk) -> None:
        super().__init__(disk)
        self.asked: list[str] = []
        self.begun, self.go = asyncio.Event(), asyncio.Event()
        self.broken = False

    async def put(self, command: str, body: bytes) -> None:
        await self._turn(f"put {command}")
        await super().put(command, body)

    async def drop(self, commands: list[str]) -> None:
        await self._turn(f"drop {' '.join(commands)}")
        await super().drop(commands)

    async def _turn(self, what: str) -> None:
        self.asked.append(what)
        self.begun.set()
        await self.go.wait()
        if self.broken:
            raise VaultError("The disk is broken.")


async def test_what_arrives_before_its_turn_is_never_written() -> None:
    vault = SlowDisk(disk := FakeDisk())
    writer = OutboxWriter(vault)
    running = asyncio.ensure_future(writer.run())
    for command in ("a", "b", "c"):
        writer.put(command, b"x")
    await vault.begun.wait()
    writer.drop(["a", "b"])
    vault.go.set()
    writer.close()
    await running
    assert vault.asked == ["put a", "put c", "drop a"]
    assert list(disk.outbox) == ["c"]


async def test_what_was_put_just_before_the_end_is_written() -> None:
    writer = OutboxWriter(FakeVault(disk := FakeDisk()))
    writer.put("a", b"x")
    writer.close()
    await writer.run()
    assert list(disk.outbox) == ["a"]


async def test_what_could_not_be_written_is_tried_again_with_the_next_message(
    expect_log: Any,
) -> None:
    said = expect_log("kept in memory only")
    vault = SlowDisk(disk := FakeDisk(outbox={"old": b"x"}))
    vault.go.set()
    vault.broken = True
    writer = OutboxWriter(vault)
    running = asyncio.ensure_future(writer.run())
    for put in ("a", "b"):
        vault.begun.clear()
        writer.put(put, b"x")
        await vault.begun.wait()
    writer.drop(["old"])
    vault.broken = False
    writer.close()
    await running
    assert list(disk.outbox) == ["a", "b"]
    assert len(said) == 1


async def test_what_could_not_be_written_is_tried_again_by_itself(expect_log: Any) -> None:
    expect_log("kept in memory only")
    vault = SlowDisk(disk := FakeDisk(outbox={"old": b"x"}))
    vault.go.set()
    vault.broken = True
    told: list[str] = []
    writer = OutboxWriter(vault, written=told.append, pauses=GrowingPauses(first=0.001))
    running = asyncio.ensure_future(writer.run())
    writer.put("a", b"x")
    await until(lambda: vault.asked.count("put a") >= 3)
    writer.drop(["old"])
    assert told == []
    vault.broken = False
    await until(lambda: list(disk.outbox) == ["a"])
    assert told == ["a"]
    writer.close()
    await running


async def test_what_arrived_while_the_disk_was_broken_is_tried_no_more(expect_log: Any) -> None:
    expect_log("kept in memory only")
    vault = SlowDisk(disk := FakeDisk())
    vault.go.set()
    vault.broken = True
    writer = OutboxWriter(vault, pauses=GrowingPauses(first=0.001))
    running = asyncio.ensure_future(writer.run())
    writer.put("a", b"x")
    writer.put("b", b"x")
    await until(lambda: vault.asked.count("put a") >= 2)
    writer.drop(["a"])
    vault.broken = False
    await until(lambda: list(disk.outbox) == ["b"])
    writer.close()
    await running


async def test_an_arrival_while_the_failing_write_was_under_way_needs_no_write(
    expect_log: Any,
) -> None:
    expect_log("kept in memory only")
    vault = SlowDisk(disk := FakeDisk())
    vault.broken = True
    writer = OutboxWriter(vault)
    running = asyncio.ensure_future(writer.run())
    writer.put("a", b"x")
    await vault.begun.wait()
    writer.drop(["a"])
    writer.close()
    vault.go.set()
    await running
    assert vault.asked == ["put a"]
    assert disk.outbox == {}
