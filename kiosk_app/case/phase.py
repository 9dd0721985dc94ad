"""Where the kiosk is in a case, and how it stands with the office."""

from enum import StrEnum


class Phase(StrEnum):
    """The steps of a case, one at a time. A consent question stands on top of JOINING or CHAT."""

    IDLE = "idle"
    MENU = "menu"
    QUEUE = "queue"
    JOINING = "joining"
    CHAT = "chat"
    FEEDBACK = "feedback"
    MOVED = "moved"  # the case is on the phone; this kiosk is about to be wiped
    SAVING = "saving"
    FAILURE = "failure"
    CALLBACK = "callback"  # a call is promised, and that is said


WITH_OFFICE = (Phase.QUEUE, Phase.JOINING, Phase.CHAT)
WITH_AGENT = (Phase.JOINING, Phase.CHAT)


class Aside(StrEnum):
    """What the shopper looks at meanwhile, in front of the step that the case is in.

    It changes nothing of the case, so no place is lost by it, and goes with the next step. The
    code for the phone stays: it is good whoever comes.
    """

    NONE = "none"
    MENU = "menu"  # the help articles
    CALLBACK = "callback"  # the pad for a number to call
    HANDOFF = "handoff"  # the code for the phone
    SAFETY = "safety"  # who is coming, and whom to call


class LinkState(StrEnum):
    CONNECTING = "connecting"  # since the start; nobody can tell yet whether there is an office
    UP = "up"
    DOWN = "down"
