"""Voice and video in a case: offered or asked for, agreed by both, ended by either.

Pure as all of ``case/``. What opens a microphone or a camera is a press on this kiosk and nothing
else: :meth:`Calling.accept` and :meth:`Calling.wish` are fed by the screen alone, and an agent's
word becomes a question there. The devices themselves are open only while both have agreed and
there is a connection to speak over.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk_app.case.effects import CloseDevice, OpenDevice
from kiosk_app.case.talk.sharing import ARM_SECONDS, REASK_SECONDS
from kiosk_app.case.timers import Timer
from kiosk_app.case.turn import Turn
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.protocol.call import (
    CALL_TEXT_VERSION,
    CallAnswer,
    CallDevice,
    CallEndCause,
    CallKind,
    CallNow,
    CallPhase,
    CallReason,
)
from kiosk_app.protocol.from_kiosk import ReportCall

OFFER_AGAIN_SECONDS = 10.0  # something else is being asked just then
ANSWER_SECONDS = 30.0  # as for a screen share: unanswered for so long is a no


class Offerer(StrEnum):
    """Whose question it is."""

    AGENT = "agent"
    KIOSK = "kiosk"  # the rule: text has taken a minute


@dataclass(frozen=True, slots=True)
class CallOffer:
    """A question that nobody has answered yet. A yes counts from ``armed_at`` (monotonic).

    ``answer_within`` is None for the kiosk's own, which may stand for as long as the chat does.
    """

    ask: str
    by: Offerer
    kind: CallKind
    reason: CallReason = CallReason.GUIDANCE
    armed_at: float = 0.0
    answer_within: Countdown | None = None


class Calling:
    """The call of one case, with what is asked about it."""

    def __init__(
        self,
        turn: Turn,
        case: str,
        *,
        has: Callable[[CallKind], bool] = lambda kind: True,
        language: Callable[[], str] = lambda: "sv",
    ) -> None:
        self._turn = turn
        self._case = case
        self._language = language
        self._has = has  # whether this kiosk has the devices for it, and may use them
        self.offer: CallOffer | None = None
        self.kind: CallKind | None = None  # what is agreed, or wished for
        self.agreed = False
        self.muted = False
        self.answer: CallAnswer | None = None
        self.cause: CallEndCause | None = None
        self._connected = False
        self._may_see = True  # false in the card-entry step
        self._settled = False  # the shopper knows that they can talk: no rule offers it again
        self._refused: dict[CallKind, float] = {}
        self._open: set[CallDevice] = set()
        self._told = CallNow()

    @property
    def live(self) -> bool:
        """Whether the two are connected in it."""
        return self.agreed and self._connected

    def uses(self, device: CallDevice) -> bool:
        """Whether it is open, as far as the rules know."""
        return device in self._open

    @property
    def phase(self) -> CallPhase:
        if self.agreed:
            return CallPhase.LIVE if self._connected else CallPhase.CONNECTING
        if self.kind is not None:
            return CallPhase.ASKED
        if self.offer is not None:
            return CallPhase.OFFERED
        return CallPhase.ENDED if self.cause is not None else CallPhase.NONE

    def can(self, kind: CallKind) -> bool:
        """Whether this kiosk could do it now, an agent and a connection given."""
        return self._has(kind) and (self._may_see or kind is CallKind.VOICE)

    # Questions -----------------------------------------------------------------------------------

    def ask(self, ask: str, kind: CallKind, reason: CallReason, *, allowed: bool) -> bool:
        """The agent wants to talk or see; tells whether a question came up for it.

        Where the shopper has asked already this is the agent's yes.
        """
        if self.offer is not None and self.offer.by is Offerer.AGENT:
            return False  # one question at a time, and this may be the same once more
        if allowed and self.kind is not None and not self.agreed and self.can(CallKind.VOICE):
            self._begin(self.kind)
        if self.agreed and (kind is CallKind.VOICE or self.kind is CallKind.VIDEO):
            self._answered(CallAnswer.GRANTED)
            return False
        no = self._why_not(kind, allowed)
        if no is not None:
            self._answered(no)
            return False
        until = self._turn.after(ANSWER_SECONDS)
        within = Countdown(ANSWER_SECONDS, until)
        self._put(CallOffer(ask, Offerer.AGENT, kind, reason, answer_within=within))
        self._turn.timers.set(Timer.CALL_ANSWER, until)
        return True

    def _why_not(self, kind: CallKind, allowed: bool) -> CallAnswer | None:
        if not self._has(kind):
            return CallAnswer.NO_DEVICE
        if not allowed or not self.can(kind):
            return CallAnswer.NOT_NOW
        if self._turn.now.monotonic < self._refused.get(kind, 0.0):
            return CallAnswer.REFUSED
        return None

    def suggest(self) -> None:
        """The kiosk itself offers voice, once a case and only where nothing of it was said."""
        if self._settled or self.phase is not CallPhase.NONE or not self._has(CallKind.VOICE):
            return
        self._settled = True
        self._put(CallOffer(self._turn.new_id(), Offerer.KIOSK, CallKind.VOICE))

    def accept(self, ask: str) -> bool:
        """The shopper pressed yes to ``ask``. One too early to have been read changes nothing."""
        offer = self.offer
        if offer is None or offer.ask != ask or self._turn.now.monotonic < offer.armed_at:
            return False
        self._take_away()
        if not self.can(offer.kind):
            if offer.by is Offerer.AGENT:
                self._answered(CallAnswer.NOT_NOW)
            return False
        if offer.by is Offerer.AGENT:
            self.answer = CallAnswer.GRANTED
            self._begin(offer.kind)
        else:
            self.wish(offer.kind)
        return True

    def refuse(self, ask: str) -> None:
        """The shopper's no: for a while nobody may ask for the same again."""
        offer = self.offer
        if offer is None or offer.ask != ask:
            return
        self._refused[offer.kind] = self._turn.after(REASK_SECONDS)
        self._settled = True
        self._take_away()
        self._answered(CallAnswer.REFUSED if offer.by is Offerer.AGENT else self.answer)

    def unanswered(self) -> None:
        """Nobody answered the agent's question: that is a no."""
        if self.offer is not None and self.offer.by is Offerer.AGENT:
            self._take_away()
            self._answered(CallAnswer.TIMED_OUT)

    def withdraw(self) -> None:
        """Whoever asked is gone, or it cannot be answered any more."""
        offer = self.offer
        if offer is not None:
            self._take_away()
            self._answered(CallAnswer.NOT_NOW if offer.by is Offerer.AGENT else self.answer)

    # The shopper's own wish ----------------------------------------------------------------------

    def wish(self, kind: CallKind) -> None:
        """The shopper wants to talk or be seen: asked of the agent, at once in a call."""
        if not self.can(kind):
            return
        if self.offer is not None:
            # They have decided: the same wish in their own words, or a larger one.
            by_agent = self.offer.by is Offerer.AGENT
            wanted = self.offer.kind
            self._take_away()
            if by_agent:
                self.answer = CallAnswer.GRANTED if wanted is kind else CallAnswer.NOT_NOW
                if not self.agreed:
                    self._begin(kind)
                    return
        self._settled = True
        self.kind = CallKind.VIDEO if CallKind.VIDEO in (kind, self.kind) else kind
        self.cause = None
        self._settle()

    def mute(self) -> None:
        """Close the microphone, or open it again."""
        if self.agreed:
            self.muted = not self.muted
            self._settle()

    def stop_camera(self) -> None:
        """Back to voice."""
        if self.kind is CallKind.VIDEO:
            self.kind = CallKind.VOICE
            self._settle()

    # What becomes of it --------------------------------------------------------------------------

    def end(self, cause: CallEndCause) -> bool:
        """No call, no question, no wish from now on; tells whether there was a call or a wish."""
        self._take_away()
        there_was = self.kind is not None
        if there_was:
            self.kind, self.agreed, self.muted = None, False, False
            self.cause = cause
            self._settled = True
        self._settle()
        return there_was

    def connected(self) -> None:
        """There is a peer: what was agreed goes on, without a tap."""
        self._connected = True
        self._settle()

    def disconnected(self) -> None:
        """The peer is gone: nothing is open, what was agreed stands."""
        self._connected = False
        self._settle()

    def see(self, allowed: bool) -> bool:
        """Whether a camera may look now; tells whether one had to be closed for it."""
        self._may_see = allowed
        if allowed:
            return False
        if self.offer is not None and self.offer.kind is CallKind.VIDEO:
            self.withdraw()
        was_seen = self.agreed and self.kind is CallKind.VIDEO
        self.stop_camera()
        return was_seen

    def failed(self, device: CallDevice) -> None:
        """``device`` cannot be used: without a camera it goes on as voice, else not at all."""
        match device:
            case CallDevice.CAMERA:
                self.stop_camera()
            case CallDevice.MICROPHONE:
                self.end(CallEndCause.NO_MICROPHONE)
            case CallDevice.SPEAKER:
                self.end(CallEndCause.NO_SPEAKER)

    def _begin(self, kind: CallKind) -> None:
        self.kind, self.agreed, self.cause = kind, True, None
        self._settle()

    # Inside --------------------------------------------------------------------------------------

    def _put(self, offer: CallOffer) -> None:
        self._take_away()
        self.offer = replace(offer, armed_at=self._turn.after(ARM_SECONDS))
        self.answer = None
        self._settle()

    def _take_away(self) -> None:
        self.offer = None
        self._turn.timers.cancel(Timer.CALL_ANSWER)

    def _answered(self, answer: CallAnswer | None) -> None:
        """An answer is told even where nothing else has changed: the agent waits for it."""
        self.answer = answer
        self._settle(always=True)

    def _wanted(self) -> set[CallDevice]:
        if not self.live:
            return set()
        wanted = {CallDevice.SPEAKER}
        if not self.muted:
            wanted.add(CallDevice.MICROPHONE)
        if self.kind is CallKind.VIDEO and self._may_see:
            wanted.add(CallDevice.CAMERA)
        return wanted

    @property
    def was_told(self) -> bool:
        """Whether the office has heard of any call in this case."""
        return self._told != CallNow()

    def tell(self) -> None:
        """Say how it stands, whatever was said before: the office may know of another one."""
        self._settle(always=True)

    def _settle(self, *, always: bool = False) -> None:
        """Open and close what should be, and tell the office how it stands."""
        wanted = self._wanted()
        for device in sorted(self._open - wanted):
            self._turn.do(CloseDevice(device))
        for device in sorted(wanted - self._open):
            self._turn.do(OpenDevice(device))
        self._open = wanted
        now = CallNow(
            phase=self.phase,
            kind=self.kind,
            offered=self.offer.kind if self.offer else None,
            answer=self.answer,
            muted=self.muted,
            camera=self.uses(CallDevice.CAMERA),
            cause=self.cause,
            suggested=self.offer is not None and self.offer.by is Offerer.KIOSK,
        )
        if now != self._told or always:
            self._told = now
            self._turn.send(
                ReportCall(
                    command=self._turn.new_id(),
                    case=self._case,
                    call=now,
                    at=self._turn.now.wall,
                    text_version=CALL_TEXT_VERSION,
                    language=self._language(),
                )
            )
