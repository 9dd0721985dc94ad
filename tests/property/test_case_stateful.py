"""The case machine under any order of events: what must never happen, never does."""

import re
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from kiosk_app.case import events
from kiosk_app.case.view.ending import CallbackStep
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.case.visit.cart_hold import CODE_TRIES
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import PaymentStep
from tests.property.case_world.office import Office
from tests.property.case_world.watched import CANARY
from tests.support.texts import texts_in


class CaseMachine(Office):
    """What holds whatever has happened."""

    @initialize(up=st.booleans())
    def begin(self, up: bool) -> None:
        if up:
            self.feed(events.LinkUp(resumed=False, promise_seconds=60))

    @invariant()
    def a_call_is_promised_only_for_a_number_that_is_safe(self) -> None:
        failure = self.view.failure
        for call in (self.view.callback, failure.call if failure else None):
            if call is not None and call.step in (CallbackStep.KEPT, CallbackStep.SENT):
                assert self.kept_number

    @invariant()
    def no_share_without_a_live_grant(self) -> None:
        if self.sharing is not None:
            assert self.sharing.live(self.clock.monotonic())
            assert self.view.share is not None, "something is shown and the screen does not say so"
            assert self.view.share.left.ends_at == self.sharing.deadline
            assert self.media_running

    @invariant()
    def a_code_for_the_phone_is_good_only_while_it_is_shown(self) -> None:
        if self.code_for_phone and self.machine.case_open:
            assert self.view.handoff is not None

    @invariant()
    def letters_are_of_the_agent_who_has_the_case(self) -> None:
        letters = self.view.letters
        if letters is not None:
            assert letters.on == self.seen
            come = [int(number) for number in re.findall("<([0-9]+)>", letters.remote)]
            assert all(number > self.stale for number in come), "of whoever had the case before"

    @invariant()
    def nothing_is_shown_while_a_card_is_entered(self) -> None:
        if self.step is PaymentStep.CARD_ENTRY:
            assert self.sharing is None
            assert self.view.share is None
            assert self.view.consent is None

    @invariant()
    def an_open_microphone_or_camera_is_said(self) -> None:
        if self.devices:
            call = self.view.call
            assert call is not None, "something listens and the screen does not say so"
            assert call.running
            assert (CallDevice.MICROPHONE in self.devices) == (not call.muted)
            assert (CallDevice.CAMERA in self.devices) == call.camera
        if self.step is PaymentStep.CARD_ENTRY:
            assert CallDevice.CAMERA not in self.devices

    @invariant()
    def a_code_is_shown_only_for_a_cart_on_disk(self) -> None:
        failure = self.view.failure
        if failure is not None and failure.code is not None:
            assert failure.code in self.on_disk
            assert failure.hold is not None

    @invariant()
    def the_cart_in_the_till_is_on_disk(self) -> None:
        if self.cart and self.step not in (PaymentStep.PAID, PaymentStep.RECEIPT):
            assert self.disk.visit is not None
            assert self.disk.visit.snapshot == self.cart

    @invariant()
    def the_open_case_is_on_disk(self) -> None:
        for case in self.open_cases:
            assert self.disk.visit is not None
            assert self.disk.visit.case == case

    @invariant()
    def no_cart_is_on_disk_longer_than_promised(self) -> None:
        now = self.clock.wall() - timedelta(milliseconds=1)  # the deadlines are floats
        visit = self.disk.visit
        assert all(cart.hold_until > now for cart in self.disk.waiting)
        assert visit is None or not visit.snapshot or visit.hold_until > now

    @invariant()
    def what_is_offered_is_on_disk(self) -> None:
        offered = self.view.restore
        waiting = self.disk.waiting
        if self.step not in (PaymentStep.IDLE, PaymentStep.CART) or not waiting:
            assert offered is None
            return
        assert offered is not None
        own = [cart for cart in waiting if cart.one_tap]
        assert offered.way is (RestoreWay.ONE_TAP if own else RestoreWay.CODE)
        ends = own[-1].hold_until if own else min(cart.hold_until for cart in waiting)
        shown = self.clock.wall() + timedelta(seconds=offered.hold.left(self.clock.monotonic()))
        assert abs(shown - ends) < timedelta(milliseconds=1)
        assert offered.tries_left > 0

    @invariant()
    def more_codes_are_no_easier_to_guess(self) -> None:
        codes = {cart.code for cart in self.disk.waiting if not cart.one_tap}
        tries = {cart.tries for cart in self.disk.waiting if not cart.one_tap}
        assert len(tries) <= 1
        assert all(tried < CODE_TRIES for tried in tries)
        self.tries_left = -(-(CODE_TRIES - max(tries, default=0)) // max(1, len(codes)))

    @invariant()
    def no_two_visits_have_the_same_code(self) -> None:
        coded = {(cart.code, cart.visit) for cart in self.disk.waiting if cart.code}
        if self.disk.visit is not None and self.disk.visit.code:
            coded.add((self.disk.visit.code, self.disk.visit.visit))
        assert len(coded) == len({code for code, _ in coded})

    @invariant()
    def a_media_process_runs_only_in_a_case(self) -> None:
        if self.media_running:
            assert self.machine.case_open

    @invariant()
    def the_office_knows_of_each_end(self) -> None:
        assert bool(self.open_cases) == self.machine.case_open

    @invariant()
    def no_deadline_has_passed_unseen(self) -> None:
        due = self.machine.next_deadline
        assert due is None or due >= self.clock.monotonic()


TestCaseMachine = CaseMachine.TestCase
TestCaseMachine.settings = settings(max_examples=120, stateful_step_count=50, deadline=None)


def test_the_search_for_texts_finds_them() -> None:
    machine = CaseMachine()
    machine.feed(events.LinkUp(resumed=False, promise_seconds=60))
    machine.press_help_and_talk()
    assert any(CANARY in text for text in texts_in(vars(machine.machine), set()))
