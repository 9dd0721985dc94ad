"""The keys that steer the speech, wherever the focus is.

Keypads made for kiosks have such keys, with marks that fingers can read, and a socket that sends
a key when a plug goes in and another when it comes out (EN 301 549, 5.1.3.2 and 5.1.3.11).
"""

from enum import StrEnum

from PySide6.QtGui import QKeySequence

from kiosk_app.base.errors import SettingsError


class Act(StrEnum):
    """What a key of these does."""

    START = "start"  # and, while it speaks, the end
    STOP = "stop"
    REPEAT = "repeat"
    READ = "read"
    SOFTER = "softer"
    LOUDER = "louder"
    HEADSET_IN = "headset_in"
    HEADSET_OUT = "headset_out"


def key_name(code: int) -> str:
    """A key's name as Qt writes it."""
    return QKeySequence(code).toString()


def read_keys(settings: str) -> dict[str, Act]:
    """The names of the keys and what they do, from the setting ``speech_keys``.

    SettingsError names the part that is not right.
    """
    found: dict[str, Act] = {}
    for part in settings.split():
        act, _, key = part.partition("=")
        name = QKeySequence.fromString(key).toString()
        if act not in list(Act) or not name or "," in name or name in found:
            raise SettingsError(
                f"speech_keys: {part!r} is not right. Nothing was started. Give what a key does "
                f"and a key as Qt names it, each key once, for example start=F9. What keys do: "
                f"{', '.join(Act)}."
            )
        found[name] = Act(act)
    return found
