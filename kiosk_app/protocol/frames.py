"""What wraps the messages on a kiosk's link: opening, numbering, acknowledging, refusing.

1. The office sends ``Challenge``. 2. The kiosk answers ``Hello``. 3. The office sends ``Welcome``
or ``Refused`` and closes. 4. Then both send ``Numbered`` frames, counted from 1 within one
*stream* (one run of the kiosk's program), and ``Ack`` what they have processed. A kiosk that comes
back with the same stream tells in ``Hello.received`` how far it got, and hears the same in
``Welcome.received``; both send again what the other lacks. An office that has forgotten the
stream says so with ``resumed = false``; the kiosk then numbers what is unacknowledged from 1 and
asks for its case with ``ResumeCase``.
"""

from typing import Annotated, Union

from msgspec import Meta

from kiosk_app.protocol.from_kiosk import FromKiosk
from kiosk_app.protocol.shared import Message, Name, Seconds, Short, Utc, Uuid
from kiosk_app.protocol.to_kiosk import ToKiosk

Number = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Base64 = Annotated[str, Meta(max_length=128)]


class Challenge(Message, tag="challenge", frozen=True):
    """The office's first frame: sign ``nonce``."""

    nonce: Base64
    now: Utc


class Hello(Message, tag="hello", frozen=True):
    """``signature``: Ed25519 over ``hjalp.v1|hello|<kiosk>|<host>|<nonce>|<stream>|<at>``.

    ``host`` is the office's name as the kiosk's settings spell it, so that an answer given to one
    office is worth nothing at another; ``at`` is the kiosk's wall time in ISO 8601.
    """

    version: int
    kiosk: Name
    host: Short
    stream: Uuid
    received: Number
    at: Short
    signature: Base64


class Welcome(Message, tag="welcome", frozen=True):
    """The link is up. ``promise_seconds`` is what the button may say now."""

    resumed: bool
    received: Number
    promise_seconds: Seconds | None


class Refused(Message, tag="refused", frozen=True):
    """Why not, and when it makes sense to try again; None means not without a person.

    Codes: ``version``, ``unknown_kiosk``, ``bad_signature``, ``replaced`` (another connection has
    come with the same identity), ``bad_frame``, ``too_large``, ``out_of_order``, ``busy``.
    """

    code: Annotated[str, Meta(max_length=40)]
    message: Annotated[str, Meta(max_length=300)]
    retry_after_seconds: Seconds | None


class Ack(Message, tag="ack", frozen=True):
    """Everything up to and including ``received`` has been processed."""

    received: Number


class Ping(Message, tag="ping", frozen=True):
    """A sign of life; answered with ``Pong``."""


class Pong(Message, tag="pong", frozen=True):
    """The answer to a ``Ping``."""


class KioskNumbered(Message, tag="numbered", frozen=True):
    number: Number
    body: FromKiosk


class OfficeNumbered(Message, tag="numbered", frozen=True):
    number: Number
    body: ToKiosk


KioskFrame = Union[Hello, KioskNumbered, Ack, Ping, Pong]  # noqa: UP007 -- a name for the schema
OfficeFrame = Union[  # noqa: UP007 -- a name for the schema
    Challenge, Welcome, Refused, OfficeNumbered, Ack, Ping, Pong
]
