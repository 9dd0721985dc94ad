"""What every Knowledge does, the real one and the fake."""

import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from kiosk_app.knowledge.fake import FakeKnowledge
from kiosk_app.knowledge.ports import HITS, Knowledge
from kiosk_app.protocol.knowledge import Bundle
from tests.support.help import bundle
from tests.support.library import Heard, Press, Shelf, library
from tests.support.waiting import until


@dataclass
class Bench:
    """One Knowledge that has ``bundle(0)`` at first."""

    knowledge: Knowledge
    heard: Heard
    offer: Callable[[Bundle], str]

    async def until(self, version: int) -> None:
        """Wait until the listener has heard of ``version``."""
        await until(lambda: version in self.heard.versions, f"version {version}")


@pytest.fixture(params=["real", "fake"])
async def bench(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bench]:
    if request.param == "fake":
        heard = Heard()
        fake = FakeKnowledge(bundle())
        fake.listen(heard)

        def offer_fake(offered: Bundle) -> str:
            sha256 = hashlib.sha256(msgspec.msgpack.encode(offered)).hexdigest()
            fake.offered[sha256] = offered
            return sha256

        yield Bench(fake, heard, offer_fake)
        await fake.close()
        return
    shipped = tmp_path / "shipped.json"
    shipped.write_bytes(msgspec.json.encode(bundle()))
    press, shelf = Press.open(tmp_path / "office"), Shelf()

    def offer(offered: Bundle) -> str:
        signed = press.sign(offered)
        shelf.offer(signed.sha256, press.print(offered))
        return signed.sha256

    async with library(tmp_path, press, shelf, shipped=shipped) as (real, heard):
        yield Bench(real, heard, offer)


async def test_there_is_always_a_bundle(bench: Bench) -> None:
    await bench.knowledge.load()

    assert bench.heard.bundles == [bundle()]


async def test_a_newer_one_is_fetched_and_told(bench: Bench) -> None:
    await bench.knowledge.load()
    newer = bundle(7)

    bench.knowledge.fetch(7, bench.offer(newer))
    await bench.until(7)

    assert bench.heard.bundles[-1] == newer


async def test_one_that_is_no_newer_changes_nothing(bench: Bench) -> None:
    await bench.knowledge.load()
    bench.knowledge.fetch(7, bench.offer(bundle(7)))
    await bench.until(7)

    bench.knowledge.fetch(7, bench.offer(bundle(7)))
    bench.knowledge.fetch(3, bench.offer(bundle(3)))
    bench.knowledge.fetch(8, bench.offer(bundle(8)))
    await bench.until(8)

    assert bench.heard.versions == [0, 7, 8]


@pytest.mark.parametrize(
    ("language", "question", "found"),
    [("sv", "kvitto", "kvitto"), ("en", "receipt", "kvitto"), ("sv", "mobil", "mobil")],
)
async def test_articles_are_found(bench: Bench, language: str, question: str, found: str) -> None:
    await bench.knowledge.load()

    hits = await bench.knowledge.search(question, language)

    assert found in hits
    assert len(hits) <= HITS


async def test_nothing_is_found_of_nothing(bench: Bench) -> None:
    await bench.knowledge.load()

    assert await bench.knowledge.search("xyzzy", "sv") == ()


async def test_closing_twice_is_closing_once(bench: Bench) -> None:
    await bench.knowledge.load()
    await bench.knowledge.close()
    await bench.knowledge.close()
