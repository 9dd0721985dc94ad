"""The built-in self-checkout: cart, payment steps and a card terminal. No Qt, no waiting."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.till.barcode import read_barcode
from kiosk_app.till.cart import CartRows, Row
from kiosk_app.till.ports import TillError, TillState
from kiosk_app.till.shop import Article, Shop
from kiosk_app.till.terminal import CardTerminal, TerminalAnswer

_SHOPPING = (PaymentStep.IDLE, PaymentStep.CART)


class ScanKind(StrEnum):
    """What came of a scan. Only ADDED has changed anything."""

    ADDED = "added"
    UNKNOWN = "unknown"  # a right code that this shop does not sell
    MISREAD = "misread"  # no code, or its check digit is wrong
    NOT_NOW = "not_now"  # a payment is going on or done
    FULL = "full"  # the till takes no more of it


@dataclass(frozen=True, slots=True)
class ScanResult:
    """``article`` is what was scanned, where the shop knows it."""

    kind: ScanKind
    article: Article | None = None


class BuiltInTill:
    """Implements :class:`kiosk_app.till.ports.Till`, and what the shopper does at it.

    Steps: IDLE or CART → PAYMENT → CARD_ENTRY → PAID → RECEIPT, or DECLINED → PAYMENT.
    The shopper's methods raise TillError when the step does not allow them.
    """

    def __init__(self, shop: Shop, terminal: CardTerminal) -> None:
        self.shop = shop
        self.terminal = terminal
        self._rows = CartRows()
        self._step = PaymentStep.IDLE
        self._declines = 0
        self._listener: Callable[[TillState], None] | None = None
        self._watchers: list[Callable[[], None]] = []

    # The port ------------------------------------------------------------------------------

    @property
    def state(self) -> TillState:
        return TillState(self._rows.cart(), self._step, self._declines, self._rows.snapshot())

    def listen(self, listener: Callable[[TillState], None]) -> None:
        self._listener = listener

    def watch(self, watcher: Callable[[], None]) -> None:
        self._watchers.append(watcher)

    async def restore(self, snapshot: bytes) -> None:
        self._rows.add_saved(snapshot, self.shop)
        self.terminal.cancel()
        self._step = self._resting_step()
        self._changed()

    def wipe(self) -> None:
        self.terminal.cancel()
        self._rows.clear()
        self._declines = 0
        self._step = PaymentStep.IDLE
        self._changed()

    async def unlock_line(self, line: str) -> None:
        self._rows.unlock(line)
        self._changed()

    async def resume_payment(self) -> None:
        self.try_again()

    async def void_line(self, line: str) -> None:
        self._rows.find(line)
        self._need(*_SHOPPING, PaymentStep.PAYMENT, PaymentStep.DECLINED)
        self._rows.remove(line)
        if self._step is PaymentStep.CART or self._rows.empty:
            self._step = self._resting_step()
        self._changed()

    # The shopper ---------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows.rows

    @property
    def locked_rows(self) -> tuple[Row, ...]:
        """Lines that wait for an age check; payment is locked while there is one."""
        return self._rows.locked

    def scan(self, untrusted_text: str) -> ScanResult:
        """What the scanner typed before its Enter."""
        code = read_barcode(untrusted_text)
        if code is None:
            return ScanResult(ScanKind.MISREAD)
        article = self.shop.find(code)
        if article is None:
            return ScanResult(ScanKind.UNKNOWN)
        return self.add(article)

    def add(self, article: Article) -> ScanResult:
        """One more of ``article``, by scan or by tile."""
        if self._step not in _SHOPPING:
            return ScanResult(ScanKind.NOT_NOW, article)
        if self._rows.add(article) is None:
            return ScanResult(ScanKind.FULL, article)
        self._go(PaymentStep.CART)
        return ScanResult(ScanKind.ADDED, article)

    def take_one(self, line: str) -> None:
        """One less of ``line``; the last one takes the line with it."""
        self._need(*_SHOPPING)
        self._rows.take_one(line)
        self._go(self._resting_step())

    def pay(self) -> None:
        """From the cart to PAYMENT. TillError for an empty cart or while an age check is due."""
        self._need(PaymentStep.CART)
        if self._rows.empty:
            raise TillError("The cart is empty. Add goods first.")
        if self._rows.locked:
            raise TillError("Goods with an age limit wait for a check. Nothing has been paid.")
        self._go(PaymentStep.PAYMENT)

    def back_to_cart(self) -> None:
        """Out of the payment; the cart is as it was."""
        self._need(PaymentStep.PAYMENT, PaymentStep.CARD_ENTRY, PaymentStep.DECLINED)
        self.terminal.cancel()
        self._go(self._resting_step())

    def try_again(self) -> None:
        """Out of a declined or hanging payment, back to PAYMENT."""
        hangs = self._step is PaymentStep.CARD_ENTRY and self.terminal.waiting
        if not hangs and self._step is not PaymentStep.DECLINED:
            raise TillError("There is no stopped payment to resume. Nothing was changed.")
        self.terminal.cancel()
        self._go(PaymentStep.PAYMENT)

    def open_card_entry(self) -> None:
        """Hand over to the terminal."""
        self._need(PaymentStep.PAYMENT)
        self._go(PaymentStep.CARD_ENTRY)
        self.terminal.start(self._rows.cart().total_ore, self._on_terminal_answered)

    def show_receipt(self) -> None:
        self._need(PaymentStep.PAID)
        self._go(PaymentStep.RECEIPT)

    # -----------------------------------------------------------------------------------------

    def _on_terminal_answered(self, answer: TerminalAnswer) -> None:
        if answer is TerminalAnswer.APPROVED:
            self._go(PaymentStep.PAID)
        else:
            self._declines += 1
            self._go(PaymentStep.DECLINED)

    def _resting_step(self) -> PaymentStep:
        return PaymentStep.IDLE if self._rows.empty else PaymentStep.CART

    def _need(self, *steps: PaymentStep) -> None:
        if self._step not in steps:
            raise TillError(
                f"That cannot be done in step {self._step.value}. Nothing was changed."
            )

    def _go(self, step: PaymentStep) -> None:
        self._step = step
        self._changed()

    def _changed(self) -> None:
        if self._listener is not None:
            self._listener(self.state)
        for watcher in self._watchers:
            watcher()
