"""How long a saved cart is kept, and who gets it back. Pure rules; the vault only stores."""

import hmac
from dataclasses import dataclass
from datetime import datetime

HOLD_SECONDS = 300.0  # promised on the failure notice: "Din korg sparas i 5 min"
# Of 10 000 codes, whatever the number of carts: one guesser in 2 000 gets a stranger's groceries.
CODE_TRIES = 5


@dataclass(frozen=True, slots=True)
class CartCode:
    """What the failure notice says of this visit's goods: four digits, until ``ends_at``
    (monotonic)."""

    code: str
    ends_at: float


@dataclass(frozen=True, slots=True)
class CartHold:
    """A cart of ``visit`` that is not in the till, held until ``ends_at`` (monotonic).

    ``one_tap``: its visit goes on. ``code`` is empty if there is none; ``code_shown`` says whether
    somebody may have read it.
    """

    visit: str
    snapshot: bytes
    code: str
    code_shown: bool
    ends_at: float
    one_tap: bool

    def fits(self, untrusted_code: str) -> bool:
        """Whether this is the code that was shown."""
        return bool(self.code) and hmac.compare_digest(
            self.code.encode(), untrusted_code.encode("utf-8", "replace")
        )


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
