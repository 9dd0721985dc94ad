"""Whether a shopper can be reached: at the kiosk, or in the phone their case has gone on to."""

from kiosk_app.office.phones import Phones
from kiosk_app.office.presence import Gone, KioskPresence
from kiosk_app.office.record import CaseRecord


class Shoppers:
    """Looks only; changes nothing."""

    def __init__(self, kiosks: KioskPresence, phones: Phones) -> None:
        self._kiosks = kiosks
        self._phones = phones

    def gone(self, record: CaseRecord) -> Gone | None:
        """Since when the shopper cannot be reached; None: they can."""
        if record.on_phone:
            return self._phones.gone(record.case)
        return self._kiosks.gone(record.kiosk)
