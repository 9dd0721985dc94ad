"""The kiosk's own parts, fairly or not: till, link, media process, disk, and time."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from kiosk_app.case import effects, events
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import Cart, CartLine, PaymentStep
from tests.property.case_world.watched import CANARY, WatchedMachine


class Parts(WatchedMachine):
    """What the parts report, in any order."""

    @rule(device=st.sampled_from(CallDevice))
    def device_fails(self, device: CallDevice) -> None:
        self.feed(events.DeviceFailed(device, "unplugged"))

    @rule(step=st.sampled_from(PaymentStep), lines=st.integers(0, 3))
    @precondition(lambda self: self.restoring is None)  # a till answers before anything else
    def use_till(self, step: PaymentStep, lines: int) -> None:
        line = CartLine(line="1", name="Kaffe", quantity=1, amount_ore=100)
        self.step = step if lines else PaymentStep.IDLE
        self.cart = snapshot = b"cart %d." % next(self.numbers) if lines else b""
        self.feed(events.TillChanged(Cart(lines=(line,) * lines), self.step, 0, snapshot))

    @rule(reads=st.booleans())
    @precondition(lambda self: self.restoring is not None)
    def till_restores(self, reads: bool) -> None:
        snapshot, self.restoring = self.restoring, None
        assert snapshot
        if reads:
            line = CartLine(line="1", name="Kaffe", quantity=1, amount_ore=100)
            self.step, self.cart = PaymentStep.CART, self.cart + snapshot
            self.feed(events.TillChanged(Cart(lines=(line,)), self.step, 0, self.cart))
        else:
            self.feed(events.CartRestoreFailed("unreadable"))

    @rule()
    @precondition(lambda self: self.restoring is not None)
    def till_does_not_answer(self) -> None:
        self.restoring = None
        self.feed(events.CartRestoreUnanswered())

    @rule(resumed=st.booleans())
    def link_up(self, resumed: bool) -> None:
        self.feed(events.LinkUp(resumed=resumed, promise_seconds=60))

    @rule()
    def link_lost(self) -> None:
        self.feed(events.LinkLost())

    @rule(what=st.sampled_from(["ready", "connected", "again", "lost", "died", "live"]))
    def media(self, what: str) -> None:
        match what:
            case "ready":
                self.feed(events.MediaReady())
            case "connected":
                self.feed(events.MediaReady())
                self.generation += 1
                self.feed(
                    to_kiosk.OfferPeer(
                        case=self.case, generation=self.generation, nonce=self.ask, sdp="v=0"
                    )
                )
                self.feed(events.PeerAnswerMade(self.generation, "v=0", "s"))
                self.feed(events.PeerConnected(self.generation))
            case "again":
                self.feed(events.PeerConnected(self.generation))
            case "lost":
                self.feed(events.PeerLost(self.generation, "gone"))
            case "live":
                self.feed(events.ShareWentLive(True))
            case _ if self.media_running:
                self.media_running = False
                self.feed(events.MediaDied("killed"))

    @rule(what=st.sampled_from(["open", "hear", "hear late"]))
    def letters(self, what: str) -> None:
        match what:
            case "open":
                self.feed(events.T140Opened(max(1, self.generation)))
            case _:
                generation = max(1, self.generation - (what == "hear late"))
                self.feed(events.T140Received(generation, f"<{generation}> {CANARY}"))

    @rule(works=st.booleans())
    @precondition(lambda self: self.saving is not None)
    def disk_answers(self, works: bool) -> None:
        code, self.saving = self.saving, None
        assert code is not None
        if works:
            self.on_disk.add(code)
            self.feed(events.CartSaved())
        else:
            self.feed(events.CartSaveFailed("full"))

    @rule()
    def kill_dash_9(self) -> None:
        """The program ends without a word; the next one has the disk and the clock."""
        self.machine = self.start()
        self.seen, self.code_for_phone = True, False
        self.sharing = self.saving = self.restoring = None
        self.media_running = False
        self.step, self.cart = PaymentStep.IDLE, b""
        kept, visit = self.disk.waiting, self.disk.visit
        if kept:
            self.feed(
                events.CartsRecovered(
                    tuple(
                        events.RecoveredCart(
                            cart.visit,
                            cart.snapshot,
                            cart.code,
                            cart.code_shown,
                            self.left(cart),
                            cart.one_tap,
                            cart.tries,
                        )
                        for cart in kept
                    )
                )
            )
        if visit is not None:
            self.on_disk.add(visit.code)  # it may have got there without a word of it
            self.feed(
                events.VisitRecovered(
                    visit.visit,
                    visit.case,
                    visit.snapshot,
                    visit.code,
                    visit.code_shown,
                    self.left(visit),
                )
            )
        in_till = [visit.snapshot] if visit is not None and visit.snapshot else []
        assert self.disk.carts == [cart.snapshot for cart in kept] + in_till
        offered = self.view.restore
        if in_till or any(cart.one_tap for cart in kept):
            assert offered is not None
            assert offered.way is RestoreWay.ONE_TAP
        else:
            assert (offered is not None) == bool(kept)

    def left(self, kept: effects.KeepVisit | effects.WaitingCart) -> float:
        return (kept.hold_until - self.clock.wall()).total_seconds()

    @rule(seconds=st.sampled_from([0.5, 5.0, 12.0, 45.0, 61.0, 120.0, 250.0, 301.0]))
    def time_passes(self, seconds: float) -> None:
        """As the controller sees it: the clock is looked at when a deadline has come."""
        until = self.clock.monotonic() + seconds
        while (due := self.machine.next_deadline) is not None and due <= until:
            self.clock.advance(max(0.0, due - self.clock.monotonic()))
            self.feed(events.TimePassed())
        self.clock.advance(max(0.0, until - self.clock.monotonic()))

    @rule(works=st.booleans(), delivered=st.booleans())
    @precondition(lambda self: self.keeping is not None)
    def number_kept(self, works: bool, delivered: bool) -> None:
        command, self.keeping = self.keeping, None
        assert command is not None
        self.kept_number = works or delivered
        self.feed(events.CallbackKept(command, on_disk=works))
        if delivered:
            self.feed(events.CommandDelivered(command))
