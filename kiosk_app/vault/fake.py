"""A vault in memory, which a test can fill up, and open again as after a restart."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kiosk_app.vault.ports import HeldCart, KeptVisit, VaultError, VaultFullError


@dataclass
class FakeDisk:
    """What outlives a :class:`FakeVault`. ``full``: nothing more can be written."""

    visit: KeptVisit | None = None
    held: list[HeldCart] = field(default_factory=list)
    outbox: dict[str, bytes] = field(default_factory=dict)
    full: bool = False


class FakeVault:
    """Keeps everything on a :class:`FakeDisk`."""

    def __init__(self, disk: FakeDisk | None = None) -> None:
        self.disk = disk or FakeDisk()
        self._closed = False

    async def keep_visit(self, visit: KeptVisit, held: Sequence[HeldCart] | None = None) -> None:
        self._may_write()
        self.disk.visit = visit if visit.case or visit.snapshot else None
        if held is not None:
            self.disk.held = list(held)

    async def move_cart(self, held: Sequence[HeldCart]) -> None:
        await self.hold_carts(held)
        await self.forget_cart()

    async def hold_carts(self, held: Sequence[HeldCart]) -> None:
        if held:
            self._may_write()
        self._may_use()
        self.disk.held = list(held)

    async def load_carts(self) -> list[HeldCart]:
        self._may_use()
        return list(self.disk.held)

    async def load_visit(self) -> KeptVisit | None:
        self._may_use()
        return self.disk.visit

    async def forget_cart(self) -> None:
        self._may_use()
        kept = self.disk.visit
        if kept is not None:
            self.disk.visit = (
                replace(kept, snapshot=b"", code="", code_shown=False) if kept.case else None
            )

    async def forget_case(self) -> None:
        self._may_use()
        kept = self.disk.visit
        if kept is not None:
            self.disk.visit = replace(kept, case=None) if kept.snapshot else None

    async def put(self, command: str, body: bytes) -> None:
        self._may_write()
        self.disk.outbox.setdefault(command, body)

    async def pending(self) -> list[tuple[str, bytes]]:
        self._may_use()
        return list(self.disk.outbox.items())

    async def drop(self, commands: list[str]) -> None:
        self._may_use()
        for command in commands:
            self.disk.outbox.pop(command, None)

    async def close(self) -> None:
        self._closed = True

    def _may_use(self) -> None:
        if self._closed:
            raise VaultError("The vault is closed. What it held is on disk. Open a new one.")

    def _may_write(self) -> None:
        self._may_use()
        if self.disk.full:
            raise VaultFullError(
                "The disk is full. What was kept before is still there; the new is not. "
                "Free space on that disk."
            )
