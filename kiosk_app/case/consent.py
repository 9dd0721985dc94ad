"""Consent to a screen share: a frozen value that only a press on the consent screen can make."""

from dataclasses import dataclass
from datetime import datetime

from kiosk_app.protocol import limits

SHARE_SECONDS = limits.SHARE_SECONDS
ASK_SECONDS = 30.0  # a request unanswered for this long is a no (said on the screen)
TEXT_VERSION = "share-1"  # changes with the words of the consent screen


@dataclass(frozen=True, slots=True)
class ConsentGrant:
    """The shopper's yes to one request ``ask`` of one case, until ``deadline`` (monotonic)."""

    case: str
    ask: str
    agent_name: str
    granted_at: datetime
    deadline: float
    text_version: str
    language: str

    def live(self, monotonic: float) -> bool:
        """Whether anything may be shown under this grant at ``monotonic``."""
        return monotonic < self.deadline

    def seconds_left(self, monotonic: float) -> float:
        return max(0.0, self.deadline - monotonic)
