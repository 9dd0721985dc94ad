"""Shoppers at the kiosk, one after another, who press anything at any time."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from kiosk_app.case import events
from kiosk_app.case.consent import ASK_SECONDS
from kiosk_app.case.talk.sharing import ARM_SECONDS
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.protocol.call import CallKind
from kiosk_app.protocol.shared import Cart, PaymentStep
from tests.property.case_world.parts import Parts
from tests.property.case_world.watched import CANARY
from tests.support.texts import texts_in
from tests.unit.case.story import uuid_of


class Shoppers(Parts):
    """What a hand can do, and short ways to several carts, which chance alone rarely finds."""

    @rule(
        event=st.sampled_from(
            [
                events.HelpPressed(),
                events.ClosePressed(),
                events.LeavePressed(),
                events.TalkPressed(f"hjälp {CANARY}"),
                events.ChatSubmitted(f"hej {CANARY}"),
                events.ShopperTyped(True),
                events.ShareStopPressed(),
                events.ShareRenewPressed(),
                events.FeedbackGiven(4, f"tack {CANARY}"),
                events.FeedbackTouched(),
                events.FeedbackSkipped(),
                events.LanguageChosen("en"),
                events.CartRestorePressed(),
                events.RetryPressed(),
                events.ArticlesPressed(),
                events.CallbackPressed(),
                events.CallbackNumberEntered("+46701234567"),
                events.CallKioskPressed(),
                events.Touched(),
                events.StayPressed(),
                events.ScanFailed(),
                events.OfferAccepted(),
                events.OfferDismissed(),
            ]
        )
    )
    def press(self, event: events.Event) -> None:
        self.feed(event)

    @rule(
        event=st.sampled_from(
            [events.CallMutePressed(), events.CameraStopPressed(), events.CallEndPressed()]
        )
    )
    def press_in_a_call(self, event: events.Event) -> None:
        self.feed(event)

    @rule()
    def say_that_there_is_danger(self) -> None:
        """Whatever the step, the limits and the pauses: somebody is asked for, or is there."""
        self.agreed.add(CallKind.VOICE)  # in the case that is open, or in the one that it opens
        self.feed(events.SafetyPressed())
        self.agreed.add(CallKind.VOICE)
        assert self.view.sheet not in (Sheet.NONE, Sheet.MENU, Sheet.FAILURE)
        assert self.open_cases

    @rule(draft=st.sampled_from(["", f"k {CANARY}", f"kort {CANARY}"]))
    def write(self, draft: str) -> None:
        self.feed(events.ShopperWrote(draft))

    @rule(on=st.booleans())
    def let_letters_be_seen(self, on: bool) -> None:
        self.seen = on
        self.feed(events.LettersSwitched(on))

    @rule(kind=st.sampled_from(CallKind))
    def ask_for_a_call(self, kind: CallKind) -> None:
        self.agreed |= {CallKind.VOICE, kind}
        self.feed(events.CallPressed(kind))

    @rule(yes=st.booleans(), patient=st.booleans())
    def answer_the_offer_of_a_call(self, yes: bool, patient: bool) -> None:
        offer = self.view.call.offer if self.view.call is not None else None
        if offer is None:
            return
        if not yes:
            self.feed(events.CallOfferRefused(offer.ask))
            return
        if patient:
            self.time_passes(1.0)
            if self.clock.monotonic() >= offer.armed_at:
                self.agreed |= {CallKind.VOICE, offer.kind}
        self.feed(events.CallOfferAccepted(offer.ask))

    @rule()
    def press_help_and_talk(self) -> None:
        self.feed(events.HelpPressed())
        self.feed(events.TalkPressed(f"hjälp {CANARY}"))

    @rule(yes=st.booleans())
    @precondition(lambda self: self.view.consent is not None)
    def answer_consent(self, yes: bool) -> None:
        consent = self.view.consent
        assert consent is not None
        if yes:
            self.time_passes(1.0)  # more than ARM_SECONDS, and exact as a float
            if self.view.consent != consent:
                return
            self.pressed.add(consent.ask)
            self.feed(events.ConsentApproved(consent.ask))
        else:
            self.feed(events.ConsentRefused(consent.ask))

    @rule()
    @precondition(lambda self: self.view.consent is not None)
    def tap_where_the_question_comes_up(self) -> None:
        consent = self.view.consent
        assert consent is not None
        asked_at = consent.answer_within.ends_at - ASK_SECONDS
        if self.clock.monotonic() - asked_at < ARM_SECONDS / 2:
            self.feed(events.ConsentApproved(consent.ask))
            assert consent.ask not in self.pressed

    @rule()
    def answer_a_question_that_is_not_asked(self) -> None:
        stale = uuid_of(0x57A1E)
        self.feed(events.ConsentApproved(stale))
        assert stale not in self.answered

    @rule(right=st.booleans(), which=st.integers(0, 3))
    def enter_code(self, right: bool, which: int) -> None:
        codes = [cart.code for cart in self.disk.waiting if cart.code_shown]
        self.feed(events.CartCodeEntered(codes[which % len(codes)] if right and codes else "0000"))

    @rule()
    def new_customer(self) -> None:
        kept = self.disk.visit
        self.feed(events.NewCustomerPressed())
        self.seen = True
        self.saving = None
        assert self.disk.visit is None
        assert all(cart.code and not cart.one_tap for cart in self.disk.waiting)
        if kept is not None and kept.snapshot and kept.code_shown:
            promised = self.disk.waiting[-1]
            assert (promised.snapshot, promised.code) == (kept.snapshot, kept.code)
        self.nothing_of_the_last_shopper()
        self.feed(events.TillChanged(Cart(), PaymentStep.IDLE, 0, b""))
        self.nothing_of_the_last_shopper()

    def nothing_of_the_last_shopper(self) -> None:
        view = self.view
        assert view.sheet is Sheet.NONE
        # An agent's pause is the kiosk's, not the shopper's.
        assert view.rest is None or view.rest.by_agent
        assert view == View(help=view.help, restore=view.restore, rest=view.rest)
        assert view.restore is None or view.restore.way is RestoreWay.CODE
        for text in texts_in(vars(self.machine), set()):
            assert CANARY not in text

    @rule()
    @precondition(lambda self: self.restoring is None)
    def killed_with_goods_in_the_till(self) -> None:
        self.use_till(PaymentStep.CART, 1)
        self.kill_dash_9()

    @rule()
    @precondition(lambda self: self.restoring is None)
    def takes_one_back(self) -> None:
        self.feed(events.CartRestorePressed())
        if self.restoring is not None:
            self.till_restores(reads=True)

    @rule(leaves=st.booleans())
    @precondition(lambda self: self.restoring is None)
    def fails_with_goods_in_the_till(self, leaves: bool) -> None:
        self.use_till(PaymentStep.CART, 1)
        self.feed(events.LinkLost())
        self.feed(events.HelpPressed())
        if self.saving is not None:
            self.disk_answers(works=True)
        if leaves:
            self.new_customer()
