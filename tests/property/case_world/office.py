"""The office and its agents, who say anything at any time."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk_app.case import events
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallKind, CallReason
from kiosk_app.protocol.shared import CasePhase
from tests.property.case_world.shopper import Shoppers
from tests.property.case_world.watched import CANARY
from tests.unit.case.story import uuid_of

AGENTS = st.sampled_from([f"Lisa {CANARY}", f"Omar {CANARY}"])


class Office(Shoppers):
    """What the office says of the case, and what agents ask."""

    @rule(seconds=st.sampled_from([0, 300, 3600]))
    def help_is_paused(self, seconds: int) -> None:
        safe = self.view.safety is not None
        self.feed(to_kiosk.HelpPaused(seconds=seconds))
        assert not safe or self.view.safety is not None, "a pause took help from danger"

    @rule(kind=st.sampled_from(CallKind), reason=st.sampled_from(CallReason))
    def agent_asks_for_a_call(self, kind: CallKind, reason: CallReason) -> None:
        ask = uuid_of(next(self.numbers))
        self.feed(to_kiosk.AskCall(case=self.case, ask=ask, kind=kind, reason=reason))

    @rule()
    def agent_ends_the_call(self) -> None:
        self.feed(to_kiosk.EndCall(case=self.case))

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
