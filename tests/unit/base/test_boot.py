import uuid
from pathlib import Path

from kiosk_app.base.boot import boot_id


def test_the_boot_id_is_a_uuid_and_stays_the_same() -> None:
    assert str(uuid.UUID(boot_id())) == boot_id()


def test_a_machine_that_does_not_say_has_none(tmp_path: Path) -> None:
    assert boot_id(tmp_path / "missing") == ""
