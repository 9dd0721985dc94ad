"""A vault in memory, which a test can fill up, and open again as after a restart."""

from dataclasses import dataclass, field, replace

from kiosk_app.vault.ports import HeldCart, KeptVisit, VaultError, VaultFullError


@dataclass
class FakeDisk:
    """What outlives a :class:`FakeVault`. ``full``: nothing more can be written."""

    visit: KeptVisit | None = None
    held: HeldCart | None = None
    outbox: dict[str, bytes] = field(default_factory=dict)
    full: bool = False


class FakeVault:
    """Keeps everything on a :class:`FakeDisk`."""

    def __init__(self, disk: FakeDisk | None = None) -> None:
        self.disk = disk or FakeDisk()
        self._closed = False

    async def keep_visit(self, visit: KeptVisit) -> None:
        self._may_write()
        self.disk.visit = visit

    async def end_visit(self, cart: HeldCart) -> None:
        await self.hold_cart(cart)
        await self.forget_cart()

    async def hold_cart(self, cart: HeldCart) -> None:
        self._may_write()
        self.disk.held = cart

    async def load_cart(self) -> HeldCart | None:
        self._may_use()
        return self.disk.held

    async def forget_held(self) -> None:
        self._may_use()
        self.disk.held = None

    async def load_visit(self) -> KeptVisit | None:
        self._may_use()
        return self.disk.visit

    async def forget_cart(self) -> None:
        self._may_use()
        kept = self.disk.visit
        if kept is not None:
            self.disk.visit = replace(kept, snapshot=b"", code="") if kept.case else None

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
