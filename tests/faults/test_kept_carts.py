"""kill -9 of a shopping kiosk, at any moment and again and again: no cart is lost, none doubled.

The controller, the rules and the vault on disk are the real ones, in a process of their own.
"""

import asyncio
import itertools
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

KIOSK = """
import asyncio, sys
from pathlib import Path
from kiosk_app.base.clock import SystemClock
from kiosk_app.case import events
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.kiosk.controller import four_digits
from kiosk_app.protocol.shared import CartLine
from kiosk_app.vault.sqlite import SqliteVault
from tests.unit.kiosk.bench import Bench

def say(*words):
    print(*words, flush=True)

async def main():
    bench = Bench(vault=SqliteVault(Path(sys.argv[1])), clock=SystemClock(), code=four_digits)
    say("starting")
    await bench.start(up=False)
    bench.link.go_down()

    async def written():
        for _ in range(3):  # what is written may be answered with something to write
            await bench.controller._keeper.close()
            await bench.settle()

    await written()
    say("ready")
    while line := await asyncio.to_thread(sys.stdin.readline):
        word, _, rest = line.strip().partition(" ")
        if word == "scan":
            goods = CartLine(line=rest, name=rest, quantity=1, amount_ore=1)
            bench.till.put(*bench.till.state.cart.lines, goods)
        elif word == "tap":
            bench.controller.press(events.CartRestorePressed())
        elif word == "code":
            bench.controller.press(events.CartCodeEntered(rest))
        elif word == "help":
            bench.controller.press(events.HelpPressed())
            bench.controller.press(events.TalkPressed())
        elif word == "leave":
            bench.controller.press(events.NewCustomerPressed())
        await written()
        view = bench.screen.view
        quantities = {each.name: each.quantity for each in bench.till.state.cart.lines}
        assert set(quantities.values()) <= {1}, "a cart came back twice"
        way = view.restore.way.value if view.restore else "none"
        code = view.failure.code if view.failure and view.failure.code else "none"
        say("done", way, code, *quantities)

asyncio.run(main())
"""


@dataclass(frozen=True)
class Answer:
    """What is seen: the way to a waiting cart, the failure's code, the goods in the till."""

    way: str
    code: str
    goods: frozenset[str]


class Kiosk:
    """One run of the program."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def line(self) -> list[str]:
        assert self.process.stdout is not None
        return (await self.process.stdout.readline()).decode().split()

    def ask(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n".encode())

    async def answer(self) -> Answer:
        done, way, code, *goods = await self.line()
        assert done == "done"
        return Answer(way, code, frozenset(goods))

    async def do(self, what: str) -> Answer:
        self.ask(what)
        return await self.answer()

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


@asynccontextmanager
async def starting(directory: Path) -> AsyncIterator[Kiosk]:
    """One that is about to read what the last one left."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KIOSK,
        str(directory),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    running = Kiosk(process)
    try:
        assert await running.line() == ["starting"]
        yield running
    finally:
        await running.kill()


@asynccontextmanager
async def kiosk(directory: Path) -> AsyncIterator[Kiosk]:
    """One that takes the shopper's presses."""
    async with starting(directory) as running:
        assert await running.line() == ["ready"]
        yield running


async def everything_back(running: Kiosk) -> frozenset[str]:
    """What one tap after the other puts into the till."""
    answer = await running.do("look")
    while answer.way == "one_tap":
        before = answer.goods
        answer = await running.do("tap")
        assert answer.goods > before
    return answer.goods


async def test_goods_scanned_beside_waiting_carts_outlive_every_kill(tmp_path: Path) -> None:
    chance = random.Random(35)
    names = (f"goods-{n}" for n in itertools.count())
    certain: set[str] = set()  # on disk when the kiosk said so
    begun: set[str] = set()
    for _ in range(14):
        async with starting(tmp_path):
            await asyncio.sleep(chance.random() * 0.03)
        async with kiosk(tmp_path) as running:
            if chance.random() < 0.5:
                await running.do("tap")
            for _ in range(chance.randrange(3)):
                certain.add(name := next(names))
                await running.do(f"scan {name}")
            # What is under way when the program ends may be there or not; it takes nothing along.
            begun.add(name := next(names))
            running.ask(chance.choice(["tap", f"scan {name}"]))
            await asyncio.sleep(chance.random() * 0.02)
    async with kiosk(tmp_path) as running:
        back = await everything_back(running)
    assert certain <= back <= certain | begun


async def test_promised_carts_outlive_every_kill_and_each_code_fetches_its_own(
    tmp_path: Path,
) -> None:
    chance = random.Random(34)
    promised: dict[str, frozenset[str]] = {}
    for shopper in range(4):
        mine = frozenset({f"goods-{shopper}-a", f"goods-{shopper}-b"})
        async with kiosk(tmp_path) as running:
            for name in sorted(mine):
                await running.do(f"scan {name}")
            running.ask("help")
            await asyncio.sleep(chance.random() * 0.02)
        async with kiosk(tmp_path) as running:
            # Whatever the kill met: the visit goes on, and its cart is one tap away.
            assert (await running.do("look")).way == "one_tap"
            assert (await running.do("tap")).goods == mine
            shown = (await running.do("help")).code
            assert len(shown) == 4
            assert shown not in promised
            promised[shown] = mine
            running.ask("leave")
            await asyncio.sleep(chance.random() * 0.02)
        async with kiosk(tmp_path) as running:
            # Killed before the press was written, the visit goes on; then they leave once more.
            assert (await running.do("leave")).way == "code"
    for code, goods in promised.items():
        async with kiosk(tmp_path) as running:
            running.ask(f"code {code}")
            await asyncio.sleep(chance.random() * 0.02)
        async with kiosk(tmp_path) as running:
            answer = await running.do("look")
            # Fetched before the kill, it was in the till; else it still waits for its code.
            answer = await running.do("tap" if answer.way == "one_tap" else f"code {code}")
            assert answer.goods == goods
            answer = await running.do("leave")
    assert answer == Answer("none", "none", frozenset())
