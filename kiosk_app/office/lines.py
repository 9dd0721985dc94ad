"""The way to the shopper: the kiosk's line, or the phone's once a case has gone on there."""

from typing import Protocol

from kiosk_app.office.phones import Phones
from kiosk_app.protocol import to_kiosk

# What a phone understands of a kiosk's words. The rest is about a screen it does not have.
_FOR_PHONES = (
    to_kiosk.QueueChanged,
    to_kiosk.AgentJoined,
    to_kiosk.AgentLeft,
    to_kiosk.DeliverChat,
    to_kiosk.AskCall,
    to_kiosk.EndCall,
    to_kiosk.OfferPeer,
    to_kiosk.CaseResolved,
)
_FOR_KIOSKS = (to_kiosk.HandoffReady, to_kiosk.HandedOff, to_kiosk.CaseState)


class KioskLines(Protocol):
    """The way to the kiosks."""

    def send(self, kiosk: str, message: to_kiosk.ToKiosk) -> None:
        """Deliver in order, also over breaks of the link. Never blocks."""

    def send_all(self, message: to_kiosk.ToKiosk) -> None:
        """To every kiosk that is connected now."""


class ShopperLines:
    """See :class:`KioskLines`; ``kiosks`` are those it stands before."""

    def __init__(self, kiosks: KioskLines, phones: Phones) -> None:
        self._kiosks = kiosks
        self._phones = phones

    def send(self, kiosk: str, message: to_kiosk.ToKiosk) -> None:
        """To whoever has the case that ``message`` is about."""
        case = getattr(message, "case", None)
        if case is None or isinstance(message, _FOR_KIOSKS) or not self._phones.has(case):
            self._kiosks.send(kiosk, message)
        elif isinstance(message, _FOR_PHONES):
            self._phones.send(case, message)

    def send_all(self, message: to_kiosk.ToKiosk) -> None:
        self._kiosks.send_all(message)
