"""How long a saved cart is kept, and who gets it back. Pure rules; the vault only stores."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

HOLD_SECONDS = 300.0  # promised on the failure notice: "Din korg sparas i 5 min"
CODE_TRIES = 5  # of 10 000 codes: one guesser in 2 000 gets a stranger's groceries


class HoldKind(StrEnum):
    IN_TILL = "in_till"  # the cart stands in the till as well: nothing to give back
    ONE_TAP = "one_tap"  # the till was emptied by a restart, the visit goes on
    CODE = "code"  # the visit is over, or another cart has been begun


@dataclass(frozen=True, slots=True)
class CartHold:
    """The saved cart of ``visit``, held until ``ends_at`` (monotonic). ``code`` is empty if none
    was shown."""

    visit: str
    snapshot: bytes
    code: str
    ends_at: float
    kind: HoldKind
    tries: int = 0

    @property
    def tries_left(self) -> int:
        return max(0, CODE_TRIES - self.tries)

    def fits(self, untrusted_code: str) -> bool:
        """Whether this is the code that was shown."""
        return bool(self.code) and hmac.compare_digest(
            self.code.encode(), untrusted_code.encode("utf-8", "replace")
        )

    def wrong_code(self) -> "CartHold | None":
        """The hold after one more wrong code; None when that was the last."""
        after = replace(self, tries=self.tries + 1)
        return after if after.tries_left else None

    def visit_ended(self) -> "CartHold | None":
        """The hold once the shopper has left; None where nobody knows a code to it."""
        return replace(self, kind=HoldKind.CODE) if self.code else None


def seconds_left(
    *,
    hold_until: datetime,
    hold_until_boottime: float,
    boot_id: str,
    wall: datetime,
    boottime: float,
    boot_id_now: str,
) -> float:
    """How long a kept cart may still be kept, from 0 to HOLD_SECONDS.

    Within one boot CLOCK_BOOTTIME decides alone: a wall clock that is set an hour back or forth
    neither prolongs nor ends the hold. After a reboot there is only the wall clock; one that went
    back meanwhile cannot keep a cart longer than HOLD_SECONDS from now.
    """
    if boot_id and boot_id == boot_id_now:
        left = hold_until_boottime - boottime
    else:
        left = (hold_until - wall).total_seconds()
    return min(HOLD_SECONDS, max(0.0, left))
