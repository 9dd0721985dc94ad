"""The values of a call: voice or video beside the chat of a case, on its one peer connection."""

from enum import StrEnum
from typing import Final

from kiosk_app.protocol.shared import Value

# Changes with the words under which a call is offered, at the kiosk and in the phone's page.
CALL_TEXT_VERSION: Final = "call-1"


class CallKind(StrEnum):
    """What the shopper's side takes part with. The agent's camera is the agent's own choice."""

    VOICE = "voice"
    VIDEO = "video"  # voice, and the shopper's camera


class CallReason(StrEnum):
    """Why the agent would rather talk or see; said to the shopper in the question."""

    GUIDANCE = "guidance"
    AGE_CHECK = "age_check"
    VISUAL_FAULT = "visual_fault"


class CallPhase(StrEnum):
    """How the call of a case stands. ``CallNow.muted`` is beside it."""

    NONE = "none"
    OFFERED = "offered"  # a question stands on the kiosk's screen
    ASKED = "asked"  # the shopper wants it; the agent joins by one press
    CONNECTING = "connecting"  # both want it; there is no peer connection just now
    LIVE = "live"
    ENDED = "ended"


class CallAnswer(StrEnum):
    """What came of the agent's question."""

    GRANTED = "granted"
    REFUSED = "refused"  # the shopper's own no
    TIMED_OUT = "timed_out"
    NOT_NOW = "not_now"  # the kiosk could not ask, or had to take the question away
    NO_DEVICE = "no_device"  # the kiosk has no microphone, speaker or camera for it


class CallEndCause(StrEnum):
    """Why a call ended."""

    SHOPPER_ENDED = "shopper_ended"
    AGENT_ENDED = "agent_ended"
    AGENT_LEFT = "agent_left"
    CASE_ENDED = "case_ended"
    MEDIA_LOST = "media_lost"
    NO_MICROPHONE = "no_microphone"
    NO_SPEAKER = "no_speaker"


class CallDevice(StrEnum):
    """What a call opens at the kiosk."""

    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"


class CallNow(Value, frozen=True):
    """A call as it stands at the kiosk, which alone decides.

    ``kind`` is what is agreed, or what the shopper asks for. ``offered`` is what a question on
    the screen is about, which may come up in a call as well (the camera in a voice call);
    ``answer`` is what came of the agent's last one. ``camera``: the shopper's is open.
    ``suggested``: the question is the kiosk's own; an agent's takes its place.
    """

    phase: CallPhase = CallPhase.NONE
    kind: CallKind | None = None
    offered: CallKind | None = None
    answer: CallAnswer | None = None
    muted: bool = False
    camera: bool = False
    cause: CallEndCause | None = None
    suggested: bool = False
