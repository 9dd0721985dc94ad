"""What a till's program and the kiosk say: JSON objects, each with its ``type``.

The same over a Unix socket, one a line, and over the bridge of a web checkout. Those who make such
a program find it told in assets/till/README.md.
"""

from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta

from kiosk_app.protocol.shared import Cart, Message, PaymentStep, Short
from kiosk_app.till.ports import TillError

VERSION: Final = 1
LINE_BYTES = 64 * 1024  # the longest cart with its snapshot fits
SNAPSHOT_CHARS = 16 * 1024  # the vault and the office's wire carry it beside the cart
SELECTORS = 40

Id = Annotated[int, Meta(ge=1, le=2**53 - 1)]  # what a JavaScript number keeps
Line = Annotated[str, Meta(min_length=1, max_length=40)]
Snapshot = Annotated[str, Meta(max_length=SNAPSHOT_CHARS)]
Selector = Annotated[str, Meta(min_length=1, max_length=200)]


# From the till's program ----------------------------------------------------------------------


class Hello(Message, frozen=True, tag="hello"):
    """The first thing that is said. ``program`` is its name and version, for the log."""

    version: int
    program: Short = ""


class State(Message, frozen=True, tag="state"):
    """How the purchase stands, after each change. ``snapshot`` is the cart in the program's own
    form: it is kept for a shopper whose visit is cut short, and given back with ``restore``."""

    cart: Cart
    step: PaymentStep
    declines: Annotated[int, Meta(ge=0, le=999)] = 0
    snapshot: Snapshot = ""


class Done(Message, frozen=True, tag="done"):
    """The command ``id`` has been carried out, and the state after it has been told."""

    id: Id


class Refused(Message, frozen=True, tag="refused"):
    """The command ``id`` was not carried out, nothing was changed, and why."""

    id: Id
    reason: Short = ""


class Sensitive(Message, frozen=True, tag="sensitive"):
    """CSS selectors of what must never be in a picture that leaves the kiosk; a web page's."""

    selectors: Annotated[tuple[Selector, ...], Meta(max_length=SELECTORS)]


class Happened(Message, frozen=True, tag="happened"):
    """``activity``: the shopper did something. ``scan_failed``: a code could not be read."""

    what: Literal["activity", "scan_failed"]


FromTill: TypeAlias = Hello | State | Done | Refused | Sensitive | Happened


# To the till's program ------------------------------------------------------------------------


class Welcome(Message, frozen=True, tag="welcome"):
    """The answer to ``hello``. ``snapshot`` is the cart of a visit that goes on: a program that
    was started anew puts it back; empty where there is none."""

    version: int
    language: str
    snapshot: Snapshot = ""


class NotWelcome(Message, frozen=True, tag="not_welcome"):
    """Why nothing more is heard; the connection ends with it."""

    reason: str


class LanguageChosen(Message, frozen=True, tag="language_chosen"):
    """The shopper reads ``language`` from now on."""

    language: str


class Covered(Message, frozen=True, tag="covered"):
    """A sheet lies over the till, or no longer; then the till takes the keyboard back."""

    covered: bool


class Scanned(Message, frozen=True, tag="scanned"):
    """A scanner's code that was typed where the kiosk had the keyboard."""

    code: Annotated[str, Meta(max_length=64)]


class UnlockLine(Message, frozen=True, tag="unlock_line"):
    """An agent has checked the age: let the line be bought."""

    id: Id
    line: Line


class ResumePayment(Message, frozen=True, tag="resume_payment"):
    """From a declined payment or a terminal that hangs back to the payment."""

    id: Id


class VoidLine(Message, frozen=True, tag="void_line"):
    """Take the line out of the cart."""

    id: Id
    line: Line


class Restore(Message, frozen=True, tag="restore"):
    """Add the cart in ``snapshot`` to the one in the till, in step ``cart``."""

    id: Id
    snapshot: Snapshot


class Wipe(Message, frozen=True, tag="wipe"):
    """The shopper has left: forget them. Nothing but ``done`` answers it."""

    id: Id


Command: TypeAlias = UnlockLine | ResumePayment | VoidLine | Restore | Wipe
"""What is answered with ``done`` or ``refused``."""

ToTill: TypeAlias = Welcome | NotWelcome | LanguageChosen | Covered | Scanned | Command

_encode = msgspec.json.Encoder().encode
_from_till: msgspec.json.Decoder[FromTill] = msgspec.json.Decoder(FromTill)


class MessageError(TillError):
    """What a till's program said is no message of this version; the text says where."""


def encode(message: ToTill) -> bytes:
    """One message, without a line's end."""
    return _encode(message)


def decode(untrusted: bytes) -> FromTill:
    """What a till's program said. MessageError names what is wrong with it."""
    if len(untrusted) > LINE_BYTES:
        raise MessageError(f"A message is longer than {LINE_BYTES} bytes.")
    try:
        return _from_till.decode(untrusted)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise MessageError(f"That is no message of version {VERSION}: {error}.") from error
