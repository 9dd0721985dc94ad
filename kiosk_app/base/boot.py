"""Which run of the machine this is: clocks that start at boot mean nothing after the next one."""

from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # proc(5); a new random UUID at each boot


def boot_id(path: Path = _BOOT_ID) -> str:
    """The kernel's id of this boot, or ``""`` where it cannot be read.

    Times of :meth:`SystemClock.monotonic <kiosk_app.base.clock.SystemClock.monotonic>` that were
    written down (seconds on CLOCK_BOOTTIME) may be compared only if this is the same and not
    empty.
    """
    try:
        return path.read_text().strip()
    except OSError:
        return ""
