"""What the doctor finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it is right, what was seen, what to do if not."""

    what: str
    ok: bool
    seen: str
    do: str = ""
