"""What can go wrong with the link, and the one place that says what is done about it."""

from dataclasses import dataclass, field
from random import Random, SystemRandom
from typing import TypeAlias

FIRST_SECONDS = 0.25  # most cuts are a router's or a proxy's: the next try works
CALM_CAP_SECONDS = 15.0  # a fleet of idle kiosks must not fall upon an office that starts
# With a case open a shopper stands and waits: an office that returns is found within this, plus
# one attempt that hung on it (CONNECT_SECONDS less what TCP's own retries save): 5 s in all.
HURRY_CAP_SECONDS = 2.0
STABLE_SECONDS = 60.0  # a connection that lasted this long was a good one
REPLACED_SECONDS = 30.0  # two kiosks with one identity would otherwise take turns every second
SLOW_SECONDS = 60.0  # a person has to change something first
BUSY_SECONDS = 5.0  # when the office gives no time of its own


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No connection came about: no network, no such name, nobody listens, no WebSocket there."""

    reason: str


@dataclass(frozen=True, slots=True)
class Untrusted:
    """TLS: the office could not prove that it is the office."""

    reason: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A connection ended or fell silent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The office broke the protocol; ``code`` is the protocol's word for how."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The office said no, in its words."""

    code: str
    message: str
    retry_after_seconds: int | None


@dataclass(frozen=True, slots=True)
class Unusable:
    """The setting ``office_url`` is no address of a WebSocket."""

    reason: str


Failure: TypeAlias = Unreachable | Untrusted | Cut | Broken | Refusal | Unusable


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again after ``delay`` seconds. ``hurry_helps``: sooner when a shopper asks for help."""

    delay: float
    hurry_helps: bool = True


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Not before the program is started again with other settings."""

    reason: str


@dataclass(slots=True)
class Backoff:
    """Exponential, full jitter (Brooker, "Exponential Backoff And Jitter", 2015)."""

    random: Random = field(default_factory=SystemRandom)
    failures: int = 0

    def next(self, *, hurry: bool) -> float:
        """Seconds to wait now; longer with each call until :meth:`was_stable`."""
        cap = HURRY_CAP_SECONDS if hurry else CALM_CAP_SECONDS
        ceiling = min(cap, FIRST_SECONDS * 2 ** min(self.failures, 16))
        self.failures += 1
        return self.random.uniform(0, ceiling)

    def lasted(self, seconds: float) -> None:
        """A connection held that long; short ones do not make the next wait shorter."""
        if seconds >= STABLE_SECONDS:
            self.failures = 0


def decide(failure: Failure, backoff: Backoff, *, hurry: bool) -> Retry | GiveUp:
    """What to do after ``failure``. ``hurry``: a case is open. The only place that decides it."""
    match failure:
        case Unusable(reason):
            return GiveUp(reason)
        case Refusal(code="replaced"):
            return Retry(REPLACED_SECONDS, hurry_helps=False)
        case Refusal(code="version" | "unknown_kiosk" | "bad_signature") | Untrusted():
            return Retry(SLOW_SECONDS, hurry_helps=False)
        case Refusal(code="busy", retry_after_seconds=after):
            wait = BUSY_SECONDS if after is None else min(float(after), SLOW_SECONDS)
            # Never before the time it asked for, and not all kiosks at the same moment.
            return Retry(wait + backoff.next(hurry=hurry), hurry_helps=False)
        case Unreachable() | Cut() | Broken() | Refusal():
            return Retry(backoff.next(hurry=hurry))
