"""What the outbox has of a message: the message, and since when, for a later run to judge."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from kiosk_app.protocol.from_kiosk import (
    AnswerScreenShare,
    CloseCase,
    FromKiosk,
    GiveFeedback,
    LeaveCallback,
    OpenCase,
    ReportShareEnded,
)
from kiosk_app.protocol.shared import CallbackWay

LIVES = timedelta(minutes=5)  # as long as a restarted kiosk goes on with its visit

# What the office writes down whenever it comes: the log of consents, and how a case ended.
_FOR_THE_RECORD = (AnswerScreenShare, ReportShareEnded, GiveFeedback, CloseCase)


def _for_the_record(message: FromKiosk) -> bool:
    """Whether it is sent at any age; so is a number to call, wherever its shopper is by now."""
    if isinstance(message, LeaveCallback):
        return message.way is CallbackWay.PHONE
    return isinstance(message, _FOR_THE_RECORD)


class Kept(Struct, frozen=True):
    """``at`` is the kiosk's wall time when ``message`` was sent."""

    at: datetime
    message: FromKiosk


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Kept)


def encode(message: FromKiosk, at: datetime) -> bytes:
    """``message`` as the outbox takes it."""
    return _encoder.encode(Kept(at, message))


def decode(body: bytes) -> Kept:
    """What :func:`encode` made. MsgspecError for anything else."""
    return _decoder.decode(body)


def fresh(kept: Sequence[Kept], now: datetime) -> list[FromKiosk]:
    """Of what an earlier run left, oldest first, what is still to be sent.

    What is for the record is sent at any age, and so is the opening of a case whose end is; the
    rest is for a shopper who still waits. A time to come says no more than one long past.
    Such an opening comes first: when it was written anew, it came behind the end in the outbox.
    """
    closed = {each.message.case for each in kept if isinstance(each.message, CloseCase)}

    def wanted(each: Kept) -> bool:
        message = each.message
        if _for_the_record(message) or abs(now - each.at) <= LIVES:
            return True
        return isinstance(message, OpenCase) and message.case in closed

    messages = [each.message for each in kept if wanted(each)]
    return sorted(
        messages, key=lambda each: not (isinstance(each, OpenCase) and each.case in closed)
    )
