"""What the button may promise, and how long a place in the queue will take. Pure.

The promise follows the ninth of ten answered waits, never a wish: with nobody logged in there is
none, and a wait that is running now counts as soon as it is longer than what was promised.

Which promise counts: the last one the shopper read before asking for a person, which the kiosk
names in ``JoinQueue``, from the moment the office has that message until the first agent accepts.
What the button said at the press of Hjälp may be older, and the estimate in the queue is none.
"""

import math
from collections.abc import Sequence

PROMISE_SECONDS = 60  # what the sign says until the data says otherwise (FEATURES 3)
_LONGEST_SECONDS = 600  # nobody should stand at a till for longer: a call is the honest promise
_ENOUGH = 10  # below this many waits one slow answer must not move the promise by itself
_HANDLING_SECONDS = 180.0  # one chat, until this office has measured its own
_SOONEST_SECONDS = 5
QUICK_SECONDS = 20  # a free agent reads the card and presses (FEATURES 14)


def promise_seconds(
    answered: Sequence[float], running: Sequence[float], *, agents: int
) -> int | None:
    """Seconds within which nine of ten are answered, in whole minutes.

    None where nobody is there, or where that is too long to stand and wait: "Vi ringer upp".

    ``answered`` and ``running`` are waits in seconds, recent ones only.
    """
    if agents == 0:
        return None
    waits = sorted([*answered, *(wait for wait in running if wait > PROMISE_SECONDS)])
    waits = [0.0] * max(0, _ENOUGH - len(waits)) + waits
    ninth = waits[math.ceil(0.9 * len(waits)) - 1]
    promised = max(PROMISE_SECONDS, math.ceil(ninth / 60) * 60)
    return promised if promised <= _LONGEST_SECONDS else None


def wait_seconds(
    position: int, *, agents: int, free: int, answer: float | None, handling: float | None
) -> int | None:
    """The expected wait at ``position`` (1 is next); None: nobody is there to end it.

    ``free`` is how many more cases the present agents can take at once, ``answer`` the mean time
    to an accept and ``handling`` the mean length of a case, in seconds, None while unknown.
    """
    if agents == 0:
        return None
    quick = QUICK_SECONDS if answer is None else min(max(answer, _SOONEST_SECONDS), 60.0)
    if position <= free:
        return round(quick)
    rounds = math.ceil((position - free) / agents)
    return round(quick + rounds * (handling or _HANDLING_SECONDS))


def gone_unanswered(waited_seconds: float, promised_seconds: int | None) -> bool | None:
    """What became of the promise to somebody who did not stay: broken, or not put to the test."""
    if promised_seconds is None or waited_seconds <= promised_seconds:
        return None
    return False


def kept(answered_seconds: float | None, promised_seconds: int | None) -> bool | None:
    """Was the promise kept? None where none was made; never answered is not kept."""
    if promised_seconds is None:
        return None
    return answered_seconds is not None and answered_seconds <= promised_seconds
