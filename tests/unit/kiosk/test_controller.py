"""The controller among fakes: what goes in at one port comes out at another."""

import asyncio
import base64
import logging

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.fake import FakeClock
from kiosk_app.case import events
from kiosk_app.case.talk.sharing import ARM_SECONDS
from kiosk_app.case.view.ending import CallbackStep, CallbackView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.kiosk import controller as module
from kiosk_app.kiosk.fake import FakeScreen
from kiosk_app.media.fake import FakeMedia
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallDevice, CallKind, CallReason
from kiosk_app.protocol.from_kiosk import (
    AnswerPeer,
    AnswerScreenShare,
    CloseCase,
    ContextChanged,
    LeaveCallback,
    ReportShareEnded,
    SendChat,
)
from kiosk_app.protocol.shared import (
    Author,
    Battery,
    ChatMessage,
    Device,
    Network,
    NetworkKind,
    PaymentStep,
    ShareEndCause,
)
from kiosk_app.protocol.signing import peer_bytes
from kiosk_app.sensing.ports import Readings
from kiosk_app.vault.fake import FakeDisk, FakeVault
from tests.conftest import LogWatch
from tests.unit.kiosk.bench import ASK, COFFEE, NONCE, Bench


class RealClock(FakeClock):
    """Only for the test that a timer of the loop looks at the clock."""

    def monotonic(self) -> float:
        return SystemClock().monotonic()


WIRED = Readings(Device(model="kiosk"), Network(kind=NetworkKind.WIRED), Battery())


async def test_the_whole_way_and_nothing_left() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_chat()
    assert bench.screen.view.chat is not None
    assert bench.screen.view.chat.lines[0].delivered
    await bench.press(events.ChatSubmitted("hej"))
    assert bench.media.chats[0] == bench.link.sent_of(SendChat)[0].message
    await bench.press(events.ShopperTyped(True))
    assert bench.media.typing == [True]
    bench.link.say(to_kiosk.CaseResolved(case=bench.case))
    await bench.press(events.FeedbackGiven(5))
    assert bench.screen.view.sheet is Sheet.NONE
    assert bench.media.case is None
    assert bench.disk.visit is not None
    assert bench.disk.visit.case is None
    assert not bench.till.state.cart.empty
    await bench.controller.close()
    await bench.controller.close()
    assert bench.link.closed
    assert bench.sensing.closed


async def test_the_screen_shows_the_press_before_anything_else_is_done() -> None:
    order: list[str] = []

    class Screen(FakeScreen):
        def show_view(self, view: View) -> None:
            order.append(view.sheet)
            super().show_view(view)

    class Media(FakeMedia):
        async def start(self, case: str) -> None:
            order.append("media")
            await super().start(case)

    bench = Bench(screen=Screen(), media=Media())
    await bench.start()
    await bench.press(events.HelpPressed())
    assert list(dict.fromkeys(order)) == [Sheet.NONE, Sheet.MENU, "media"]
    await bench.controller.close()


async def test_the_same_view_is_not_drawn_twice() -> None:
    bench = Bench()
    await bench.start()
    shown = len(bench.screen.views)
    await bench.press(events.TimePassed())
    assert len(bench.screen.views) == shown
    await bench.controller.close()


async def test_the_answer_is_signed_for_this_case_and_offer() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_chat()
    assert bench.media.offers == [(1, "v=0")]
    (answer,) = bench.link.sent_of(AnswerPeer)
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(bench.identity.public_key))
    signed = peer_bytes(case=bench.case, role="answer", nonce=NONCE, fingerprint="AB:CD")
    key.verify(base64.b64decode(answer.signature), signed)
    bench.offer(2)
    bench.media.listener.answer_made(1, "late", "AB:CD")
    assert len(bench.link.sent_of(AnswerPeer)) == 1
    await bench.controller.close()


async def test_a_share_runs_under_its_grant_and_stops_with_the_card_step() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_share()
    (answer,) = bench.link.sent_of(AnswerScreenShare)
    assert answer.granted
    assert bench.media.share_seconds == [300.0]
    assert bench.screen.sink is bench.media.sinks[0]
    assert bench.screen.view.share is not None
    assert bench.screen.view.share.live
    bench.media.listener.share_wants_frame()
    assert bench.screen.whole_grabs == 1
    bench.till.go_to(PaymentStep.CARD_ENTRY)
    assert bench.screen.sink is None
    assert not bench.media.sharing
    assert bench.media.sinks[0].begin(1, 1) is None
    assert bench.link.sent_of(ReportShareEnded)[0].cause is ShareEndCause.CARD_ENTRY
    bench.media.listener.share_wants_frame()
    assert bench.screen.whole_grabs == 1
    await bench.controller.close()


async def test_the_camera_is_closed_before_the_card_step_is_drawn() -> None:
    media = FakeMedia()
    open_at: list[bool] = []

    class Screen(FakeScreen):
        def show_view(self, view: View) -> None:
            open_at.append(CallDevice.CAMERA in media.open_devices)
            super().show_view(view)

    bench = Bench(screen=Screen(), media=media)
    await bench.start()
    await bench.to_chat()
    bench.link.say(
        to_kiosk.AskCall(case=bench.case, ask=ASK, kind=CallKind.VIDEO, reason=CallReason.GUIDANCE)
    )
    await bench.pass_time(ARM_SECONDS)
    await bench.press(events.CallOfferAccepted(ASK))
    assert CallDevice.CAMERA in media.open_devices
    drawn = len(open_at)
    bench.till.go_to(PaymentStep.CARD_ENTRY)
    assert open_at[drawn:]
    assert not any(open_at[drawn:])
    await bench.controller.close()


async def test_a_new_connection_goes_on_with_what_is_left_of_the_grant() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_share()
    bench.clock.advance(100)
    bench.media.listener.peer_lost(1, "no ping")
    assert bench.screen.sink is None
    bench.offer(2)
    bench.media.listener.peer_connected(2)
    assert bench.media.share_seconds == [300.0, 200.0]
    assert bench.screen.sink is bench.media.sinks[1]
    await bench.controller.close()


async def test_closing_stops_the_share_and_leaves_the_case_open() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_share()
    await bench.controller.close()
    assert bench.screen.sink is None
    assert bench.media.case is None
    assert not bench.link.sent_of(CloseCase)
    assert bench.disk.visit is not None
    assert bench.disk.visit.case == bench.case


async def test_the_media_process_dies_under_a_share() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_share()
    bench.media.die()
    await bench.settle()
    assert bench.screen.sink is None
    assert bench.screen.view.notice is Notice.MEDIA_LOST
    assert len(bench.media.starts) == 2
    await bench.press(events.ChatSubmitted("hallå"))
    assert bench.link.sent_of(SendChat)
    await bench.controller.close()


async def test_the_cart_is_on_disk_when_the_code_is_shown() -> None:
    disk = FakeDisk()
    seen: list[str] = []

    class Screen(FakeScreen):
        def show_view(self, view: View) -> None:
            super().show_view(view)
            if view.failure is not None:
                assert disk.visit is not None
                seen.append(disk.visit.code)

    bench = Bench(disk=disk, screen=Screen())
    await bench.start(up=False)
    bench.link.go_down()
    bench.till.put(COFFEE)
    await bench.press(events.HelpPressed())
    await bench.press(events.TalkPressed())
    assert seen[0] == "4821"
    assert bench.screen.view.failure is not None
    assert bench.screen.view.failure.code == "4821"
    await bench.controller.close()


async def leave_a_number(bench: Bench) -> None:
    """At the failure notice, while the office is away."""
    await bench.start(up=False)
    bench.link.go_down()
    await bench.press(events.HelpPressed())
    await bench.press(events.TalkPressed())
    await bench.press(events.CallbackPressed())
    await bench.press(events.CallbackNumberEntered("+46701234567"))
    await bench.settle()


async def test_a_number_is_promised_a_call_once_the_link_has_kept_it() -> None:
    bench = Bench()
    await leave_a_number(bench)
    failure = bench.screen.view.failure
    assert failure is not None
    assert failure.call == CallbackView(CallbackStep.KEPT, "67")
    bench.link.come_up()
    assert bench.screen.view.failure is not None
    assert bench.screen.view.failure.call == CallbackView(CallbackStep.SENT, "67")
    (left,) = bench.link.sent_of(LeaveCallback)
    assert left.number == "+46701234567"
    await bench.controller.close()


async def test_a_number_that_no_disk_takes_is_safe_once_the_office_has_it(
    expect_log: LogWatch,
) -> None:
    said = expect_log("A number to call is not on disk", level=logging.ERROR)
    bench = Bench()
    bench.link.disk_full = True
    await leave_a_number(bench)
    assert bench.screen.view.callback == CallbackView(CallbackStep.UNSAFE, "67")
    bench.link.come_up()
    assert bench.screen.view.failure is not None
    assert bench.screen.view.failure.call == CallbackView(CallbackStep.SENT, "67")
    assert not any("1234567" in record.getMessage() for record in said)
    await bench.controller.close()


async def test_a_number_that_the_disk_takes_late_is_kept_then(expect_log: LogWatch) -> None:
    expect_log("A number to call is not on disk", level=logging.ERROR)
    bench = Bench()
    bench.link.disk_full = True
    await leave_a_number(bench)
    assert bench.screen.view.callback == CallbackView(CallbackStep.UNSAFE, "67")
    bench.link.make_room()
    assert bench.screen.view.failure is not None
    assert bench.screen.view.failure.call == CallbackView(CallbackStep.KEPT, "67")
    await bench.controller.close()


async def test_new_customer_wipes_till_and_screen() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_chat()
    await bench.press(events.NewCustomerPressed())
    assert bench.till.state.cart.empty
    assert bench.screen.wipes == 1
    assert bench.media.case is None
    assert bench.disk.visit is None
    await bench.controller.close()


async def test_readings_follow_the_press_and_only_changes_are_sent() -> None:
    bench = Bench()
    await bench.start()
    bench.sensing.readings = WIRED
    await bench.press(events.HelpPressed())
    assert [x.context.network.kind for x in bench.link.sent_of(ContextChanged)] == [
        NetworkKind.WIRED
    ]
    assert bench.sensing.reads == 2
    await bench.controller.close()


async def test_sensing_goes_on_while_a_case_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SENSE_SECONDS", 0.0)
    bench = Bench()
    await bench.start()
    idle = bench.sensing.reads
    await bench.press(events.HelpPressed())
    await bench.until(lambda: bench.sensing.reads > idle + 3)
    await bench.press(events.ClosePressed())
    idle = bench.sensing.reads
    await bench.settle()
    assert bench.sensing.reads == idle
    await bench.controller.close()


async def test_time_passes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_app.case.closing.FEEDBACK_SECONDS", 0.02)
    bench = Bench(clock=RealClock())
    await bench.start()
    await bench.to_chat()
    bench.link.say(to_kiosk.CaseResolved(case=bench.case))
    await bench.until(lambda: bench.screen.view.sheet is Sheet.NONE)
    await bench.controller.close()


async def test_a_refused_link_is_an_office_that_does_not_answer() -> None:
    bench = Bench()
    await bench.start(up=False)
    bench.link.listener.link_refused("unknown_kiosk", "This kiosk is not enrolled.")
    await bench.press(events.HelpPressed())
    await bench.press(events.TalkPressed())
    assert bench.screen.view.sheet is Sheet.FAILURE
    await bench.controller.close()


def test_a_code_is_four_digits() -> None:
    codes = {module.four_digits() for _ in range(50)}
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert len(codes) > 1


async def test_presses_before_the_disk_has_answered_wait_for_it() -> None:
    bench = Bench()
    bench.controller.press(events.HelpPressed())
    assert not bench.screen.views
    await bench.start()
    assert bench.screen.view.sheet is Sheet.MENU
    await bench.controller.close()


async def test_what_was_scanned_before_the_start_is_kept() -> None:
    bench = Bench()
    bench.till.put(COFFEE)
    await bench.start()
    assert bench.disk.visit is not None
    assert bench.disk.visit.snapshot == bench.till.state.snapshot
    await bench.controller.close()


async def test_the_agents_words_come_by_data_channel_too() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_chat()
    bench.media.listener.agent_typed(True)
    assert bench.screen.view.chat is not None
    assert bench.screen.view.chat.agent_typing
    line = ChatMessage(
        id=ASK, author=Author.AGENT, name="Lisa", text="Hej!", sent_at=bench.clock.wall()
    )
    bench.media.listener.peer_chat_received(line)
    bench.link.say(to_kiosk.DeliverChat(case=bench.case, message=line))
    assert bench.screen.view.chat is not None
    assert [each.text for each in bench.screen.view.chat.lines][1:] == ["Hej!"]
    await bench.controller.close()


async def test_closed_while_it_starts() -> None:
    loading = asyncio.Event()
    gate = asyncio.Event()

    class Slow(FakeVault):
        async def load_visit(self) -> None:
            loading.set()
            await gate.wait()

    bench = Bench(vault=Slow())
    async with asyncio.TaskGroup() as group:
        group.create_task(bench.controller.start())
        await loading.wait()
        await bench.controller.close()
        gate.set()
    bench.controller.press(events.HelpPressed())
    assert len(bench.screen.views) == 1
