"""Whose key a card names."""

from pathlib import Path

from kiosk_app.office.kiosk_keys import KioskKeys
from kiosk_app.office.record import Kiosk
from kiosk_app.office.store.sqlite import SqliteStore


def kiosk(public_key: str) -> Kiosk:
    return Kiosk(kiosk="k1", public_key=public_key, store="S", till_name="T", position="till")


async def test_it_is_the_one_in_the_store_until_the_door_has_read_another(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "office.sqlite3")
    await store.open()
    try:
        await store.put_kiosk(kiosk("first"))
        keys = KioskKeys(store)
        assert keys.of("k1") == ""
        await keys.load()
        assert (keys.of("k1"), keys.of("k2")) == ("first", "")
        keys.learn(kiosk("second"))
        assert keys.of("k1") == "second"
    finally:
        await store.close()
