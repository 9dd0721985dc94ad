"""The program is started again: what the disk gives back, and to whom."""

import logging
from dataclasses import replace

from kiosk_app.case import events
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.protocol.from_kiosk import (
    ResumeCase,
)
from kiosk_app.protocol.shared import CartLine
from tests.conftest import LogWatch
from tests.unit.kiosk.bench import COFFEE, Bench

TEA = CartLine(line="2", name="Te", quantity=1, amount_ore=1500)
MILK = CartLine(line="3", name="Mjölk", quantity=1, amount_ore=1990)


class TestRestart:
    """kill -9 and start again: the disk and the clock are all that is left."""

    async def killed(self, *, case: bool = False, ended: bool = False) -> Bench:
        bench = Bench()
        await bench.start(up=case)
        if case:
            await bench.to_chat()
        else:
            bench.link.go_down()
            bench.till.put(COFFEE)
            await bench.press(events.HelpPressed())
            await bench.press(events.TalkPressed())
        if ended:
            await bench.press(events.NewCustomerPressed())
        left = Bench(disk=bench.disk, clock=bench.clock)
        visit, held = bench.disk.visit, bench.disk.held
        await bench.controller.close()
        left.disk.visit, left.disk.held = visit, held
        return left

    async def again(self, bench: Bench) -> Bench:
        """Killed, and started once more."""
        left = Bench(disk=replace(bench.disk), clock=bench.clock)
        await bench.controller.close()
        await left.start()
        return left

    async def test_the_same_visit_takes_its_cart_back_with_one_tap(self) -> None:
        bench = await self.killed()
        await bench.start()
        assert bench.screen.view.restore is not None
        assert bench.screen.view.restore.way is RestoreWay.ONE_TAP
        await bench.press(events.CartRestorePressed())
        assert bench.till.state.cart.lines == (COFFEE,)
        assert bench.screen.view.restore is None
        assert bench.screen.view.notice is Notice.CART_RESTORED
        assert bench.disk.visit is not None
        assert bench.disk.visit.snapshot == bench.till.state.snapshot
        await bench.controller.close()

    async def test_after_new_customer_only_with_the_code_and_tries_are_counted(self) -> None:
        bench = await self.killed(ended=True)
        assert bench.disk.visit is None
        assert [cart.one_tap for cart in bench.disk.held] == [False]
        await bench.start()
        await bench.press(events.CartRestorePressed())
        assert bench.till.state.cart.empty
        await bench.press(events.CartCodeEntered("0000"))
        assert [cart.tries for cart in bench.disk.held] == [1]
        await bench.press(events.CartCodeEntered("4821"))
        assert bench.till.state.cart.lines == (COFFEE,)
        assert bench.disk.held == []
        assert bench.disk.visit is not None
        await bench.controller.close()

    async def test_the_next_shopper_is_kept_beside_a_promised_cart(self) -> None:
        first = await self.killed(ended=True)
        await first.start()
        first.clock.advance(100)
        first.till.put(COFFEE, COFFEE)
        await first.press(events.HelpPressed())
        await first.press(events.TalkPressed())
        case = first.case
        left = Bench(disk=replace(first.disk), clock=first.clock)
        await first.controller.close()
        await left.start()
        # The case goes on, the cart is one tap away, and the earlier one keeps its code.
        assert [resume.case for resume in left.link.sent_of(ResumeCase)] == [case]
        own = left.screen.view.restore
        assert own is not None
        assert own.way is RestoreWay.ONE_TAP
        await left.press(events.CartRestorePressed())
        assert left.till.state.cart.lines == (COFFEE, COFFEE)
        await left.press(events.NewCustomerPressed())
        assert left.disk.visit is None
        earlier = left.screen.view.restore
        assert earlier is not None
        assert earlier.way is RestoreWay.CODE
        assert earlier.hold.left(left.clock.monotonic()) == 200
        await left.press(events.CartCodeEntered("4821"))
        assert left.till.state.cart.total_ore == COFFEE.amount_ore
        await left.controller.close()

    async def test_goods_scanned_beside_a_waiting_cart_outlive_the_next_kill(self) -> None:
        bench = Bench()
        await bench.start()
        bench.till.put(COFFEE)
        await bench.settle()
        for goods in (TEA, MILK):
            bench = await self.again(bench)
            bench.till.put(goods)
            await bench.settle()
        bench = await self.again(bench)
        # The newest first: each tap brings back what one crash took out of the till.
        for lines in ((MILK,), (MILK, TEA), (MILK, TEA, COFFEE)):
            assert bench.screen.view.restore is not None
            assert bench.screen.view.restore.way is RestoreWay.ONE_TAP
            await bench.press(events.CartRestorePressed())
            assert bench.till.state.cart.lines == lines
        assert bench.screen.view.restore is None
        assert bench.disk.held == []
        await bench.controller.close()

    async def test_two_promised_carts_wait_for_their_own_codes(self) -> None:
        bench = Bench()
        await bench.start(up=False)
        bench.link.go_down()
        for goods in (TEA, COFFEE):
            bench.till.put(goods)
            await bench.press(events.HelpPressed())
            await bench.press(events.TalkPressed())
            await bench.press(events.NewCustomerPressed())
            bench.clock.advance(100)
        for code, goods in (("4821", TEA), ("4822", COFFEE)):
            bench = await self.again(bench)
            await bench.press(events.CartCodeEntered(code))
            assert bench.till.state.cart.lines == (goods,)
            await bench.press(events.NewCustomerPressed())
        assert not bench.disk.held
        assert bench.disk.visit is None
        await bench.controller.close()

    async def test_after_five_minutes_it_is_gone_from_disk(self) -> None:
        bench = await self.killed()
        bench.clock.advance(301)
        await bench.start()
        assert bench.screen.view.restore is None
        assert not bench.disk.held
        assert bench.disk.visit is None
        await bench.controller.close()

    async def test_a_clock_set_back_does_not_prolong_the_hold(self) -> None:
        bench = await self.killed()
        bench.clock.advance(200)
        bench.clock.set_wall(bench.clock.wall().replace(hour=1))
        await bench.start()
        assert bench.screen.view.restore is not None
        assert bench.screen.view.restore.hold.left(bench.clock.monotonic()) == 100
        await bench.controller.close()

    async def test_an_open_case_goes_on_without_a_tap_and_without_a_share(self) -> None:
        bench = await self.killed(case=True)
        assert bench.disk.visit is not None
        case = bench.disk.visit.case
        assert case is not None
        await bench.start()
        assert [resume.case for resume in bench.link.sent_of(ResumeCase)] == [case]
        assert bench.media.starts == [case]
        assert bench.screen.view.share is None
        assert bench.screen.view.consent is None
        await bench.controller.close()

    async def test_a_cart_that_the_till_cannot_read(self, expect_log: LogWatch) -> None:
        expect_log("could not be given back", level=logging.ERROR)
        bench = await self.killed()
        assert bench.disk.visit is not None
        bench.disk.visit = replace(bench.disk.visit, snapshot=b"\x00")
        await bench.start()
        await bench.press(events.CartRestorePressed())
        assert bench.screen.view.notice is Notice.CART_LOST
        assert bench.screen.view.restore is None
        assert not bench.disk.held
        assert bench.disk.visit is None
        await bench.controller.close()
