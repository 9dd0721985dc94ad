"""What tells whether somebody is there, and what of the help is offered, rested or urgent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touched:
    """A finger or a key, anywhere. ``changed``: the screen does not look or sound as each visit
    begins, so that there is something to lose."""

    changed: bool = False


@dataclass(frozen=True, slots=True)
class ScanFailed:
    """A scan that found nothing: it could not be read, or the shop does not sell it."""


@dataclass(frozen=True, slots=True)
class OfferAccepted:
    """ "Ja, hjälp mig" on the card that offers it."""


@dataclass(frozen=True, slots=True)
class OfferDismissed:
    """ "Nej tack" there."""


@dataclass(frozen=True, slots=True)
class StayPressed:
    """ "Jag är kvar" while the screen counts down to the next shopper."""


@dataclass(frozen=True, slots=True)
class SafetyPressed:
    """ "Jag är inlåst, rädd eller skadad"."""
