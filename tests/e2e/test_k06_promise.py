"""Rows 3 and 6: the button promises what the live queue can keep, and the log has what became."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk_app.base.ids import new_id
from kiosk_app.base.settings import OfficeSettings
from kiosk_app.office.admin import open_store
from kiosk_app.office.record import CaseRecord, Change, Event
from kiosk_app.protocol.shared import CasePhase, EndCause
from tests.support.agent import Agent
from tests.support.apart import apart
from tests.support.office import context
from tests.support.shop import Shop, Shopper

SLOW = 150  # seconds that the last ten shoppers waited


def slow_hour(shop: Shop) -> None:
    """Ten answers of the last hour, each after ``SLOW`` seconds."""

    async def write() -> None:
        store = open_store(office_settings(shop))
        await store.open()
        now = datetime.now(UTC)
        for ago in range(10, 20):
            queued = now - timedelta(minutes=ago)
            answered = queued + timedelta(seconds=SLOW)
            record = CaseRecord(
                case=new_id(),
                visit=new_id(),
                kiosk="byabutiken-2",
                phase=CasePhase.ENDED,
                context=context(),
                pressed_at=queued,
                promised_seconds=60,
                queued_at=queued,
                answered_at=answered,
                ended_at=answered + timedelta(seconds=60),
                cause=EndCause.RESOLVED,
            )
            await store.commit(Change(record=replace(record)))
        await store.close()

    apart(write())


def office_settings(shop: Shop) -> OfficeSettings:
    return OfficeSettings(data_dir=str(Path(shop.directory) / "office"))


def log_of(shop: Shop) -> list[Event]:
    """The case log of the newest case."""

    async def read() -> list[Event]:
        store = open_store(office_settings(shop))
        await store.open()
        try:
            since = datetime.now(UTC) - timedelta(hours=1)
            newest = (await store.waits_since(since))[-1]
            return await store.events(newest.case)
        finally:
            await store.close()

    return apart(read())


@pytest.mark.row(3, 6)
def test_the_button_says_what_is_true_now(
    shop: Shop, shopper: Shopper, hire: Callable[[], Agent]
) -> None:
    shopper.sees("help_button", "vi ringer upp")
    agent = hire()
    shopper.sees("help_button", "svar inom 60 sek")
    shop.kill_office()
    shopper.sees("help_button", "utan kontakt just nu")
    slow_hour(shop)
    shop.start_office()
    shopper.sees("help_button", "svar inom ca 3 min")
    # What was promised is in the case, and what became of it on the card and in the log.
    shopper.tap("help_button")
    shopper.sees("overlay", "Svar inom ca 3 min.")
    shopper.tap("talk_to_person")
    shopper.sees("queue_status", "nummer 1")
    agent.accept()
    agent.sees("my-cases", "Löftet hölls (180 s)")
    agent.part("resolve-case").click()
    shopper.tree.wait_for("feedback_skip")
    (accepted,) = [event for event in log_of(shop) if event.kind == "accepted"]
    assert accepted.detail["promised_seconds"] == 180
    assert accepted.detail["promise_kept"] is True
