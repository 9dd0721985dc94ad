"""The receipt as a link that holds all of it, so that nobody has to keep it for the shopper.

What stands after ``#`` never leaves the phone's browser (RFC 3986, 3.5): the office serves an
empty page that reads it. Raw DEFLATE (RFC 1951) of JSON in base64url (RFC 4648), short enough for
a code that a phone reads from arm's length.
"""

import base64
import zlib
from datetime import datetime
from typing import Any

import msgspec

from kiosk_app.protocol.shared import Cart

# A code of this many characters has 109 modules a side at error level M (ISO/IEC 18004, version
# 23): half a millimetre each on the feedback screen, which phones still read.
LINK_CHARS = 800


def receipt_link(
    page: str, *, store: str, till_name: str, cart: Cart, paid_at: datetime, language: str
) -> str:
    """The link to the receipt on ``page``; empty where there is no page to show it.

    A cart too long for the code has its first lines and the sum of the others as one.
    """
    if not page or cart.empty:
        return ""
    lines = [[line.quantity, line.name, line.amount_ore] for line in cart.lines]
    for shown in range(len(lines), -1, -1):
        rest = sum(line.amount_ore for line in cart.lines[shown:])
        link = _link(page, store, till_name, lines[:shown], rest, paid_at, language)
        if len(link) <= LINK_CHARS or shown == 0:
            return link
    raise AssertionError("the last one is taken whatever its length")


def _link(
    page: str,
    store: str,
    till_name: str,
    lines: list[list[Any]],
    rest_ore: int,
    paid_at: datetime,
    language: str,
) -> str:
    receipt = {
        "s": store,
        "t": till_name,
        "d": paid_at.isoformat(timespec="minutes"),
        "l": lines,
        "r": rest_ore,
        "g": language,
    }
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(msgspec.json.encode(receipt)) + packer.flush()
    return f"{page}#{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
