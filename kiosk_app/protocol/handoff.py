"""The values of a hand-off: a case goes on in the shopper's phone, and the kiosk is freed."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from kiosk_app.protocol.shared import Utc, Value

# Only a QR code is made of it, never a link to press; what is no web address is no hand-off.
PhoneUrl = Annotated[str, Meta(pattern="^https?://[^ ]+$", max_length=300)]
CartCode = Annotated[str, Meta(pattern="^([0-9]{4})?$", max_length=4)]


class LeftCart(StrEnum):
    """What became of the cart in the till when the shopper left with the phone."""

    NONE = "none"  # it was empty, or paid
    HELD = "held"  # it waits at the kiosk for its code
    IN_TILL = "in_till"  # a card payment is going on: nothing of the till was touched
    LOST = "lost"  # the disk did not take it: the goods have to be scanned again


class CartNow(Value, frozen=True):
    """``code`` gives it back at the kiosk until ``until``; empty and None where none is held."""

    left: LeftCart = LeftCart.NONE
    code: CartCode = ""
    until: Utc | None = None
