"""The cart of the built-in till, and the form in which it is saved."""

from dataclasses import dataclass, replace

import msgspec

from kiosk_app.protocol import limits
from kiosk_app.protocol.shared import Cart, CartLine
from kiosk_app.till.ports import TillError
from kiosk_app.till.shop import Article, Shop

SNAPSHOT_VERSION = 1
MAX_QUANTITY = 99


class _SavedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    line: str
    code: str
    quantity: int


class _Snapshot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    next_line: int
    lines: list[_SavedLine]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the cart, with the article it is of."""

    line: str
    article: Article
    quantity: int
    unlocked: bool = False

    @property
    def amount_ore(self) -> int:
        return self.article.price_ore * self.quantity

    @property
    def locked(self) -> bool:
        """An age check is missing."""
        return self.article.age_restricted and not self.unlocked


class CartRows:
    """The rows in the order in which they came. A line's name is never used again."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._next = 1

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows.values())

    @property
    def locked(self) -> tuple[Row, ...]:
        return tuple(row for row in self._rows.values() if row.locked)

    @property
    def empty(self) -> bool:
        return not self._rows

    def cart(self) -> Cart:
        return Cart(
            lines=tuple(
                CartLine(
                    line=row.line,
                    name=row.article.name,
                    quantity=row.quantity,
                    amount_ore=row.amount_ore,
                    age_restricted=row.article.age_restricted,
                    unlocked=row.unlocked,
                )
                for row in self._rows.values()
            )
        )

    def find(self, line: str) -> Row:
        """The row named ``line``; TillError when it is not there."""
        try:
            return self._rows[line]
        except KeyError:
            raise TillError("That line is no longer in the cart. Nothing was changed.") from None

    def add(self, article: Article) -> Row | None:
        """One more of ``article``; None when the cart takes no more of it."""
        for row in self._rows.values():
            if row.article.code == article.code:
                if row.quantity >= MAX_QUANTITY:
                    return None
                more = replace(row, quantity=row.quantity + 1)
                self._rows[row.line] = more
                return more
        if len(self._rows) >= limits.CART_LINES:
            return None
        row = Row(line=f"line-{self._next}", article=article, quantity=1)
        self._next += 1
        self._rows[row.line] = row
        return row

    def take_one(self, line: str) -> None:
        """One less of ``line``; the last one takes the line with it."""
        row = self.find(line)
        if row.quantity == 1:
            del self._rows[line]
        else:
            self._rows[line] = replace(row, quantity=row.quantity - 1)

    def remove(self, line: str) -> None:
        del self._rows[self.find(line).line]

    def unlock(self, line: str) -> None:
        """TillError when ``line`` is not there, or nothing is locked on it."""
        row = self.find(line)
        if not row.locked:
            raise TillError("That line needs no age check. Nothing was changed.")
        self._rows[line] = replace(row, unlocked=True)

    def clear(self) -> None:
        self._rows.clear()
        self._next = 1

    def snapshot(self) -> bytes:
        """The cart as JSON. An age check is not in it: it was of a person, not of a cart."""
        return msgspec.json.encode(
            _Snapshot(
                version=SNAPSHOT_VERSION,
                next_line=self._next,
                lines=[
                    _SavedLine(row.line, row.article.code, row.quantity)
                    for row in self._rows.values()
                ],
            )
        )

    def add_saved(self, untrusted_snapshot: bytes, shop: Shop) -> None:
        """Add saved rows to these; TillError, and nothing changed, when they cannot be read, do
        not fit, or the shop does not sell one of them any more."""
        saved = _read(untrusted_snapshot)
        rows = dict(self._rows)
        following = max(self._next, saved.next_line, len(rows) + len(saved.lines) + 1)
        names: set[str] = set()
        for line in saved.lines:
            article = shop.find(line.code)
            fits = 0 < line.quantity <= MAX_QUANTITY and 0 < len(line.line) <= 40
            if article is None or not fits or line.line in names:
                raise TillError(
                    "The saved cart has goods that this shop does not sell. "
                    "The cart in the till is unchanged."
                )
            names.add(line.line)
            left = line.quantity
            there = next((row for row in rows.values() if row.article.code == article.code), None)
            if there is not None:
                more = min(left, MAX_QUANTITY - there.quantity)
                rows[there.line] = replace(there, quantity=there.quantity + more)
                left -= more
            if left:
                name = line.line
                while name in rows:
                    name = f"line-{following}"
                    following += 1
                rows[name] = Row(name, article, left)
        if len(rows) > limits.CART_LINES:
            raise TillError(
                "The saved cart does not fit beside the one in the till, which is unchanged."
            )
        self._rows = rows
        self._next = following


def _read(untrusted_snapshot: bytes) -> _Snapshot:
    try:
        saved = msgspec.json.decode(untrusted_snapshot, type=_Snapshot)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise TillError(
            "The saved cart cannot be read. The cart in the till is unchanged."
        ) from error
    if saved.version != SNAPSHOT_VERSION or len(saved.lines) > limits.CART_LINES:
        raise TillError(
            "The saved cart is of another version of this till. The cart is unchanged."
        )
    return saved
