"""What must survive kill -9 and a power cut. When a method returns, it is synced to disk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk_app.base.errors import KioskError


class VaultError(KioskError):
    """Could not be written or read; nothing that was there before is lost."""


class VaultFullError(VaultError):
    """The disk is full."""


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """The visit that goes on: its cart, until when, and its case if that is open.

    ``hold_until`` is wall time; ``boot_id`` and ``hold_until_boottime`` (seconds on
    CLOCK_BOOTTIME) end the hold on time too when the wall clock jumps within one boot.
    ``code`` is empty where none has been shown.
    """

    visit: str
    case: str | None
    snapshot: bytes
    code: str
    saved_at: datetime
    hold_until: datetime
    boot_id: str
    hold_until_boottime: float


@dataclass(frozen=True, slots=True)
class HeldCart:
    """The cart of a visit that is over: for its code only, of which ``tries`` wrong ones have
    been entered. The times are those of :class:`KeptVisit`.
    """

    visit: str
    snapshot: bytes
    code: str
    hold_until: datetime
    boot_id: str
    hold_until_boottime: float
    tries: int


class Vault(Protocol):
    """The kiosk's disk. It has two places, one for the visit that goes on and one for the cart
    of a visit that is over, and an outbox for messages until they are acknowledged.
    """

    async def keep_visit(self, visit: KeptVisit) -> None:
        """Write ``visit`` over the one kept before. VaultError when it cannot."""

    async def end_visit(self, cart: HeldCart) -> None:
        """As :meth:`hold_cart` and :meth:`forget_cart`, both or neither: the cart moves over."""

    async def hold_cart(self, cart: HeldCart) -> None:
        """Write ``cart`` over the one held before. VaultError when it cannot."""

    async def load_cart(self) -> HeldCart | None:
        """The held cart, whether or not its hold has run out, or None."""

    async def forget_held(self) -> None:
        """Delete the held cart and its code from disk, as :meth:`forget_cart` does its own."""

    async def load_visit(self) -> KeptVisit | None:
        """The kept visit, whether or not its hold has run out, or None."""

    async def forget_cart(self) -> None:
        """Delete the kept visit's cart and code from disk: the pages are overwritten, not just
        unlinked.

        A visit whose case is still open stays, with an empty snapshot and code; one without is
        no longer kept at all.
        """

    async def forget_case(self) -> None:
        """The kept visit has no open case any more; one whose snapshot is empty is not kept."""

    async def put(self, command: str, body: bytes) -> None:
        """Keep an encoded message until :meth:`drop`; the same command again changes nothing."""

    async def pending(self) -> list[tuple[str, bytes]]:
        """What was put and not dropped, oldest first."""

    async def drop(self, commands: list[str]) -> None:
        """These were acknowledged."""

    async def close(self) -> None:
        """Finish what is being written and close the file."""
