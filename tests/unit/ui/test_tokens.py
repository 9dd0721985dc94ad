"""The look's numbers hold: contrast of every pair in use, sizes of text."""

import pytest

from kiosk_app.ui.theme.tokens import (
    FOCUS_GROUNDS,
    HIGH_CONTRAST,
    NORMAL,
    PAIRS,
    PART,
    Colours,
    Type,
    contrast,
)
from tests.support.evidence import Evidence

SETS = {"normal": NORMAL, "high contrast": HIGH_CONTRAST}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#FFFFFF", "#FFFFFF", 1.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.en301549("9.1.4.3", "9.1.4.11")
@pytest.mark.parametrize("colours", SETS.values(), ids=SETS.keys())
@pytest.mark.parametrize(("drawn", "on", "least"), PAIRS)
def test_every_pair_can_be_told_apart(
    colours: Colours, drawn: str, on: str, least: float, evidence: Evidence
) -> None:
    ratio = contrast(getattr(colours, drawn), getattr(colours, on))
    assert ratio >= least
    evidence.figure(f"{evidence.case}: {ratio:.2f}:1, at least {least}:1")


def test_high_contrast_is_higher() -> None:
    for drawn, on in (("ink", "paper"), ("ink_2", "card"), ("on_spruce", "spruce")):
        normal = contrast(getattr(NORMAL, drawn), getattr(NORMAL, on))
        assert contrast(getattr(HIGH_CONTRAST, drawn), getattr(HIGH_CONTRAST, on)) > normal


def test_nothing_is_written_smaller_than_26_px() -> None:
    assert min(style.value.size for style in Type) == 26


@pytest.mark.en301549("9.1.4.11", "9.2.4.7")
@pytest.mark.parametrize("colours", SETS.values(), ids=SETS.keys())
@pytest.mark.parametrize("ground", FOCUS_GROUNDS)
def test_the_focus_ring_stands_out_on_every_ground(
    colours: Colours, ground: str, evidence: Evidence
) -> None:
    on = getattr(colours, ground)
    ratio = max(contrast(colours.focus, on), contrast(colours.focus_gap, on))
    assert ratio >= PART
    evidence.figure(f"{evidence.case}: {ratio:.2f}:1, at least {PART}:1")
