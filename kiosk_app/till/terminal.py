"""The card terminal, as the till knows it, and one that is only played.

A till never sees a card's digits: the terminal says yes, no, or nothing at all.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol


class TerminalAnswer(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"


class CardTerminal(Protocol):
    """One payment at a time."""

    @property
    def waiting(self) -> bool:
        """The shopper has done their part and the terminal owes an answer."""

    def start(self, amount_ore: int, answer: Callable[[TerminalAnswer], None]) -> None:
        """Ask for ``amount_ore``; ``answer`` is called once, on this thread, or never."""

    def cancel(self) -> None:
        """Give the payment up; its ``answer`` is not called any more. Safe to repeat."""


class Behaviour(StrEnum):
    """What the played terminal does with a confirmed code."""

    APPROVE = "approve"
    DECLINE = "decline"
    HANG = "hang"


PIN_DIGITS = 4  # the shortest code a Swedish card has
_MAX_DIGITS = 6


class SimulatedTerminal:
    """Plays a terminal with its own keys. It counts the digits of the code and keeps none."""

    def __init__(self, behaviour: Behaviour = Behaviour.APPROVE) -> None:
        self.behaviour = behaviour
        self._answer: Callable[[TerminalAnswer], None] | None = None
        self._digits = 0
        self._waiting = False

    @property
    def waiting(self) -> bool:
        return self._waiting

    @property
    def digits(self) -> int:
        """How many digits of a code have been pressed."""
        return self._digits

    @property
    def ready(self) -> bool:
        """Enough digits to confirm."""
        return self._answer is not None and self._digits >= PIN_DIGITS and not self._waiting

    def start(self, amount_ore: int, answer: Callable[[TerminalAnswer], None]) -> None:
        self._answer, self._digits, self._waiting = answer, 0, False

    def cancel(self) -> None:
        self._answer, self._digits, self._waiting = None, 0, False

    def press_digit(self) -> None:
        if self._answer is not None and not self._waiting:
            self._digits = min(_MAX_DIGITS, self._digits + 1)

    def erase(self) -> None:
        if not self._waiting:
            self._digits = max(0, self._digits - 1)

    def give_up(self) -> None:
        """Nobody has come as far as the green key: as a terminal that has waited long enough."""
        answer = self._answer
        if answer is not None and not self._waiting:
            self.cancel()
            answer(TerminalAnswer.DECLINED)

    def confirm(self) -> None:
        """The green key. Nothing happens before the code is long enough."""
        if not self.ready:
            return
        self._waiting = True
        if self.behaviour is Behaviour.HANG:
            return
        answer = self._answer
        self.cancel()
        if answer is not None:
            approved = self.behaviour is Behaviour.APPROVE
            answer(TerminalAnswer.APPROVED if approved else TerminalAnswer.DECLINED)
