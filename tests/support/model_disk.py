"""The kiosk's disk as the effects of the rules would leave it."""

from dataclasses import replace
from typing import Any

from kiosk_app.case import effects


class Disk:
    """What the vault has, by the effects, as ``tests/contract/test_vault.py`` has it."""

    def __init__(self) -> None:
        self.visit: effects.KeepVisit | None = None
        self.held: effects.HoldCart | None = None

    def write(self, effect: effects.Effect) -> None:
        match effect:
            case effects.KeepVisit():
                self.visit = effect
            case effects.SaveCart(visit, snapshot, code, saved_at, until):
                self.visit = effects.KeepVisit(visit, None, snapshot, code, saved_at, until)
            case effects.EndVisit(cart):
                self.held = cart
                self._change(snapshot=b"", code="")
            case effects.HoldCart():
                self.held = effect
            case effects.ForgetHeldCart():
                self.held = None
            case effects.ForgetCart():
                self._change(snapshot=b"", code="")
            case effects.ForgetCase():
                self._change(case=None)
            case _:
                pass

    def _change(self, **fields: Any) -> None:
        if self.visit is not None:
            left = replace(self.visit, **fields)
            self.visit = left if left.case or left.snapshot else None
