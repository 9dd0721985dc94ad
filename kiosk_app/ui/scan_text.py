"""What the shopper is told of a scan that added nothing."""

from kiosk_app.base.language import Words
from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.till.builtin import ScanKind


def scan_text(kind: ScanKind, step: PaymentStep, say: Words) -> str:
    """A sentence for ``kind``; empty when the article was added."""
    match kind:
        case ScanKind.ADDED:
            return ""
        case ScanKind.UNKNOWN:
            return say("We do not know that code. Nothing was added. Press Help if it is ours.")
        case ScanKind.MISREAD:
            return say("The code could not be read. Nothing was added. Scan again.")
        case ScanKind.FULL:
            return say("You cannot add more of that. Nothing was added.")
        case ScanKind.NOT_NOW:
            if step.bought:
                return say("This purchase is done. Press Finish, then scan again.")
            return say("You are paying now. Go back to the goods to add more.")
