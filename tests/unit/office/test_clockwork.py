"""The office's clock goes on, whatever one of its steps trips over."""

import logging
from pathlib import Path
from typing import Any

import pytest

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.office.queue import LEASE_SECONDS, Accepted, Queue
from kiosk_app.protocol.shared import EndCause
from kiosk_app.protocol.to_console import CaseChanged, CaseGone, ConsoleRefused
from tests.support.office import together, town
from tests.support.waiting import until


async def test_a_step_that_fails_stops_neither_the_others_nor_the_next_tick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Any
) -> None:
    said = expect_log("could not see to the hand-backs")
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        failures = 0

        def broken(agent: str) -> bool:
            nonlocal failures
            failures += 1
            raise KeyError(agent)

        kiosk, tab, _ = await together(place)
        monkeypatch.setattr(place.office.agents, "away_too_long", broken)
        await until(lambda: failures >= 2, "the step has failed twice")
        other = await place.kiosk("other")
        await other.connect()
        case = await other.queue_up()
        await place.office.watch.tick()
        clock.advance(LEASE_SECONDS)
        renewed = await tab.hears(
            CaseChanged, lambda m: m.card.case == case and m.card.attempt == 2
        )
        assert renewed.card.kiosk == other.name
        assert kiosk.ws is not None
        assert len(said) == 1


async def test_a_case_that_only_the_queue_has_is_taken_out(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        tab, _ = await place.ready_tab()
        queue, ghost = place.office.queue, new_id()
        queue.join(ghost)
        await tab.accept(ghost)
        assert (await tab.hears(ConsoleRefused)).code == Accepted.GONE.value
        await place.office.watch.tick()
        clock.advance(LEASE_SECONDS)
        await place.office.watch.tick()
        assert queue.waiting == []


def test_a_queue_has_each_case_once_whatever_it_is_told() -> None:
    queue = Queue()
    places = [queue.join("a"), queue.join("b"), queue.join("a")]
    assert places == [1, 2, 1]
    queue.give_back("b", 2)
    assert queue.waiting == ["b", "a"]
    queue.restore("a", place=1, attempt=1, agent="lisa")
    assert (queue.waiting, queue.holder("a")) == (["b"], "lisa")
    queue.restore("a", place=5, attempt=3, agent=None)
    assert (queue.waiting, queue.holder("a")) == (["b", "a"], None)


async def test_no_log_line_holds_an_agents_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="kiosk_app")
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        await place.office.cases.end(
            place.office.cases.records[case],
            EndCause.RESOLVED,
            place.office.cases.event("resolved", "lisa"),
        )
        await tab.hears(CaseGone)
        assert kiosk.ws is not None
    assert "case accepted" in caplog.text
    assert "lisa" not in caplog.text.lower()
