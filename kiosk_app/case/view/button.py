"""What the Hjälp button shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk_app.protocol.policy import ButtonVariant


class HelpState(StrEnum):
    """What the Hjälp button says under its name."""

    PROMISE = "promise"  # "Svar inom 60 sek", or what is true now
    OPEN = "open"  # "Dölj": the menu is open
    QUEUED = "queued"  # "Nummer 1 i kön"
    JOINING = "joining"  # "Lisa ansluter…"
    AGENT = "agent"  # "Lisa är här", with the number of unread lines while folded
    RECONNECTING = "reconnecting"  # "Försöker nå Lisa igen": a case is open, the link is away
    MOVED = "moved"  # "Fortsätter i mobilen"
    FEEDBACK = "feedback"  # "Klart"
    FAILED = "failed"  # "Vi ringer upp"
    CALLING = "calling"  # "Vi ringer den här skärmen"
    OFFLINE = "offline"  # "Utan kontakt just nu"
    RESTING = "resting"  # "Pausad till 14:35"


@dataclass(frozen=True, slots=True)
class HelpView:
    """``promised`` is false where no time may be promised: the office has switched it off."""

    state: HelpState = HelpState.PROMISE
    promise_seconds: int | None = 60
    agent_name: str = ""
    position: int | None = None
    unread: int = 0
    promised: bool = True
    rests_until: datetime | None = None
    button: ButtonVariant = "full"
    offline: bool = False  # the office is known to be away, whatever the button says
    late: bool = False  # who is joining should be here by now
