"""What of the help a kiosk offers: switched by the office, for a store or for one kiosk.

A chain starts small with these, and tries one way of helping against another.
"""

from typing import Literal

from msgspec import UNSET, UnsetType, field

from kiosk_app.protocol.shared import Value

ButtonVariant = Literal["full", "small", "hidden"]


class KioskPolicy(Value, frozen=True):
    """What holds at one kiosk.

    ``button``: ``full`` as designed, ``small`` a quiet one, ``hidden`` none at all, for kiosks
    that have not been let into the service yet. ``promise``: whether a time is promised before a
    person is asked for. ``voice``, ``video`` and ``share`` may be offered and agreed to.
    ``proactive``: help may be offered unasked. ``phone``: a case may go on in the shopper's phone.
    """

    button: ButtonVariant = "full"
    promise: bool = True
    voice: bool = True
    video: bool = True
    share: bool = True
    proactive: bool = True
    phone: bool = True


EVERYTHING = KioskPolicy()  # where nothing is switched


class PolicyPart(Value, frozen=True):
    """Some switches of a :class:`KioskPolicy`; what is unset stays as it was."""

    button: ButtonVariant | UnsetType = UNSET
    promise: bool | UnsetType = UNSET
    voice: bool | UnsetType = UNSET
    video: bool | UnsetType = UNSET
    share: bool | UnsetType = UNSET
    proactive: bool | UnsetType = UNSET
    phone: bool | UnsetType = UNSET


class PolicyRules(Value, frozen=True):
    """The switches for everyone, then by store, then by kiosk: the narrower one wins."""

    every: PolicyPart = PolicyPart()
    store: dict[str, PolicyPart] = field(default_factory=dict)
    kiosk: dict[str, PolicyPart] = field(default_factory=dict)

    def policy_for(self, *, kiosk: str, store: str) -> KioskPolicy:
        """What holds at ``kiosk``, which stands in ``store``; both as their settings spell it."""
        parts = (self.every, self.store.get(store), self.kiosk.get(kiosk))
        chosen = {
            name: value
            for part in parts
            if part is not None
            for name in part.__struct_fields__
            if (value := getattr(part, name)) is not UNSET
        }
        return KioskPolicy(**chosen)
