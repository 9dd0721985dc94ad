"""A running media process and what it reports."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from kiosk_app.media.proxy import MediaProcess
from tests.support.media_console import Console, Reports

Connect = Callable[..., Awaitable[Console]]


@pytest.fixture
async def reports() -> Reports:
    return Reports()


@pytest.fixture
async def media(reports: Reports) -> AsyncIterator[MediaProcess]:
    media = MediaProcess()
    media.listen(reports)
    await media.start("0d8f9f3e-9a1c-4b5e-8a51-000000000001")
    await reports.until("media_ready")
    yield media
    await media.stop()


@pytest.fixture
async def connect(media: MediaProcess, reports: Reports) -> AsyncIterator[Connect]:
    """Connects a new console as the generation that is given."""
    consoles: list[Console] = []

    async def connect(generation: int = 1, **options: bool) -> Console:
        console = Console(**options)
        consoles.append(console)
        media.answer_offer(generation, await console.offer())
        report = await reports.until("answer_made", generation)
        await console.accept(report[2])
        await reports.until("peer_connected", generation)
        await console.opened()
        return console

    yield connect
    await asyncio.gather(*(console.close() for console in consoles))
