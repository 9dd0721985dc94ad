"""What the disk should hold of the visit, whether or not it took every write."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk_app.vault.ports import HeldCart, KeptVisit, Vault


class Wanted:
    """Follows what is asked of the vault. What nobody has said anything of is left as it is."""

    def __init__(self) -> None:
        self._visit: KeptVisit | None = None
        self._held: tuple[HeldCart, ...] | None = None

    def visit(self, visit: KeptVisit | None, held: Sequence[HeldCart] | None = None) -> None:
        """``visit`` goes on; ``held`` is None where that has not changed."""
        self._visit = visit or self._visit
        self.hold(held)

    def hold(self, held: Sequence[HeldCart] | None) -> None:
        """These carts wait, and no other."""
        if held is not None:
            self._held = tuple(held)

    def forget_cart(self) -> None:
        """The till's cart is gone, or waits with the others."""
        if self._visit is not None:
            self._visit = replace(self._visit, snapshot=b"", code="", code_shown=False)

    def forget_case(self) -> None:
        """No case is open."""
        if self._visit is not None:
            self._visit = replace(self._visit, case=None)

    async def write(self, vault: Vault) -> None:
        """All of it, over whatever is there. VaultError: it is as it was."""
        if self._visit is not None:
            await vault.keep_visit(self._visit, self._held)
        elif self._held is not None:
            await vault.hold_carts(self._held)
