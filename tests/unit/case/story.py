"""A machine with its clock, led through a case by tests."""

import itertools
from datetime import UTC, datetime
from typing import TypeVar

from kiosk_app.base.fake import FakeClock
from kiosk_app.case import effects, events
from kiosk_app.case.core import JOINING_SECONDS
from kiosk_app.case.machine import Machine
from kiosk_app.case.presses import Touched
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.talk.sharing import ARM_SECONDS
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.visit import RestoreWay
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallDevice, CallKind, CallReason
from kiosk_app.protocol.from_kiosk import OpenCase
from kiosk_app.protocol.shared import (
    Author,
    Cart,
    CartLine,
    CasePhase,
    ChatMessage,
    PaymentStep,
)

T = TypeVar("T")

TOUCHES_EVERY = 15.0  # seconds: before anything asks whether the shopper is still there

COFFEE = CartLine(line="1", name="Kaffe, liten", quantity=1, amount_ore=2000)
CALL_ASK = "00000000-0000-4000-8000-00000000ca11"
ASK = "00000000-0000-4000-8000-00000000a5c0"
NONCE = "00000000-0000-4000-8000-0000000000ce"


def uuid_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def way(view: View) -> RestoreWay | None:
    """How the cart that is offered is taken back; None while none is."""
    return view.restore.way if view.restore else None


class Story:
    """Feeds events and remembers every effect."""

    def __init__(self, *, share_possible: bool = True, receipt_page: str = "") -> None:
        numbers = itertools.count(1)
        codes = itertools.count(4821)
        self.clock = FakeClock()
        self.machine = Machine(
            lambda: uuid_of(next(numbers)),
            lambda: str(next(codes)),
            CaseSettings(
                store="Byabutiken",
                till_name="Kassa 2",
                share_possible=share_possible,
                receipt_page=receipt_page,
            ),
        )
        self.effects: list[effects.Effect] = []

    @property
    def view(self) -> View:
        return self.machine.view()

    def sheet(self) -> Sheet:
        return self.view.sheet

    def notice(self) -> Notice | None:
        return self.view.notice

    @property
    def case(self) -> str:
        """The case that was opened last."""
        return self.sent(OpenCase)[-1].case

    def feed(self, event: events.Event) -> tuple[effects.Effect, ...]:
        now = events.Now(self.clock.monotonic(), self.clock.wall())
        done = self.machine.handle(event, now)
        self.effects += done
        return done

    def wait(self, seconds: float) -> tuple[effects.Effect, ...]:
        """Let time pass for a shopper who touches the screen now and then."""
        done: tuple[effects.Effect, ...] = ()
        while seconds > TOUCHES_EVERY:
            done += self.walk_away(TOUCHES_EVERY) + self.feed(Touched())
            seconds -= TOUCHES_EVERY
        return done + self.walk_away(seconds)

    def walk_away(self, seconds: float) -> tuple[effects.Effect, ...]:
        """Let time pass without anybody there, as the controller does: stopping at each
        deadline."""
        until = self.clock.monotonic() + seconds
        done: tuple[effects.Effect, ...] = ()
        while (due := self.machine.next_deadline) is not None and due <= until:
            self.clock.advance(max(0.0, due - self.clock.monotonic()))
            done += self.feed(events.TimePassed())
        self.clock.advance(max(0.0, until - self.clock.monotonic()))
        return done

    def did(self, kind: type[T]) -> list[T]:
        """Every effect of ``kind`` so far."""
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def sent(self, kind: type[T]) -> list[T]:
        """Every message of ``kind`` so far."""
        messages = [effect.message for effect in self.did(effects.Send)]
        return [message for message in messages if isinstance(message, kind)]

    # Steps of a case -----------------------------------------------------------------------------

    def link_up(self, *, resumed: bool = False) -> None:
        self.feed(events.LinkUp(resumed=resumed, promise_seconds=60))

    def scan(self, *lines: CartLine, step: PaymentStep = PaymentStep.CART) -> None:
        cart = Cart(lines=lines or (COFFEE,))
        self.feed(events.TillChanged(cart, step, 0, f"{len(cart.lines)} lines".encode()))

    def clear_till(self) -> None:
        self.feed(events.TillChanged(Cart(), PaymentStep.IDLE, 0, b""))

    def to_menu(self) -> None:
        self.link_up()
        self.scan()
        self.feed(events.HelpPressed())
        self.feed(events.MediaReady())

    def to_queue(self, text: str = "Jag kan inte betala") -> None:
        self.to_menu()
        self.feed(events.TalkPressed(text))

    def join(self, name: str = "Lisa", eta: int = 20) -> None:
        self.feed(to_kiosk.AgentJoined(case=self.case, agent_name=name, eta_seconds=eta))

    def to_joining(self) -> None:
        self.to_queue()
        self.join()

    def connect(self, generation: int = 1) -> None:
        self.offer(generation)
        self.feed(events.PeerAnswerMade(generation, "v=0 answer", "signature"))
        self.feed(events.PeerConnected(generation))

    def offer(self, generation: int = 1) -> tuple[effects.Effect, ...]:
        return self.feed(
            to_kiosk.OfferPeer(case=self.case, generation=generation, nonce=NONCE, sdp="v=0")
        )

    def to_chat(self) -> None:
        self.to_joining()
        self.connect()
        self.agent_types()
        self.wait(JOINING_SECONDS)

    def agent_types(self) -> None:
        """The first sign of a person at the other end."""
        self.feed(events.AgentTyped(True))
        self.feed(events.AgentTyped(False))

    def ask(self, ask: str = ASK) -> tuple[effects.Effect, ...]:
        return self.feed(to_kiosk.AskScreenShare(case=self.case, ask=ask))

    def approve(self, ask: str = ASK) -> tuple[effects.Effect, ...]:
        """The shopper has read the question and says yes."""
        self.wait(ARM_SECONDS)
        return self.feed(events.ConsentApproved(ask))

    def to_share(self) -> None:
        self.to_chat()
        self.ask()
        self.approve()
        self.feed(events.ShareWentLive(True))

    def ask_call(
        self, kind: CallKind = CallKind.VOICE, *, reason: CallReason = CallReason.GUIDANCE
    ) -> tuple[effects.Effect, ...]:
        return self.feed(to_kiosk.AskCall(case=self.case, ask=CALL_ASK, kind=kind, reason=reason))

    def accept_call(self) -> tuple[effects.Effect, ...]:
        """The shopper has read the question that stands there and says yes."""
        self.wait(ARM_SECONDS)
        call = self.view.call
        assert call is not None and call.offer is not None, "nothing is offered"
        return self.feed(events.CallOfferAccepted(call.offer.ask))

    def to_call(self, kind: CallKind = CallKind.VOICE) -> None:
        self.to_chat()
        self.ask_call(kind)
        self.accept_call()

    def devices(self) -> set[CallDevice]:
        """What the call has open, by its effects so far."""
        open_: set[CallDevice] = set()
        for effect in self.effects:
            if isinstance(effect, effects.OpenDevice):
                open_.add(effect.device)
            elif isinstance(effect, effects.CloseDevice):
                open_.discard(effect.device)
        return open_

    def resolve(self) -> tuple[effects.Effect, ...]:
        return self.feed(to_kiosk.CaseResolved(case=self.case))

    def state(
        self,
        phase: CasePhase,
        *,
        case: str | None = None,
        agent: str | None = None,
        position: int | None = None,
        chat: tuple[ChatMessage, ...] = (),
    ) -> tuple[effects.Effect, ...]:
        return self.feed(
            to_kiosk.CaseState(
                case=case or self.case,
                phase=phase,
                agent_name=agent,
                position=position,
                wait_seconds=20 if position else None,
                chat=chat,
            )
        )

    def agent_says(self, text: str, number: int = 900) -> None:
        self.feed(to_kiosk.DeliverChat(case=self.case, message=agent_line(text, number)))

    def fail_at_press(self) -> None:
        """The office is away when a person is asked for, and the cart gets to disk."""
        self.feed(events.LinkLost())
        self.scan()
        self.ask_offline()
        self.feed(events.CartSaved())

    def ask_offline(self) -> None:
        """Hjälp, and to be called: there is nobody to talk to."""
        self.feed(events.HelpPressed())
        self.feed(events.TalkPressed())


def agent_line(text: str, number: int = 900, author: Author = Author.AGENT) -> ChatMessage:
    return ChatMessage(
        id=uuid_of(number),
        author=author,
        name="Lisa" if author is Author.AGENT else "",
        text=text,
        sent_at=datetime(2026, 1, 15, 12, 0, tzinfo=UTC),
    )
