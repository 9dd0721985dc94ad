"""Which kiosks are connected, and since when those are gone that are not."""

from dataclasses import dataclass
from datetime import datetime

from kiosk_app.base.clock import Clock


@dataclass(frozen=True, slots=True)
class Gone:
    """``since`` is for people, ``monotonic`` for deadlines."""

    since: datetime
    monotonic: float


class KioskPresence:
    """Transitions only; heartbeats stay in the gateway."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._here: dict[str, datetime] = {}
        self._gone: dict[str, Gone] = {}
        self._start = Gone(clock.wall(), clock.monotonic())

    def came(self, kiosk: str) -> None:
        self._here[kiosk] = self._clock.wall()
        self._gone.pop(kiosk, None)

    def went(self, kiosk: str) -> None:
        self._here.pop(kiosk, None)
        self._gone[kiosk] = Gone(self._clock.wall(), self._clock.monotonic())

    def here_since(self, kiosk: str) -> datetime | None:
        """When the kiosk's present connection began; None while it has none."""
        return self._here.get(kiosk)

    def gone(self, kiosk: str) -> Gone | None:
        """None while connected; not seen since this office started counts from its start."""
        if kiosk in self._here:
            return None
        return self._gone.get(kiosk, self._start)
