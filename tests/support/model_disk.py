"""The kiosk's disk as the effects of the rules would leave it."""

from dataclasses import replace
from typing import Any

from kiosk_app.case import effects


class Disk:
    """What the vault has, by the effects, as ``tests/contract/test_vault.py`` has it."""

    def __init__(self) -> None:
        self.visit: effects.KeepVisit | None = None
        self.waiting: tuple[effects.WaitingCart, ...] = ()

    @property
    def carts(self) -> list[bytes]:
        """Every cart that is on it, waiting or in the till."""
        in_till = [self.visit.snapshot] if self.visit and self.visit.snapshot else []
        return [cart.snapshot for cart in self.waiting] + in_till

    def write(self, effect: effects.Effect) -> None:
        match effect:
            case effects.KeepVisit() | effects.SaveCart(effects.KeepVisit()):
                visit = effect.visit if isinstance(effect, effects.SaveCart) else effect
                self.waiting = self.waiting if visit.waiting is None else visit.waiting
                self.visit = visit
                self._change()
            case effects.MoveCart(carts):
                self.waiting = carts
                self._change(snapshot=b"", code="", code_shown=False)
            case effects.HoldCarts(carts):
                self.waiting = carts
            case effects.ForgetCart():
                self._change(snapshot=b"", code="", code_shown=False)
            case effects.ForgetCase():
                self._change(case=None)
            case _:
                pass

    def _change(self, **fields: Any) -> None:
        if self.visit is not None:
            left = replace(self.visit, **fields)
            self.visit = left if left.case or left.snapshot else None
