"""What a page told of its sensitive places covers wherever one of them can have been."""

import math
from itertools import accumulate, pairwise
from typing import Any

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk_app.ui.till.web.areas import KNOWN_MS, places

EDGE = st.floats(-2_000, 4_000)
BOX = st.tuples(EDGE, EDGE, st.floats(1, 800), st.floats(1, 800))


FRAME_MS = 16


def told(looks: list[Any], known: float = KNOWN_MS) -> str:
    timed = [[FRAME_MS * number, look] for number, look in enumerate(looks)]
    return msgspec.json.encode({"known": known, "looks": timed}).decode()


@given(phase=st.floats(0, 2), frames=st.lists(st.floats(4, 120), min_size=20, max_size=40))
def test_what_turns_between_two_looks_is_covered_where_it_turned(
    phase: float, frames: list[float]
) -> None:
    """To and fro over 600 px in 1.2 s, with frames as irregular as on a machine that is full."""

    def left(at: float) -> float:
        return 300 * abs((at / 600 + phase) % 4 - 2)

    times = [float(at) for at in accumulate([*frames, 16.0, 16.0])]
    looks = [[at, [place(1, (left(at), 0, 200, 50))]] for at in times]
    text = msgspec.json.encode({"known": KNOWN_MS, "looks": looks}).decode()
    rects = places(text)
    assert rects is not None
    for at in range(math.ceil(times[0]), math.floor(times[-1])):
        assert any(
            rect.left() <= left(at) and left(at) + 200 <= rect.left() + rect.width()
            for rect in rects
        ), at


def place(name: int, box: tuple[float, float, float, float]) -> list[float]:
    left, top, width, height = box
    return [name, left, top, left + width, top + height]


@given(boxes=st.lists(BOX, min_size=2, max_size=6), part=st.floats(0, 1))
def test_every_place_on_the_way_is_covered(
    boxes: list[tuple[float, float, float, float]], part: float
) -> None:
    rects = places(told([[place(1, box)] for box in boxes]))
    assert rects is not None
    for one, other in pairwise(boxes):
        left, top, width, height = (a + (b - a) * part for a, b in zip(one, other, strict=True))
        assert any(
            rect.left() <= left
            and rect.top() <= top
            and rect.left() + rect.width() >= left + width - 1e-6
            and rect.top() + rect.height() >= top + height - 1e-6
            for rect in rects
        )


@given(boxes=st.lists(BOX, max_size=8))
def test_each_of_several_is_covered(boxes: list[tuple[float, float, float, float]]) -> None:
    rects = places(told([[place(name, box) for name, box in enumerate(boxes)]]))
    assert rects is not None
    assert bool(rects) == bool(boxes)


@given(known=st.floats(0, KNOWN_MS, exclude_max=True))
def test_a_page_that_has_just_begun_to_look_knows_nothing(known: float) -> None:
    assert places(told([[place(1, (0, 0, 10, 10))]], known)) is None


@given(
    said=st.none()
    | st.integers()
    | st.text(max_size=80)
    | st.builds(told, st.lists(st.lists(st.lists(EDGE | st.none(), max_size=6), max_size=3)))
)
@example(told([[[1, 0, 0, 10]]]))
@example(told([[[1, -1e300, 0, 10, 10]]]))
@example('{"known": 1000, "looks": [], "more": 1}')
@example("[" * 20_000)
def test_what_is_not_understood_masks_everything_or_what_it_says(said: Any) -> None:
    rects = places(said)
    assert rects is None or isinstance(said, str)
