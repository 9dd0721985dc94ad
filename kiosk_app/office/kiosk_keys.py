"""The public keys of the kiosks that may connect, as agents' windows check answers by them."""

from kiosk_app.office.record import Kiosk
from kiosk_app.office.store.ports import KioskStore


class KioskKeys:
    """By kiosk, as the store had them at the start and as the door has read them since."""

    def __init__(self, store: KioskStore) -> None:
        self._store = store
        self._keys: dict[str, str] = {}

    async def load(self) -> None:
        """Every kiosk that was ever admitted."""
        for kiosk in await self._store.kiosks():
            self.learn(kiosk)

    def learn(self, kiosk: Kiosk) -> None:
        """``kiosk`` as the store has it now."""
        self._keys[kiosk.kiosk] = kiosk.public_key

    def of(self, kiosk: str) -> str:
        """In base64; empty for a kiosk that nobody has admitted."""
        return self._keys.get(kiosk, "")
