"""Search as it is typed: 5,000 articles, letter by letter, and what the window notices of it.

The index is built and asked on the library's own thread, as on a kiosk, while a timer on the
event loop's thread measures how late it comes: a frame that waits is a frame that is seen.
"""

import asyncio
import tempfile
import time
from pathlib import Path

import msgspec

from kiosk_app.knowledge.library import Library
from tests.bench.report import Row, percentile
from tests.support.help import large

ARTICLES = 5_000
ROUNDS = 4
TICK_SECONDS = 0.004
QUESTIONS = (
    "betalnig funkar inte",
    "kortet går inte att läsa",
    "var hittar jag mitt kvito",
    "dörren är låst",
    "hur betalar man med mobil",
)


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as directory:
        return asyncio.run(_run(Path(directory)))


async def _run(directory: Path) -> list[Row]:
    shipped = directory / "knowledge.json"
    shipped.write_bytes(msgspec.json.encode(large(ARTICLES)))
    library = Library(
        data_dir=directory,
        shipped=shipped,
        office_url="ws://127.0.0.1:1/kiosk",
        signed_by_office=lambda data, signature: False,
    )
    late: list[float] = []
    watching = asyncio.create_task(_watch(late))
    began = time.perf_counter()
    await library.load()
    loading = time.perf_counter() - began
    keys: list[float] = []
    late.clear()
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            for letters in range(1, len(question) + 1):
                began = time.perf_counter()
                await library.search(question[:letters], "sv")
                keys.append((time.perf_counter() - began) * 1000)
    assert (await library.search("betalnig", "sv"))[0] == "kortet-nekas"
    watching.cancel()
    await library.close()
    what = f"of {ARTICLES} articles"
    return [
        Row(
            f"letter typed -> articles found, {what}, p95",
            percentile(keys, 95),
            "ms",
            50,
            len(keys),
        ),
        Row("the same, p50", percentile(keys, 50), "ms", None, len(keys)),
        Row("event loop held up meanwhile, p99", percentile(late, 99), "ms", 20, len(late)),
        Row(f"start -> help ready to search, {what}", loading, "s", 5, 1),
    ]


async def _watch(late: list[float]) -> None:
    while True:
        due = time.perf_counter() + TICK_SECONDS
        await asyncio.sleep(TICK_SECONDS)
        late.append((time.perf_counter() - due) * 1000)
