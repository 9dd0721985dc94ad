"""What the rules know of the kiosk they run on."""

from dataclasses import dataclass

from kiosk_app.protocol.shared import Position

OFFER_AFTER_SECONDS = 60.0  # talking is then likely to be quicker


@dataclass(frozen=True, slots=True)
class CaseSettings:
    """Where the kiosk stands, and the language in which each visit begins.

    ``offer_voice_after``: seconds of text after which voice is offered.
    ``voice`` and ``video``: whether the kiosk has the devices for it, as far as is known.
    ``practice``: its shopper is a program that agents train on. ``share_possible`` is false where
    another program owns the screen: what of it is sensitive cannot be known. ``receipt_page``
    is the address of the page that shows a receipt on a phone; empty where there is none.
    ``store_phone`` is the number to call where nobody answers here, empty where there is none.
    """

    store: str
    till_name: str
    position: Position = Position.TILL
    language: str = "sv"
    languages: tuple[str, ...] = ("sv", "en")
    practice: bool = False
    share_possible: bool = True
    store_phone: str = ""
    voice: bool = True
    video: bool = True
    offer_voice_after: float = OFFER_AFTER_SECONDS
    receipt_page: str = ""
