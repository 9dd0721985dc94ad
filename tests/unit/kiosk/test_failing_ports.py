"""A port that fails becomes an event or a line in the log, and the till goes on."""

import asyncio
import logging
from typing import cast

import pytest

from kiosk_app.case import events
from kiosk_app.case.course.kiosk_events import MEDIA_RETRY_SECONDS
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.kiosk.fake import FakeScreen
from kiosk_app.media.fake import FakeMedia
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import (
    ReportPeerLost,
)
from kiosk_app.protocol.shared import Author, ChatMessage
from kiosk_app.sensing.ports import Readings
from kiosk_app.vault.fake import FakeDisk, FakeVault
from kiosk_app.vault.ports import VaultError
from tests.conftest import LogWatch
from tests.unit.kiosk.bench import COFFEE, Bench


async def test_help_goes_on_by_chat_where_no_media_process_starts(expect_log: LogWatch) -> None:
    expect_log("could not be started", level=logging.ERROR)
    bench = Bench(media=FakeMedia(fails=True))
    await bench.start()
    bench.till.put(COFFEE)
    await bench.press(events.HelpPressed())
    await bench.pass_time(MEDIA_RETRY_SECONDS)
    await bench.press(events.TalkPressed("hej"))
    bench.link.say(to_kiosk.AgentJoined(case=bench.case, agent_name="Lisa", eta_seconds=20))
    said = ChatMessage(
        id=bench.case, author=Author.AGENT, name="Lisa", text="Hej!", sent_at=bench.clock.wall()
    )
    bench.link.say(to_kiosk.DeliverChat(case=bench.case, message=said))
    await bench.pass_time(60)
    assert bench.screen.view.sheet is Sheet.CHAT
    await bench.controller.close()


async def test_a_full_disk_is_said(expect_log: LogWatch) -> None:
    expect_log("The disk is full", level=logging.ERROR)
    bench = Bench(disk=FakeDisk(full=True))
    await bench.start(up=False)
    bench.link.go_down()
    bench.till.put(COFFEE)
    await bench.press(events.HelpPressed())
    await bench.press(events.TalkPressed())
    assert bench.screen.view.failure is not None
    assert bench.screen.view.failure.code is None
    assert not bench.screen.view.failure.empty_cart
    await bench.controller.close()


async def test_a_vault_that_cannot_be_read_does_not_keep_the_till_shut(
    expect_log: LogWatch,
) -> None:
    expect_log("could not be read", level=logging.ERROR)

    class Broken(FakeVault):
        async def load_visit(self) -> None:
            raise VaultError("The vault is damaged.")

    bench = Bench(vault=Broken())
    await bench.start()
    await bench.press(events.HelpPressed())
    assert bench.screen.view.sheet is Sheet.MENU
    await bench.controller.close()


async def test_ports_that_fail_do_not_end_the_kiosk(
    expect_log: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("could not show", level=logging.ERROR)
    expect_log("could not be carried out", level=logging.ERROR)
    expect_log("sensors could not be read", level=logging.ERROR)
    expect_log("closing the link failed", level=logging.ERROR)

    class Screen(FakeScreen):
        broken = False

        def show_view(self, view: View) -> None:
            if self.broken:
                raise RuntimeError("no screen")
            super().show_view(view)

    screen = Screen()
    bench = Bench(screen=screen)
    await bench.start()

    async def fails() -> None:
        raise RuntimeError("no bus")

    def refuses(message: object) -> None:
        raise RuntimeError("no link")

    async def still_fails() -> Readings:
        raise RuntimeError("no bus")

    monkeypatch.setattr(bench.sensing, "read", still_fails)
    monkeypatch.setattr(bench.link, "send", refuses)
    monkeypatch.setattr(bench.link, "close", fails)
    screen.broken = True
    await bench.press(events.HelpPressed())
    screen.broken = False
    await bench.press(events.ClosePressed())
    assert bench.screen.view.sheet is Sheet.NONE
    await bench.controller.close()


async def test_an_event_that_the_rules_cannot_take_is_logged(expect_log: LogWatch) -> None:
    expect_log("could not be handled", level=logging.ERROR)
    bench = Bench()
    await bench.start()
    bench.controller.feed(cast(events.Event, "garbage"))
    await bench.press(events.HelpPressed())
    assert bench.screen.view.sheet is Sheet.MENU
    await bench.controller.close()


async def test_an_offer_that_cannot_be_answered_asks_for_another(
    expect_log: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("could not be given to the media process", level=logging.ERROR)
    expect_log("could not be signed", level=logging.ERROR)
    bench = Bench()
    await bench.start()
    await bench.to_queue()
    bench.link.say(to_kiosk.AgentJoined(case=bench.case, agent_name="Lisa", eta_seconds=20))

    def no_key(data: bytes) -> str:
        raise RuntimeError("no keyring")

    monkeypatch.setattr(bench.identity, "sign", no_key)
    bench.offer(1)
    bench.media.listener.answer_made(1, "v=0", "AB")

    def no_process(generation: int, sdp: str) -> None:
        raise RuntimeError("no process")

    monkeypatch.setattr(bench.media, "answer_offer", no_process)
    bench.offer(2)
    assert [lost.generation for lost in bench.link.sent_of(ReportPeerLost)] == [1, 2]
    await bench.controller.close()


async def test_a_share_that_cannot_start_shows_nothing(expect_log: LogWatch) -> None:
    expect_log("The share could not be started", level=logging.ERROR)

    class Screen(FakeScreen):
        def start_grabbing(self, sink: object) -> None:
            raise RuntimeError("no window")

    bench = Bench(screen=Screen())
    await bench.start()
    await bench.to_share()
    assert not bench.media.sharing
    assert [lost.generation for lost in bench.link.sent_of(ReportPeerLost)] == [1]
    await bench.controller.close()


async def test_a_vault_that_hangs_does_not_keep_the_till_shut(
    expect_log: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("did not answer", level=logging.ERROR)
    monkeypatch.setattr("kiosk_app.kiosk.keeper.LOAD_SECONDS", 0.01)

    class Hanging(FakeVault):
        async def load_visit(self) -> None:
            await asyncio.get_running_loop().create_future()

    bench = Bench(vault=Hanging())
    await bench.start()
    await bench.press(events.HelpPressed())
    assert bench.screen.view.sheet is Sheet.MENU
    await bench.controller.close()
