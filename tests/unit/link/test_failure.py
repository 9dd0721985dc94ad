import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.link.failure import (
    CALM_CAP_SECONDS,
    FIRST_SECONDS,
    HURRY_CAP_SECONDS,
    STABLE_SECONDS,
    Backoff,
    Broken,
    Cut,
    Failure,
    GiveUp,
    Refusal,
    Retry,
    Unreachable,
    Untrusted,
    Unusable,
    decide,
)


@given(seed=st.integers(0, 1000), failures=st.integers(0, 5000), hurry=st.booleans())
def test_a_wait_is_never_longer_than_its_cap(seed: int, failures: int, hurry: bool) -> None:
    backoff = Backoff(random.Random(seed), failures)
    cap = HURRY_CAP_SECONDS if hurry else CALM_CAP_SECONDS
    assert 0 <= backoff.next(hurry=hurry) <= min(cap, FIRST_SECONDS * 2 ** min(failures, 16))


def test_waits_grow_to_the_cap_and_use_all_of_it() -> None:
    backoff = Backoff(random.Random(7))
    assert backoff.next(hurry=False) <= FIRST_SECONDS
    waits = [backoff.next(hurry=False) for _ in range(400)][20:]
    assert max(waits) > 0.95 * CALM_CAP_SECONDS
    assert min(waits) < 0.05 * CALM_CAP_SECONDS


def test_only_a_connection_that_held_starts_over() -> None:
    backoff = Backoff(random.Random(7), failures=9)
    backoff.lasted(STABLE_SECONDS - 1)
    assert backoff.failures == 9
    backoff.lasted(STABLE_SECONDS)
    assert backoff.failures == 0


@pytest.mark.parametrize(
    ("failure", "least", "most", "hurry_helps"),
    [
        (Cut("x"), 0, FIRST_SECONDS, True),
        (Unreachable("x"), 0, FIRST_SECONDS, True),
        (Broken("bad_frame", "x"), 0, FIRST_SECONDS, True),
        (Refusal("out_of_order", "x", None), 0, FIRST_SECONDS, True),
        (Refusal("some_new_code", "x", None), 0, FIRST_SECONDS, True),
        (Refusal("busy", "x", 7), 7, 7 + FIRST_SECONDS, False),
        (Refusal("busy", "x", None), 5, 5 + FIRST_SECONDS, False),
        (Refusal("busy", "x", 86_400), 60, 60 + FIRST_SECONDS, False),
        (Refusal("replaced", "x", None), 30, 30, False),
        (Refusal("version", "x", None), 60, 60, False),
        (Refusal("unknown_kiosk", "x", 5), 60, 60, False),
        (Refusal("bad_signature", "x", None), 60, 60, False),
        (Untrusted("x"), 60, 60, False),
    ],
)
def test_what_is_done_about_each(
    failure: Failure, least: float, most: float, hurry_helps: bool
) -> None:
    decision = decide(failure, Backoff(random.Random(3)), hurry=True)
    assert isinstance(decision, Retry)
    assert least <= decision.delay <= most
    assert decision.hurry_helps is hurry_helps


def test_an_address_that_is_none_is_given_up() -> None:
    assert decide(Unusable("why"), Backoff(), hurry=True) == GiveUp("why")
