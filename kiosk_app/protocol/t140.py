"""Real-time text: ITU-T T.140 as RFC 8865 carries it over a data channel, without clock or wire.

Each side has one line under way: its draft. The sender turns every change of it into letters and
erasures, the receiver turns those back into text. When the draft is sent it is a chat message as
well, under an id of its own; the receiver then takes the letters that became it away, so that
nothing stands there twice.

The console has the same rules in ``src/t140.ts``; ``tests/support/t140.json`` holds both to them.
"""

import re
from collections import deque

import regex

from kiosk_app.protocol import limits

INTERVAL_SECONDS = 0.3  # RFC 8865 5.3; EN 301 549 6.2.4 asks for at most 0.5
CHARS_A_SECOND = 30  # "cps", RFC 8865 4.2.1, over any ten seconds (RFC 4103 6)
_WINDOW_SECONDS = 10.0
_WINDOW_CHARS = int(CHARS_A_SECOND * _WINDOW_SECONDS)
LINE_CHARS = 2 * limits.CHAT_CHARS  # a line and what comes before its message does

ERASE = "\u0008"
ALERT = "\u0007"
NEW_LINE = "\u2028"
START = "\ufeff"
LOSS = "\ufffd"  # stands for text that is missing (T.140 Addendum 1); shown in words

_grapheme = regex.compile(r"\X")
_runs = re.compile(f"{ERASE}+|[^{ERASE}]+")
_line_ends = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Strings and renditions (ISO 6429) that T.140 allows and nobody here shows.
_sequences = re.compile("\x98[^\x9c]*\x9c|\x9b[0-?]*[@-~]|\x1b.", re.DOTALL)
_controls = re.compile("[\x00-\x07\x0b-\x1f\x7f-\x9f\ufeff]")


def graphemes(text: str) -> list[str]:
    """``text`` in what a reader calls characters (UAX #29): the units that are erased."""
    return list(_grapheme.findall(text))


class T140Sender:
    """What to send so that the other end shows the draft. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._draft = ""
        self._sent = ""
        self._first = ""
        self._flushed_at = -INTERVAL_SECONDS
        self._spent: deque[tuple[float, int]] = deque()

    @property
    def sent(self) -> str:
        """What the other end shows once all that was sent has come."""
        return self._sent

    def write(self, draft: str) -> None:
        """This is what stands in the line now."""
        self._draft = _controls.sub("", _line_ends.sub("\n", draft)).replace(ERASE, "")

    def open(self) -> None:
        """A new channel. Nothing is sent twice (RFC 8865 5.4): whatever is left there of the line
        is erased, with the mark of loss after it, and the line written anew.
        """
        left = len(graphemes(self._sent))
        self._first = START + ERASE * (left + 1 if left else 0)
        self._sent = ""
        self._flushed_at = -INTERVAL_SECONDS
        self._spent.clear()

    def due(self, now: float) -> float | None:
        """When :meth:`take` has something; None while there is nothing to send."""
        if not self._first and self._draft == self._sent:
            return None
        at = max(now, self._flushed_at + INTERVAL_SECONDS)
        spent = sum(count for _, count in self._spent)
        for when, count in self._spent:
            if spent < _WINDOW_CHARS:
                break
            spent -= count
            at = max(at, when + _WINDOW_SECONDS)
        return at

    def take(self, now: float) -> str:
        """What to send at ``now``; empty when it is not due."""
        due = self.due(now)
        return "" if due is None or due > now else self._flush(now)

    def end_line(self, now: float) -> str:
        """The draft is sent. What the rate leaves no room for is in the chat message. Empty where
        the other end has nothing of it."""
        text = self._flush(now)
        if self._sent:
            text += NEW_LINE
        self._draft = self._sent = ""
        return text

    def _flush(self, now: float) -> str:
        while self._spent and self._spent[0][0] + _WINDOW_SECONDS <= now:
            self._spent.popleft()
        room = _WINDOW_CHARS - sum(count for _, count in self._spent)
        change = _change(self._sent, self._draft)[:room]
        text = self._first + change.replace("\n", NEW_LINE)
        self._first = ""
        self._sent = _applied(self._sent, change)
        if text:
            self._flushed_at = now
            self._spent.append((now, len(change)))
        return text


class T140Receiver:
    """What the other side has written and not sent yet."""

    def __init__(self) -> None:
        self.alerts = 0
        self._text = ""
        self._settling = ""
        self._after_return = False
        self._lost = False

    @property
    def shown(self) -> str:
        """The text to show, lines parted by newline; :data:`LOSS` where some is missing."""
        return "" if self._settling else self._text

    def receive(self, untrusted_text: str) -> None:
        """A T140block. What T.140 does not know is passed over."""
        text = untrusted_text
        if self._after_return and text.startswith("\n"):
            text = text[1:]
        self._after_return = untrusted_text.endswith("\r")
        if self._lost and text.startswith(START):
            self._lost = False
            if not text.startswith(START + ERASE):
                self.clear()  # whoever wrote the line knows it no longer, and begins anew
        self.alerts += text.count(ALERT)
        text = _controls.sub("", _line_ends.sub("\n", _sequences.sub("", text)))
        self._text = _applied(self._text, text)[-LINE_CHARS:]
        self._resolve()

    def lose(self) -> None:
        """The channel is gone, and what was on its way in it."""
        self._after_return = False
        self._lost = True
        if self._settling:
            self.clear()
        elif self._text and not self._text.endswith(LOSS):
            self._text += LOSS

    def settle(self, message: str) -> None:
        """``message`` has come as a whole; the letters that became it are shown no longer.

        It may overtake them: what of it is still to come is not shown then.
        """
        before = self._text
        if not before.strip():
            return
        self._settling = _line_ends.sub("\n", message).strip()
        self._resolve()
        if self._settling or self._text != before:
            return
        # Not letter by letter what came: it was cut, or a part of it was lost.
        lines = before.split("\n")
        ended = min(len(lines) - 1, self._lines_of(message))
        if ended:
            self._text = "\n".join(lines[ended:])
        elif LOSS in before:
            self._text = ""

    def clear(self) -> None:
        """Forget the line."""
        self._text = self._settling = ""

    def _resolve(self) -> None:
        whole, text = self._settling, self._text.lstrip()
        if not whole:
            return
        same = _alike(whole, text)
        rest = text[same:]
        if same == len(whole):
            rest = rest.lstrip(" \t")
        if not rest:
            return  # the end of it is on its way
        if rest.startswith("\n"):
            self._text = rest.lstrip()
        self._settling = ""

    @staticmethod
    def _lines_of(message: str) -> int:
        return len(_line_ends.findall(message.strip())) + 1


def _alike(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _change(old: str, new: str) -> str:
    """The erasures and letters that make ``new`` of ``old``."""
    if new.startswith(old):
        return new[len(old) :]
    same = _alike(old, new)
    kept, clusters = 0, graphemes(old)
    for at, cluster in enumerate(clusters):
        if kept + len(cluster) > same:
            return ERASE * (len(clusters) - at) + new[kept:]
        kept += len(cluster)
    return new[kept:]


def _applied(text: str, change: str) -> str:
    """``text`` after ``change``; erasing an empty line changes nothing."""
    for part in _runs.findall(change):
        if part[0] == ERASE:
            clusters = graphemes(text)
            text = "".join(clusters[: max(0, len(clusters) - len(part))])
        else:
            text += part
    return text
