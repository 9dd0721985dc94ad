"""Voice and video: the offer, and how the call stands."""

from dataclasses import dataclass

from kiosk_app.case.view.countdown import Countdown
from kiosk_app.protocol.call import CallEndCause, CallKind, CallPhase, CallReason


@dataclass(frozen=True, slots=True)
class CallOfferView:
    """A yes before ``armed_at`` (monotonic) is taken for a press meant for something else.

    ``by_agent`` is false where the kiosk itself suggests it; then nothing runs out.
    """

    ask: str
    kind: CallKind
    reason: CallReason
    by_agent: bool
    armed_at: float
    answer_within: Countdown | None


@dataclass(frozen=True, slots=True)
class CallView:
    """``phase`` is never OFFERED: ``offer`` says it, in a call and outside one.

    ``camera``: the shopper's is open. ``voice`` and ``video``: what may be pressed for now.
    ``cause`` is why the last call ended.
    """

    agent_name: str
    phase: CallPhase = CallPhase.NONE
    kind: CallKind | None = None
    muted: bool = False
    camera: bool = False
    voice: bool = True
    video: bool = True
    offer: CallOfferView | None = None
    cause: CallEndCause | None = None

    @property
    def running(self) -> bool:
        """Whether both have agreed to it."""
        return self.phase in (CallPhase.CONNECTING, CallPhase.LIVE)
