"""The case machine with a disk and a clock, and what each of its effects may be."""

import itertools
from datetime import timedelta

from hypothesis.stateful import RuleBasedStateMachine

from kiosk_app.base.fake import FakeClock
from kiosk_app.case import effects, events
from kiosk_app.case.consent import SHARE_SECONDS, ConsentGrant
from kiosk_app.case.machine import Machine
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.visit.cart_hold import CODE_TRIES
from kiosk_app.protocol.call import CallDevice, CallKind
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
from kiosk_app.protocol.shared import Author, ChatMessage, PaymentStep
from kiosk_app.protocol.t140 import ERASE, NEW_LINE, START
from tests.support.model_disk import Disk
from tests.unit.case.story import uuid_of

CANARY = "kanariefågel"  # in everything that the shopper or the agent says or is called


class WatchedMachine(RuleBasedStateMachine):
    """Feeds events, keeps the books, and says of each effect whether it may be."""

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

    def line(self, number: int) -> ChatMessage:
        return ChatMessage(
            id=uuid_of(number),
            author=Author.AGENT,
            name=f"Lisa {CANARY}",
            text=f"hej {CANARY}",
            sent_at=self.clock.wall(),
        )
