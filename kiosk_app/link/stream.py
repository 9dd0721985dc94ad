"""Numbers, acknowledgements and resuming, without I/O: one stream is one run of the program.

Guarantees, whatever connections lose, repeat or cut: as long as the office knows the stream, each
message arrives once and in order, both ways. Where it has forgotten it, what is unacknowledged is
sent anew from number 1, and commands' ids keep that from changing anything twice.
"""

from collections import deque
from dataclasses import dataclass

import msgspec

from kiosk_app.base.ids import new_id
from kiosk_app.link.ports import LinkError
from kiosk_app.protocol.frames import KioskNumbered
from kiosk_app.protocol.from_kiosk import (
    AnswerPeer,
    CloseCase,
    ContextChanged,
    FromKiosk,
    JoinQueue,
    LeaveCallback,
    OpenCase,
    ReportPeerLost,
    SendChat,
)
from kiosk_app.protocol.limits import IN_FLIGHT
from kiosk_app.protocol.shared import Cart

# Worth nothing once the case is closed, and the shopper's own words, cart and addresses: what is
# for the case log and the figures is not among them.
_OF_AN_OPEN_CASE = (
    SendChat,
    JoinQueue,
    LeaveCallback,  # of the kiosk's own screen; one by phone is a case that no kiosk closes
    ContextChanged,
    AnswerPeer,
    ReportPeerLost,
)


class OutOfOrderError(LinkError):
    """The office's numbers do not follow from one another; the connection is made anew."""


class ForgottenError(LinkError):
    """The office's account of this stream cannot be; a new stream is begun."""


@dataclass(slots=True)
class _Unacknowledged:
    message: FromKiosk
    number: int  # 0: not numbered yet
    withdrawn: bool = False  # numbered, so it keeps its number for as long as the stream lasts


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What became of a closed case's messages: ``commands`` are not needed any more, ``opening``
    is what its OpenCase has become, if that is not acknowledged."""

    commands: list[str]
    opening: OpenCase | None


class Stream:
    """What the kiosk and the office have told each other and confirmed."""

    def __init__(self) -> None:
        self.id = new_id()
        self.received = 0
        """The office's last number that was processed here."""
        self._waiting: deque[_Unacknowledged] = deque()
        self._acknowledged = 0
        self._numbered = 0
        self._sent = 0  # of _waiting, how many were handed out on this connection

    def __len__(self) -> int:
        """How many messages are not acknowledged."""
        return len(self._waiting)

    @property
    def in_flight(self) -> int:
        """How many were sent on this connection and are not acknowledged."""
        return self._sent

    def add(self, message: FromKiosk) -> None:
        self._waiting.append(_Unacknowledged(message, 0))

    def add_first(self, messages: list[FromKiosk]) -> None:
        """Put what an earlier run left in front. Only before the first connection."""
        if self._numbered:
            raise RuntimeError("messages were numbered already; nothing can come before them")
        known = {waiting.message.command for waiting in self._waiting}
        left = [message for message in messages if message.command not in known]
        self._waiting.extendleft(_Unacknowledged(message, 0) for message in reversed(left))

    def withdraw(self, case: str) -> Withdrawn:
        """``case`` is closed: take back what nobody needs any more of what is unacknowledged.

        A message that has a number keeps it until the office forgets the stream, for there may be
        no gap. An opening that the office has not confirmed says from now on that the case is
        over, so that it rings for nobody.
        """
        commands: list[str] = []
        opening = None
        left: deque[_Unacknowledged] = deque()
        for waiting in self._waiting:
            message = waiting.message
            if message.case == case and isinstance(message, _OF_AN_OPEN_CASE):
                commands.append(message.command)
                waiting.withdrawn = True
            elif message.case == case and isinstance(message, OpenCase) and not message.over:
                context = msgspec.structs.replace(message.context, cart=Cart(), asked=())
                opening = msgspec.structs.replace(message, context=context, over=True)
                waiting.message = opening
            if waiting.number or not waiting.withdrawn:
                left.append(waiting)
        self._waiting = left
        return Withdrawn(commands, opening)

    @property
    def closed_cases(self) -> list[str]:
        """The cases whose CloseCase is not acknowledged."""
        return [
            waiting.message.case
            for waiting in self._waiting
            if isinstance(waiting.message, CloseCase)
        ]

    def connected(self, *, resumed: bool, received: int) -> list[str]:
        """The office's ``Welcome``. The commands that are known to have arrived.

        Raises ForgottenError when ``received`` is a number that was never sent or one before
        what the office had acknowledged: call :meth:`begin_anew` and say hello again.
        """
        self._sent = 0
        if not resumed:
            self._renumber()
            return []
        if not self._acknowledged <= received <= self._numbered:
            raise ForgottenError(
                f"The office says it has {received} messages of this kiosk; it acknowledged "
                f"{self._acknowledged} and {self._numbered} were numbered. Everything "
                f"unacknowledged is sent again as a new stream."
            )
        return self._drop_up_to(received)

    def begin_anew(self) -> None:
        """Another stream; what is unacknowledged goes over to it."""
        self.id = new_id()
        self._sent = 0
        self._renumber()

    def take(self) -> KioskNumbered | None:
        """The next frame to send, or None: nothing is left, or too much is unacknowledged."""
        if self._sent >= min(len(self._waiting), IN_FLIGHT):
            return None
        waiting = self._waiting[self._sent]
        if not waiting.number:
            self._numbered += 1
            waiting.number = self._numbered
        self._sent += 1
        return KioskNumbered(number=waiting.number, body=waiting.message)

    def acknowledged(self, received: int) -> list[str]:
        """The office's ``Ack``: the commands that have arrived by it, oldest first.

        Raises OutOfOrderError for a number that was not sent. An old one again is nothing new.
        """
        if received > self._acknowledged + self._sent:
            raise OutOfOrderError(
                f"The office acknowledged message {received}; {self._acknowledged + self._sent} "
                f"were sent. The connection is made anew; nothing is lost."
            )
        before = len(self._waiting)
        arrived = self._drop_up_to(received)
        self._sent -= before - len(self._waiting)
        return arrived

    def accept(self, number: int) -> bool:
        """Whether the office's message ``number`` is new; a repeat is not.

        Call :meth:`processed` once it is. Raises OutOfOrderError when one is missing before it.
        """
        if number > self.received + 1 or number < 1:
            raise OutOfOrderError(
                f"The office sent message {number} after {self.received}. The connection is "
                f"made anew and what is missing is sent again."
            )
        return number == self.received + 1

    def processed(self, number: int) -> None:
        self.received = number

    def _drop_up_to(self, number: int) -> list[str]:
        arrived = []
        while self._waiting and 0 < self._waiting[0].number <= number:
            arrived.append(self._waiting.popleft().message.command)
        self._acknowledged = max(self._acknowledged, number)
        return arrived

    def _renumber(self) -> None:
        self.received = self._acknowledged = self._numbered = 0
        self._waiting = deque(waiting for waiting in self._waiting if not waiting.withdrawn)
        for waiting in self._waiting:
            waiting.number = 0
