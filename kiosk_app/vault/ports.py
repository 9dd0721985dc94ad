"""What must survive kill -9 and a power cut. When a method returns, it is synced to disk."""

from collections.abc import Sequence
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
    """The visit that goes on: the cart in its till, until when, and its case if that is open.

    ``hold_until`` is wall time; ``boot_id`` and ``hold_until_boottime`` (seconds on
    CLOCK_BOOTTIME) end the hold on time too when the wall clock jumps within one boot.
    ``code`` is empty where there is none; ``code_shown``: somebody may have read it.
    """

    visit: str
    case: str | None
    snapshot: bytes
    code: str
    code_shown: bool
    saved_at: datetime
    hold_until: datetime
    boot_id: str
    hold_until_boottime: float


@dataclass(frozen=True, slots=True)
class HeldCart:
    """A cart that is in no till: ``one_tap`` away while its visit goes on, for its code alone
    afterwards. ``tries`` is what has been tried of the codes. The code and
    the times are those of :class:`KeptVisit`.
    """

    visit: str
    snapshot: bytes
    code: str
    code_shown: bool
    hold_until: datetime
    boot_id: str
    hold_until_boottime: float
    one_tap: bool
    tries: int


class Vault(Protocol):
    """The kiosk's disk. It has a place for the visit that goes on, a list of held carts, and an
    outbox for messages until they are acknowledged. VaultError when something cannot be written;
    all is then as it was.
    """

    async def keep_visit(self, visit: KeptVisit, held: Sequence[HeldCart] | None = None) -> None:
        """Write ``visit`` over the one kept before; one with neither case nor cart is not kept.

        With ``held`` also as :meth:`hold_carts`, both or neither: a cart moves to the till.
        """

    async def move_cart(self, held: Sequence[HeldCart]) -> None:
        """As :meth:`hold_carts` and :meth:`forget_cart`, both or neither: it moves to ``held``."""

    async def hold_carts(self, held: Sequence[HeldCart]) -> None:
        """Hold these, all or none, in place of those held before. One that is not among them is
        deleted from disk with its code as :meth:`forget_cart` does it."""

    async def load_carts(self) -> list[HeldCart]:
        """The held carts as they were given, whether or not their holds have run out."""

    async def load_visit(self) -> KeptVisit | None:
        """The kept visit, whether or not its hold has run out, or None."""

    async def forget_cart(self) -> None:
        """Delete the kept visit's cart and code from disk: the pages are overwritten, not just
        unlinked. A visit whose case is still open stays, without snapshot and code.
        """

    async def forget_case(self) -> None:
        """The kept visit has no open case any more."""

    async def put(self, command: str, body: bytes) -> None:
        """Keep an encoded message until :meth:`drop`; the same command again changes nothing."""

    async def pending(self) -> list[tuple[str, bytes]]:
        """What was put and not dropped, oldest first."""

    async def drop(self, commands: list[str]) -> None:
        """These were acknowledged."""

    async def close(self) -> None:
        """Finish what is being written and close the file."""
