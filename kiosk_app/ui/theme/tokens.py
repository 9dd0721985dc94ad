"""The tokens of the look: colour, type, space and motion, all as designed at 1080x1920, 1x.

Widgets name a token; only this file knows what it is. Contrast of every pair that is put on one
another is in ``PAIRS`` and measured by a test (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

DESIGN_WIDTH = 1080
DESIGN_HEIGHT = 1920

TOUCH_PX = 44  # WCAG 2.2, 2.5.5: no target is smaller, on any screen
TOUCH_MM = 10.0  # and never smaller than a fingertip, whatever the panel's resolution
BIG_TOUCH_MM = 20.0  # errors of standing people fall until this size: Hjälp and pay


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours, ``#RRGGBB``; ``dim`` and ``shadow`` are ``#AARRGGBB``."""

    paper: str
    card: str
    ink: str
    ink_2: str
    on_ink: str
    line: str
    edge: str
    quiet: str
    quiet_pressed: str
    spruce: str
    spruce_pressed: str
    on_spruce: str
    spruce_tint: str
    spruce_deep: str
    help: str
    help_pressed: str
    on_help: str
    help_tint: str
    help_edge: str
    stop: str
    stop_pressed: str
    on_stop: str
    pointer: str
    on_pointer: str
    disabled: str
    on_disabled: str
    focus: str
    focus_gap: str
    dim: str
    shadow: str


NORMAL = Colours(
    paper="#FAF7F1",
    card="#FFFFFF",
    ink="#1B1F1D",
    ink_2="#4A524E",
    on_ink="#FFFFFF",
    line="#E2DDD2",
    edge="#4A524E",
    quiet="#F4F0E7",
    quiet_pressed="#E2DDD2",
    spruce="#0F5A43",
    spruce_pressed="#0A4433",
    on_spruce="#FFFFFF",
    spruce_tint="#E3F0EA",
    spruce_deep="#0A4433",
    help="#FFC933",
    help_pressed="#F2B705",
    on_help="#1B1F1D",
    help_tint="#FFF4D1",
    help_edge="#946C00",
    stop="#B3261E",
    stop_pressed="#8E1B15",
    on_stop="#FFFFFF",
    pointer="#1D4ED8",
    on_pointer="#FFFFFF",
    disabled="#E7E3DA",
    on_disabled="#5A615D",
    focus="#1B1F1D",
    focus_gap="#FFFFFF",
    dim="#731B1F1D",
    shadow="#2E1B1F1D",
)

HIGH_CONTRAST = Colours(
    paper="#000000",
    card="#000000",
    ink="#FFFFFF",
    ink_2="#F0F0F0",
    on_ink="#000000",
    line="#FFFFFF",
    edge="#FFFFFF",
    quiet="#1C1C1C",
    quiet_pressed="#3A3A3A",
    spruce="#7CF2C0",
    spruce_pressed="#B6F7DA",
    on_spruce="#000000",
    spruce_tint="#06281B",
    spruce_deep="#B6F7DA",
    help="#FFD400",
    help_pressed="#FFE566",
    on_help="#000000",
    help_tint="#2B2400",
    help_edge="#FFD400",
    stop="#FF9C94",
    stop_pressed="#FFC2BD",
    on_stop="#000000",
    pointer="#9CC0FF",
    on_pointer="#000000",
    disabled="#1C1C1C",
    on_disabled="#D0D0D0",
    focus="#FFFFFF",
    focus_gap="#000000",
    dim="#B3000000",
    shadow="#00000000",
)

TEXT = 4.5
PART = 3.0

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "paper", TEXT),
    ("ink", "card", TEXT),
    ("ink", "quiet", TEXT),
    ("ink", "quiet_pressed", TEXT),
    ("ink_2", "paper", TEXT),
    ("ink_2", "card", TEXT),
    ("ink_2", "quiet", TEXT),
    ("on_ink", "ink", TEXT),
    ("on_spruce", "spruce", TEXT),
    ("on_spruce", "spruce_pressed", TEXT),
    ("spruce", "paper", TEXT),
    ("spruce", "card", TEXT),
    ("spruce_deep", "spruce_tint", TEXT),
    ("ink", "spruce_tint", TEXT),
    ("on_help", "help", TEXT),
    ("on_help", "help_pressed", TEXT),
    ("ink", "help_tint", TEXT),
    ("help_edge", "card", PART),
    ("help_edge", "paper", PART),
    ("on_stop", "stop", TEXT),
    ("on_stop", "stop_pressed", TEXT),
    ("stop", "card", TEXT),
    ("stop", "paper", TEXT),
    ("on_pointer", "pointer", TEXT),
    ("on_disabled", "disabled", TEXT),
    ("edge", "card", PART),
    ("edge", "paper", PART),
    ("focus", "focus_gap", PART),
)
"""(what is drawn, what it is drawn on, least contrast)."""

FOCUS_GROUNDS = ("paper", "card", "help", "help_tint", "spruce", "stop", "ink", "quiet")
"""Where the focus ring may come to lie. It is two rings, ``focus`` outside ``focus_gap``: on each
of these at least one of them stands out by ``PART``."""


class TypeToken(NamedTuple):
    """A size in px at 1x and a weight (100 to 900)."""

    size: int
    weight: int


class Type(Enum):
    """The sizes of text. Nothing on the kiosk is under 26 px at 1x."""

    TOTAL = TypeToken(72, 700)
    TITLE = TypeToken(52, 700)
    HELP = TypeToken(44, 800)
    HEADING = TypeToken(44, 700)
    NAME = TypeToken(38, 700)
    KEY = TypeToken(34, 700)
    VALUE = TypeToken(34, 600)
    BODY = TypeToken(34, 500)
    SECOND = TypeToken(30, 500)
    SECOND_STRONG = TypeToken(30, 600)
    SMALL = TypeToken(26, 500)
    SMALL_STRONG = TypeToken(26, 600)


LARGE = {26: 52, 30: 60, 34: 68, 38: 72, 44: 80, 52: 88, 72: 112}
"""Size at 1x and in large text: twice what is read, and less where it was large already. Twice
everything would leave no room for the words beside a heading."""

LARGE_CAPITAL_MM = 7.3  # a capital H is 0.7 degrees high from 600 mm (EN 301 549 V3.2.1, 5.1.4)

FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans")


class Space:
    """Distances in px at 1x."""

    MARGIN = 48
    SHEET_SIDE = 24
    GAP = 24
    TIGHT = 12


class Size:
    """Sizes in px at 1x."""

    KEY = 104
    KEY_LARGE = 128
    KEY_HUGE = 148
    HELP_WIDTH = 320
    HELP_HEIGHT = 176
    TOP_BAR = 144
    TOP_BAR_LARGE = 236
    HELP_LARGE = 288
    RADIUS_SHEET = 44
    RADIUS_KEY = 28
    LINE = 2
    FOCUS = 5
    SCROLL_BAR = 44  # as the style sheet has it


class Motion:
    """Milliseconds. Rings tick each second; nothing else moves."""

    SHEET_UP = 180
    SHEET_DOWN = 120


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` or ``#AARRGGBB`` (opaque part), WCAG 2.2."""
    digits = colour[-6:]
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
