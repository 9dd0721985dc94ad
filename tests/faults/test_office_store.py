"""The office's disk does not take a change: both sides hear it in words, and nothing is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk_app.base.ids import new_id
from kiosk_app.office.admin import DATABASE
from kiosk_app.office.store import sqlite
from kiosk_app.protocol.frames import KioskNumbered
from kiosk_app.protocol.from_console import AcceptCase
from kiosk_app.protocol.shared import CasePhase
from kiosk_app.protocol.to_console import CaseChanged, ConsoleRefused
from kiosk_app.protocol.to_kiosk import AgentJoined
from tests.support.office import opened, town


@contextmanager
def nothing_can_be_written(directory: Path) -> Iterator[None]:
    """Another process holds the database's lock, as a backup that hangs does."""
    connection = sqlite3.connect(directory / DATABASE, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@pytest.mark.expect_log("office's database .* failed .* not written")
async def test_a_store_that_does_not_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        case = await kiosk.queue_up()
        tab, _ = await place.ready_tab()
        message = opened(new_id())
        with nothing_can_be_written(tmp_path):
            accept = AcceptCase(command=new_id(), case=case, attempt=1)
            await tab.send(accept)
            assert (await tab.hears(ConsoleRefused)).code == "busy"
            await kiosk.send_frame(KioskNumbered(number=kiosk.sent + 1, body=message))
            refused, _ = await kiosk.is_refused()
            assert refused.code == "busy"
            assert refused.retry_after_seconds
        # The same press again, with the same command: it was not carried out.
        await tab.send(accept)
        await tab.hears(CaseChanged, lambda m: m.card.mine)
        assert (await kiosk.connect()).received == kiosk.sent
        await kiosk.hears(AgentJoined)
        await kiosk.say(message)
        shown = await tab.hears(CaseChanged, lambda m: m.card.case == message.case)
        assert shown.card.phase is CasePhase.BROWSING
