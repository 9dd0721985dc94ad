"""The deadlines of a case, in one place, so that none outlives what it belongs to."""

from enum import StrEnum


class Timer(StrEnum):
    """What a deadline is for; there is at most one of each."""

    CONNECT = "connect"  # the office has not answered once since the start
    LINK_GONE = "link_gone"  # a break becomes a failure
    MENU = "menu"  # a folded menu is given up
    ANSWER = "answer"  # the answer that was promised is late
    ETA = "eta"  # the agent who joined should be here
    JOINING = "joining"  # the agent is here, and that they were coming has been read
    MEDIA = "media"  # the media process did not start: once more
    CONSENT = "consent"  # no answer is a no
    RENEWABLE = "renewable"  # the share may be renewed from here
    SHARE = "share"  # the share ends
    LETTERS = "letters"  # of real-time text, that wait to be sent together
    CALL_OFFER = "call_offer"  # text has taken long: voice is offered
    CALL_ANSWER = "call_answer"  # no answer to the agent's question is a no
    POINTER = "pointer"  # where the agent points is not meant any more
    HANDOFF = "handoff"  # the code for the phone did not come, or has run out
    MOVED = "moved"  # that the case is on the phone has been read: the kiosk is wiped
    FEEDBACK = "feedback"
    NOTICE = "notice"
    SAVING = "saving"  # the disk has had long enough
    CALLBACK = "callback"  # that a call is promised has been read
    FAILURE = "failure"  # the notice goes away by itself
    CART_CODE = "cart_code"  # the code that the failure notice showed is worth nothing any more
    WAITING = "waiting"  # a waiting cart is deleted
    IDLE = "idle"  # nobody has moved: is anyone there?
    LEAVING = "leaving"  # nobody is: the visit ends
    ANEW = "anew"  # nobody has begun after it: the program starts anew
    PAYMENT_IDLE = "payment_idle"  # nothing happens in the payment: help is offered
    REST = "rest"  # persons may be asked for again
    HELD = "held"  # there is room for lines that were written too fast
    KEEP = "keep"  # the kept visit is written anew


class Timers:
    """Deadlines on the monotonic clock."""

    def __init__(self) -> None:
        self._at: dict[Timer, float] = {}

    def set(self, timer: Timer, at: float) -> None:
        self._at[timer] = at

    def cancel(self, *timers: Timer) -> None:
        for timer in timers:
            self._at.pop(timer, None)

    def has(self, timer: Timer) -> bool:
        return timer in self._at

    @property
    def next(self) -> float | None:
        """The earliest deadline, or None when there is none."""
        return min(self._at.values(), default=None)

    def pop_due(self, monotonic: float) -> Timer | None:
        """Take the earliest deadline that has come; None when none has."""
        if not self._at:
            return None
        timer = min(self._at, key=lambda each: self._at[each])
        if self._at[timer] > monotonic:
            return None
        del self._at[timer]
        return timer
