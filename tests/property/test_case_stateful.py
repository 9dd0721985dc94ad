"""The case machine under any order of events: what must never happen, never does."""

import itertools
import re
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk_app.base.fake import FakeClock
from kiosk_app.case import effects, events
from kiosk_app.case.consent import ASK_SECONDS, SHARE_SECONDS, ConsentGrant
from kiosk_app.case.machine import Machine
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.talk.sharing import ARM_SECONDS
from kiosk_app.case.view.ending import CallbackStep
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.case.visit.cart_hold import CODE_TRIES
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallDevice, CallKind, CallReason
from kiosk_app.protocol.from_kiosk import (
    AnswerScreenShare,
    AskHandoff,
    CloseCase,
    OpenCase,
    ReportHandoff,
    ReportShareEnded,
    WithdrawHandoff,
)
from kiosk_app.protocol.handoff import LeftCart
from kiosk_app.protocol.shared import (
    Author,
    Cart,
    CartLine,
    CasePhase,
    ChatMessage,
    PaymentStep,
)
from kiosk_app.protocol.t140 import ERASE, NEW_LINE, START
from tests.support.model_disk import Disk
from tests.support.texts import texts_in
from tests.unit.case.story import uuid_of

CANARY = "kanariefågel"  # in everything that the shopper or the agent says or is called
AGENTS = st.sampled_from([f"Lisa {CANARY}", f"Omar {CANARY}"])


class CaseMachine(RuleBasedStateMachine):
    """Plays shopper, office, media process, disk and clock, fairly or not."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = itertools.count(1)
        self.codes = itertools.count(1000)
        self.clock = FakeClock()
        self.machine = self.start()
        self.disk = Disk()
        self.cart = b""  # what stands in the till
        self.step = PaymentStep.IDLE
        self.open_cases: set[str] = set()
        self.case = uuid_of(0xDEAD)
        self.generation = 0
        self.stale = 0  # connections up to this one were offered before the agent of now came
        self.ask = uuid_of(0xA5C)
        self.keeping: str | None = None  # the message with a number, on its way to disk
        self.kept_number = False  # the visit's newest number is on disk or at the office
        self.pressed: set[str] = set()  # asks to which a finger said yes
        self.answered: set[str] = set()
        self.sharing: ConsentGrant | None = None
        self.reported: set[str] = set()
        self.media_running = False
        self.saving: str | None = None
        self.on_disk: set[str] = set()
        self.asked_handoff = ""
        self.code_for_phone = False  # asked for and not taken back
        self.restoring: bytes | None = None
        self.tries_left = CODE_TRIES  # before the event that is fed
        self.wiped = False  # by the event that is fed
        self.seen = True  # the shopper lets their letters be seen before they send them
        self.devices: set[CallDevice] = set()  # what the call has open
        self.agreed: set[CallKind] = set()  # what a finger has said yes to in the open case

    def start(self) -> Machine:
        return Machine(
            lambda: uuid_of(next(self.numbers)),
            lambda: str(next(self.codes)),
            CaseSettings(store="Byabutiken", till_name="Kassa 2"),
        )

    @property
    def view(self) -> View:
        return self.machine.view()

    def feed(self, event: events.Event) -> None:
        now = events.Now(self.clock.monotonic(), self.clock.wall())
        before = self.disk.waiting
        self.wiped = False
        for effect in self.machine.handle(event, now):
            if isinstance(effect, effects.RestoreCart):
                self.may_be_fetched(event, effect.snapshot)
            self.watch(effect)
        left = {cart.snapshot for cart in self.disk.waiting}
        for cart in before:
            assert cart.snapshot in left or self.may_go(event, cart)

    def may_be_fetched(self, event: events.Event, snapshot: bytes) -> None:
        """One's own by a tap, the newest first; another's by its code."""
        fits = [cart for cart in self.disk.waiting if cart.one_tap]
        if isinstance(event, events.CartCodeEntered):
            assert not fits
            fits = [cart for cart in self.disk.waiting if cart.code == event.code]
        assert snapshot == fits[-1].snapshot

    def may_go(self, event: events.Event, cart: effects.WaitingCart) -> bool:
        """Whether a cart that waited may be gone from the disk after ``event``."""
        if cart.hold_until <= self.clock.wall() + timedelta(milliseconds=1):
            return True
        match event:
            case events.TillChanged(snapshot=snapshot):
                return snapshot.endswith(cart.snapshot)  # in the till, with what stood there
            case events.CartRestoreFailed():
                return True
            case events.NewCustomerPressed():
                return cart.one_tap and not cart.code
            case events.TimePassed() if self.wiped:
                return cart.one_tap and not cart.code  # nobody was there any more
            case events.CartCodeEntered(code):
                return not cart.one_tap and cart.code != code and self.tries_left == 1
        return False

    def watch(self, effect: effects.Effect) -> None:
        self.disk.write(effect)
        match effect:
            case effects.Send(OpenCase(case=case)):
                assert not self.open_cases, "a case was opened while another was open"
                self.open_cases.add(case)
                self.case = case
                self.code_for_phone = False
                self.agreed = set()
                self.generation = self.stale = 0
            case effects.Send(CloseCase(case=case)):
                self.open_cases.discard(case)
                assert not self.media_running, "the case ended before its media process"
            case effects.Send(AskHandoff(command=command)):
                self.asked_handoff, self.code_for_phone = command, True
            case effects.Send(WithdrawHandoff()):
                self.code_for_phone = False
            case effects.Send(ReportHandoff(cart=cart)):
                if cart.left is LeftCart.HELD:
                    assert cart.code in self.on_disk, "a code for a cart that is not on disk"
            case effects.KeepCallback(message):
                self.keeping, self.kept_number = message.command, False
            case effects.Send(AnswerScreenShare(ask=ask, granted=granted)):
                assert ask not in self.answered, "one question was answered twice"
                self.answered.add(ask)
                assert not granted or ask in self.pressed, "a consent that nobody pressed"
            case effects.Send(ReportShareEnded(ask=ask, shared_seconds=seconds)):
                assert ask not in self.reported
                assert seconds <= SHARE_SECONDS
                self.reported.add(ask)
            case effects.StartShare(grant):
                assert grant.live(self.clock.monotonic())
                assert grant.ask in self.pressed
                assert grant.ask not in self.reported, "a share that had ended began again"
                assert self.step is not PaymentStep.CARD_ENTRY
                assert self.media_running
                assert self.generation > self.stale, "shown to whoever had the case before"
                self.sharing = grant
            case effects.StopShare():
                self.sharing = None
            case effects.OpenDevice(device):
                assert self.agreed, f"the {device} was opened and nobody pressed"
                assert self.media_running
                assert self.generation > self.stale, "to be heard by whoever had the case before"
                if device is CallDevice.CAMERA:
                    assert CallKind.VIDEO in self.agreed
                    assert self.step is not PaymentStep.CARD_ENTRY
                self.devices.add(device)
            case effects.CloseDevice(device):
                self.devices.remove(device)
            case effects.SendT140(text):
                assert self.media_running
                assert self.generation > self.stale, "to be read by whoever had the case before"
                assert self.seen or not text.strip(START + ERASE + NEW_LINE), "seen all the same"
            case effects.StartMedia():
                assert not self.media_running
                self.media_running = True
            case effects.DropPeer():
                assert self.media_running
                assert self.sharing is None, "the connection was ended under a running share"
                assert not self.devices, "the connection was ended under an open microphone"
            case effects.StopMedia():
                assert self.sharing is None, "the process was ended under a running share"
                assert not self.devices, "the process was ended under an open microphone"
                self.media_running = False
            case effects.SaveCart(effects.KeepVisit(code=code)):
                self.saving = code
            case effects.RestoreCart(snapshot):
                self.restoring = snapshot
            case effects.WipeTill():
                self.step, self.cart, self.restoring = PaymentStep.IDLE, b"", None
                self.seen, self.saving, self.wiped = True, None, True
            case effects.StartAnew():
                assert not self.open_cases, "the program ended in somebody's case"
                assert not self.cart, "the program ended under somebody's hands"
                assert self.view.sheet is Sheet.NONE
            case _:
                pass

    # The shopper ---------------------------------------------------------------------------------

    @initialize(up=st.booleans())
    def begin(self, up: bool) -> None:
        if up:
            self.feed(events.LinkUp(resumed=False, promise_seconds=60))

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

    @rule(seconds=st.sampled_from([0, 300, 3600]))
    def help_is_paused(self, seconds: int) -> None:
        safe = self.view.safety is not None
        self.feed(to_kiosk.HelpPaused(seconds=seconds))
        assert not safe or self.view.safety is not None, "a pause took help from danger"

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

    @rule(kind=st.sampled_from(CallKind), reason=st.sampled_from(CallReason))
    def agent_asks_for_a_call(self, kind: CallKind, reason: CallReason) -> None:
        ask = uuid_of(next(self.numbers))
        self.feed(to_kiosk.AskCall(case=self.case, ask=ask, kind=kind, reason=reason))

    @rule()
    def agent_ends_the_call(self) -> None:
        self.feed(to_kiosk.EndCall(case=self.case))

    @rule(device=st.sampled_from(CallDevice))
    def device_fails(self, device: CallDevice) -> None:
        self.feed(events.DeviceFailed(device, "unplugged"))

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

    # The short ways to several carts, rare by chance alone ---------------------------------------

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

    # The office ----------------------------------------------------------------------------------

    @rule(resumed=st.booleans())
    def link_up(self, resumed: bool) -> None:
        self.feed(events.LinkUp(resumed=resumed, promise_seconds=60))

    @rule()
    def link_lost(self) -> None:
        self.feed(events.LinkLost())

    @rule(name=AGENTS, eta=st.integers(0, 30))
    def agent_joined(self, name: str, eta: int) -> None:
        self.comes(name)
        self.feed(to_kiosk.AgentJoined(case=self.case, agent_name=name, eta_seconds=eta))

    def comes(self, name: str) -> None:
        """From now on it is ``name`` who has the case, by the office's word."""
        if name != self.view.help.agent_name:
            self.stale = self.generation

    @rule(name=AGENTS)
    def agent_comes_and_asks(self, name: str) -> None:
        self.agent_joined(name, 20)
        self.media("connected")
        self.agent_asks()

    @rule(name=AGENTS)
    def share_begins(self, name: str) -> None:
        """The short way to a share, from wherever it can be taken; rare by chance alone."""
        self.feed(events.LinkUp(resumed=True, promise_seconds=60))
        self.press_help_and_talk()
        self.agent_comes_and_asks(name)
        self.say_yes()

    def say_yes(self) -> None:
        if self.view.consent is not None:
            self.tap_where_the_question_comes_up()
        if self.view.consent is not None:
            self.answer_consent(yes=True)

    @rule(first=AGENTS, second=AGENTS, asked=st.booleans())
    def who_left_keeps_the_connection(self, first: str, second: str, asked: bool) -> None:
        """The browser of one agent goes on while the next has the case."""
        self.feed(events.LinkUp(resumed=True, promise_seconds=60))
        self.press_help_and_talk()
        self.agent_joined(first, 20)
        self.media("connected")
        if asked:
            self.agent_asks()
            self.say_yes()
        self.agent_left()
        self.media("again")
        self.agent_joined(second, 20)
        self.media("again")
        self.agent_asks()
        self.say_yes()
        self.media("again")

    @rule(first=AGENTS, second=AGENTS)
    def letters_to_one_and_to_the_next(self, first: str, second: str) -> None:
        """The short way to letters; what was written to one is not read by the next."""
        self.feed(events.LinkUp(resumed=True, promise_seconds=60))
        self.press_help_and_talk()
        for name in (first, second):
            self.agent_joined(name, 20)
            self.media("connected")
            self.letters("open")
            self.letters("hear late")
            self.write(f"k {CANARY}")
            self.letters("hear")

    @rule()
    def agent_left(self) -> None:
        self.stale = self.generation
        self.feed(to_kiosk.AgentLeft(case=self.case))

    @rule()
    def agent_asks(self) -> None:
        self.ask = uuid_of(next(self.numbers))
        self.feed(to_kiosk.AskScreenShare(case=self.case, ask=self.ask))

    @rule()
    def agent_stops(self) -> None:
        self.feed(to_kiosk.StopScreenShare(case=self.case))

    @rule()
    def agent_resolves(self) -> None:
        self.feed(to_kiosk.CaseResolved(case=self.case))

    @rule(number=st.integers(0xF000, 0xF003), peer=st.booleans())
    def agent_writes(self, number: int, peer: bool) -> None:
        message = self.line(number)
        if peer:
            self.feed(events.PeerChatReceived(message))
        else:
            self.feed(to_kiosk.DeliverChat(case=self.case, message=message))

    @rule(ready=st.booleans())
    def to_the_phone(self, ready: bool) -> None:
        self.feed(events.HandoffPressed())
        if ready and self.asked_handoff:
            url = "https://help.example.se/p#abc"
            self.feed(to_kiosk.HandoffReady(self.case, self.asked_handoff, url, 300))

    @rule(hurry=st.booleans())
    def the_phone_takes_it(self, hurry: bool) -> None:
        """The office's word alone; from then on the kiosk has no part in the case."""
        before = self.view.sheet
        self.feed(to_kiosk.HandedOff(case=self.case))
        self.open_cases &= {self.case} if self.machine.case_open else set()
        if self.view.sheet is Sheet.MOVED and before is not Sheet.MOVED:
            assert not self.devices
            assert self.sharing is None
        if hurry:
            self.time_passes(61.0)

    @rule(phase=st.sampled_from(CasePhase), name=AGENTS)
    def case_state(self, phase: CasePhase, name: str) -> None:
        if phase is CasePhase.QUEUED:
            self.stale = self.generation
        elif phase is CasePhase.ACTIVE:
            self.comes(name)
        self.feed(
            to_kiosk.CaseState(
                case=self.case,
                phase=phase,
                agent_name=name,
                position=1,
                wait_seconds=20,
                chat=(self.line(0xF000), self.line(0xF001)),
            )
        )
        if phase is CasePhase.ENDED:
            self.open_cases &= {self.case} if self.machine.case_open else set()

    def line(self, number: int) -> ChatMessage:
        return ChatMessage(
            id=uuid_of(number),
            author=Author.AGENT,
            name=f"Lisa {CANARY}",
            text=f"hej {CANARY}",
            sent_at=self.clock.wall(),
        )

    # The kiosk's parts ---------------------------------------------------------------------------

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

    # What always holds ---------------------------------------------------------------------------

    @rule(works=st.booleans(), delivered=st.booleans())
    @precondition(lambda self: self.keeping is not None)
    def number_kept(self, works: bool, delivered: bool) -> None:
        command, self.keeping = self.keeping, None
        assert command is not None
        self.kept_number = works or delivered
        self.feed(events.CallbackKept(command, on_disk=works))
        if delivered:
            self.feed(events.CommandDelivered(command))

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
