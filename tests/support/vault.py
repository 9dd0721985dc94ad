"""Kept visits for tests of whatever keeps them."""

from datetime import UTC, datetime, timedelta

from kiosk_app.vault.ports import HeldCart, KeptVisit

SAVED_AT = datetime(2026, 1, 15, 12, 0, 0, 123456, tzinfo=UTC)


def kept_visit(
    *,
    case: str | None = "c1",
    snapshot: bytes = b"cart",
    code: str = "4711",
    code_shown: bool = True,
) -> KeptVisit:
    """A visit with every field set to something that can be told apart."""
    return KeptVisit(
        visit="v1",
        case=case,
        snapshot=snapshot,
        code=code,
        code_shown=code_shown,
        saved_at=SAVED_AT,
        hold_until=SAVED_AT + timedelta(minutes=5),
        boot_id="b1",
        hold_until_boottime=1234.5,
    )


def held_cart(
    *, snapshot: bytes = b"held", code: str = "4712", tries: int = 1, one_tap: bool = False
) -> HeldCart:
    """A held cart with every field set to something that can be told apart."""
    return HeldCart(
        visit="v0",
        snapshot=snapshot,
        code=code,
        code_shown=bool(code),
        hold_until=SAVED_AT + timedelta(minutes=4),
        boot_id="b0",
        hold_until_boottime=1174.5,
        one_tap=one_tap,
        tries=tries,
    )
